/** Problems that a project has accepted for now: only what is not among them is told. */
import { type Diagnostic } from "./diagnostic.ts";

/** The file that holds them. */
export const BASELINE_NAME = "rulewright-baseline.json";

/** A problem by what does not change when lines above it do, or when we say it in other words. */
export interface BaselineEntry {
  /** From the folder of the baseline, with `/`. */
  readonly path: string;
  readonly check: string;
  /** What it stands on, shortened. */
  readonly text: string;
  readonly count: number;
}

/** What was not accepted, and how often each accepted problem may still come. */
export interface NewProblems {
  readonly diagnostics: readonly Diagnostic[];
  readonly open: ReadonlyMap<string, number>;
}

/** Undefined if the text is none that we wrote. */
export function readBaselineEntries(text: string): readonly BaselineEntry[] | undefined {
  try {
    const root = JSON.parse(text) as unknown;
    if (typeof root !== "object" || root === null || !("problems" in root)) return undefined;
    const { problems } = root;
    return Array.isArray(problems) && problems.every(isEntry) ? problems : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== "object" || value === null) return false;
  const { path, check, text, count } = value as Partial<Record<keyof BaselineEntry, unknown>>;
  return (
    typeof path === "string" &&
    typeof check === "string" &&
    typeof text === "string" &&
    typeof count === "number"
  );
}

/** Sorted, so that a change of it is a small one. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, problems: entries }, undefined, 2)}\n`;
}

export function baselineKey({ path, check, text }: Omit<BaselineEntry, "count">): string {
  return JSON.stringify([path, check, text]);
}

export function openEntries(entries: readonly BaselineEntry[]): ReadonlyMap<string, number> {
  return new Map(entries.map((entry) => [baselineKey(entry), entry.count]));
}

export function entriesByPath(
  entries: readonly BaselineEntry[],
): ReadonlyMap<string, readonly BaselineEntry[]> {
  const byPath = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    const known = byPath.get(entry.path) ?? [];
    byPath.set(entry.path, known);
    known.push(entry);
  }
  return byPath;
}

const LONGEST_TEXT = 120;

/** The problem as a baseline would hold it. */
export function baselineEntry(path: string, text: string, { check, span }: Diagnostic): BaselineEntry {
  const part = text.slice(span.start, span.end).replace(/\s+/g, " ").trim().slice(0, LONGEST_TEXT);
  return { path, check, text: part, count: 1 };
}

/** Takes away what was accepted, as often as it was accepted. */
export function newProblems(
  accepted: ReadonlyMap<string, number>,
  { path, text }: { readonly path: string; readonly text: string },
  diagnostics: readonly Diagnostic[],
): NewProblems {
  const open = new Map(accepted);
  const kept = diagnostics.filter((diagnostic) => {
    const key = baselineKey(baselineEntry(path, text, diagnostic));
    const left = open.get(key) ?? 0;
    if (0 < left) open.set(key, left - 1);
    return left <= 0;
  });
  return { diagnostics: kept.length === diagnostics.length ? diagnostics : kept, open };
}
