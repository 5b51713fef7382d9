/** Lays out the queries of rule files in place. A rule that cannot be read without doubt is left alone, and named. */
import path from "node:path";
import { queryCache } from "../../core/analysis/cache.ts";
import { type CheckConfig } from "../../core/analysis/config.ts";
import { type Snapshot, snapshotOf } from "../../core/analysis/snapshot.ts";
import { DEFAULT_LAYOUT, formatQuery } from "../../core/features/formatQuery.ts";
import { NO_KNOWLEDGE } from "../../core/knowledge/knowledge.ts";
import { type Edit, applyEdits } from "../../core/text/edit.ts";
import { type WritableHost, decodeText } from "../../host/host.ts";
import { nodeHost } from "../../host/node.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { collectFiles } from "../files.ts";
import { type Terminal } from "../terminal.ts";

/** As the command line gives them. */
export interface FormatOptions {
  readonly queries?: boolean;
  readonly check?: boolean;
  readonly width: string;
}

const NARROWEST = 20;
const WIDEST = 1000;

/** No check runs here, so that none needs its settings. */
const NO_CHECKS: CheckConfig = { profile: "custom", severities: new Map() };

type Outcome =
  | { readonly kind: "formatted"; readonly text: string }
  | { readonly kind: "unchanged" | "no-query" }
  /** `failed`: the system let us not read or write it. */
  | { readonly kind: "left-alone" | "failed"; readonly reason: string; readonly line: number | undefined };

interface Formatter {
  readonly host: WritableHost;
  readonly width: number;
  readonly isCheck: boolean;
}

export async function formatCommand(
  paths: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  if (options.queries !== true)
    throw new UsageError("Only the queries of rules can be formatted yet: add --queries");
  const isCheck = options.check === true;
  const formatter = { host: nodeHost(packageRoot), width: widthOf(options.width), isCheck };
  const counts = { formatted: 0, unchanged: 0, "left-alone": 0, failed: 0, "no-query": 0 };
  for (const file of await collectFiles(paths.length === 0 ? ["."] : paths, terminal.cwd)) {
    const outcome = await formatFile(formatter, file);
    counts[outcome.kind]++;
    report(terminal, path.relative(terminal.cwd, file), outcome, isCheck);
  }
  const leftAlone = counts["left-alone"] + counts.failed;
  const ruleCount = counts.formatted + counts.unchanged + leftAlone;
  if (ruleCount === 0) terminal.error("No rules with EQL queries found\n");
  const formattedCount = `${counts.formatted} ${isCheck ? "to format" : "formatted"}`;
  terminal.print(
    `${ruleCount} ${ruleCount === 1 ? "rule" : "rules"}: ${formattedCount}, ${counts.unchanged} unchanged, ${leftAlone} left alone\n`,
  );
  const isClean = counts.failed === 0 && !(isCheck && 0 < counts.formatted);
  return isClean ? EXIT.clean : EXIT.problems;
}

function report(terminal: Terminal, shown: string, outcome: Outcome, isCheck: boolean): void {
  if (outcome.kind === "formatted") terminal.print(`${isCheck ? "Would format" : "Formatted"} ${shown}\n`);
  if (outcome.kind !== "left-alone" && outcome.kind !== "failed") return;
  const place = outcome.line === undefined ? shown : `${shown}:${outcome.line}`;
  terminal.error(`${place}: left alone: ${outcome.reason}\n`);
}

function widthOf(text: string): number {
  const width = /^\d+$/.test(text) ? Number(text) : 0;
  if (NARROWEST <= width && width <= WIDEST) return width;
  throw new UsageError(`--width takes a whole number from ${NARROWEST} to ${WIDEST}, not ${text}`);
}

async function formatFile({ host, width, isCheck }: Formatter, file: string): Promise<Outcome> {
  const bytes = await host.readFile(file);
  if (bytes === undefined) return { kind: "failed", reason: "it cannot be read", line: undefined };
  const outcome = formatted(bytes, width);
  if (isCheck || outcome.kind !== "formatted") return outcome;
  const failure = await host.replaceFile(file, outcome.text);
  if (failure === undefined) return outcome;
  return { kind: "failed", reason: `it cannot be written (${failure})`, line: undefined };
}

function formatted(bytes: Uint8Array, width: number): Outcome {
  const { text, notUtf8At } = decodeText(bytes);
  const snapshot = snapshotOf({ text, knowledge: NO_KNOWLEDGE, config: NO_CHECKS, cache: queryCache() });
  if (!snapshot.isRule()) return { kind: "no-query" };
  if (notUtf8At !== undefined) return leftAlone(snapshot, "the file is not UTF-8", notUtf8At);
  const edits: Edit[] = [];
  let queryCount = 0;
  for (const query of snapshot.queries()) {
    const formatting = formatQuery(snapshot, query, { ...DEFAULT_LAYOUT, width });
    if (formatting.kind === "no-formatter") continue;
    if (formatting.kind === "left-alone")
      return leftAlone(snapshot, formatting.reason, formatting.span.start);
    queryCount++;
    edits.push(...formatting.edits);
  }
  if (queryCount === 0) return { kind: "no-query" };
  return edits.length === 0 ? { kind: "unchanged" } : { kind: "formatted", text: applyEdits(text, edits) };
}

function leftAlone(snapshot: Snapshot, reason: string, offset: number): Outcome {
  return { kind: "left-alone", reason, line: snapshot.lines().positionAt(offset).line + 1 };
}
