/** Problems that a project has accepted for now: `rulewright-baseline.json`. Only what is not in it is told. */
import path from "node:path";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { type JudgedFile } from "./judge.ts";

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

export interface Baseline {
  readonly folder: string;
  readonly entries: readonly BaselineEntry[];
}

export interface Compared {
  readonly files: readonly JudgedFile[];
  /** How many problems the baseline took away. */
  readonly knownCount: number;
  /** What is no longer there; `count` of them. */
  readonly stale: readonly BaselineEntry[];
}

/** Problems of the files, and others that are kept; sorted, so that a change of it is a small one. */
export function baselineOf(
  folder: string,
  files: readonly JudgedFile[],
  kept: readonly BaselineEntry[],
): Baseline {
  const entries = [...countsIn(folder, files).values(), ...kept];
  return { folder, entries: entries.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

export function baselineText({ entries }: Baseline): string {
  return `${JSON.stringify({ version: 1, problems: entries }, undefined, 2)}\n`;
}

/** Undefined if the text is none that we wrote. */
export function readBaseline(text: string, folder: string): Baseline | undefined {
  try {
    const root = JSON.parse(text) as unknown;
    if (typeof root !== "object" || root === null || !("problems" in root)) return undefined;
    const { problems } = root;
    return Array.isArray(problems) && problems.every(isEntry) ? { folder, entries: problems } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== "object" || value === null) return false;
  const { path: file, check, text, count } = value as Partial<Record<keyof BaselineEntry, unknown>>;
  return (
    typeof file === "string" &&
    typeof check === "string" &&
    typeof text === "string" &&
    typeof count === "number"
  );
}

/** Takes away what the baseline knows. What it knows of files that were not judged is only missed if they are gone. */
export function compared(
  { folder, entries }: Baseline,
  files: readonly JudgedFile[],
  isGone: (file: string) => boolean,
): Compared {
  const open = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  let knownCount = 0;
  const kept = files.map((file) => {
    const diagnostics = file.diagnostics.filter((diagnostic) => {
      const key = keyOf(entryOf(folder, file, diagnostic));
      const left = open.get(key) ?? 0;
      if (left === 0) return true;
      open.set(key, left - 1);
      knownCount++;
      return false;
    });
    return diagnostics.length === file.diagnostics.length ? file : { ...file, diagnostics };
  });
  const judged = new Set(files.map((file) => pathIn(folder, file)));
  const stale = entries.flatMap((entry) => {
    const count = open.get(keyOf(entry)) ?? 0;
    const isSeen = judged.has(entry.path) || isGone(path.join(folder, entry.path));
    return 0 < count && isSeen ? [{ ...entry, count }] : [];
  });
  return { files: kept, knownCount, stale };
}

function countsIn(folder: string, files: readonly JudgedFile[]): ReadonlyMap<string, BaselineEntry> {
  const counts = new Map<string, BaselineEntry>();
  for (const file of files) {
    for (const diagnostic of file.diagnostics) {
      const entry = entryOf(folder, file, diagnostic);
      const before = counts.get(keyOf(entry))?.count ?? 0;
      counts.set(keyOf(entry), { ...entry, count: before + 1 });
    }
  }
  return counts;
}

function keyOf({ path: file, check, text }: Omit<BaselineEntry, "count">): string {
  return JSON.stringify([file, check, text]);
}

const LONGEST_TEXT = 120;

function entryOf(folder: string, file: JudgedFile, { check, span }: Diagnostic): BaselineEntry {
  const text = file.text.slice(span.start, span.end).replace(/\s+/g, " ").trim().slice(0, LONGEST_TEXT);
  return { path: pathIn(folder, file), check, text, count: 1 };
}

/** From the folder of the baseline, with `/`. */
export function pathIn(folder: string, file: JudgedFile): string {
  return path.relative(folder, file.path).split(path.sep).join("/");
}
