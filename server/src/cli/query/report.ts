/** The two reports of `query`: JSON for machines, a list of matches for people. */
import { type EqlOptions } from "../../core/engine/eql/plan.ts";
import { type EqlHit } from "../../core/engine/eql/stream.ts";
import { type EventRecord } from "../../core/engine/event.ts";
import { compileAccess } from "../../core/engine/fieldAccess.ts";
import { type LineIndex } from "../../core/text/lineIndex.ts";
import { type Span } from "../../core/text/span.ts";
import { type QueryOutcome } from "./run.ts";

export interface QueryDiagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** In the query; undefined for what concerns the events. */
  readonly span: Span | undefined;
}

export interface QueryReport {
  readonly kind: QueryOutcome["kind"];
  readonly diagnostics: readonly QueryDiagnostic[];
  readonly outcome: QueryOutcome | undefined;
  /** Asked for by `--explain`, in place of results. */
  readonly explanation: string | undefined;
  /** Of the query's text. */
  readonly lines: LineIndex;
  /** Fields that the query names, for the list. */
  readonly fields: readonly string[];
  readonly options: EqlOptions;
}

export function queryJson({ kind, diagnostics, outcome, explanation, lines }: QueryReport): string {
  const document = {
    version: 1,
    kind,
    diagnostics: diagnostics.map(({ severity, message, span }) => ({
      severity,
      message,
      ...(span === undefined
        ? {}
        : { range: { start: position(lines, span.start), end: position(lines, span.end) } }),
    })),
    results: (outcome?.results ?? []).map(({ keys, events }) => ({
      keys,
      events: events.map((record) => record && { line: record.line, event: record.document }),
    })),
    ...(explanation === undefined ? {} : { explanation }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function position(lines: LineIndex, offset: number): { readonly line: number; readonly column: number } {
  const { line, character } = lines.positionAt(offset);
  return { line: line + 1, column: character + 1 };
}

export function queryText(report: QueryReport): string {
  const { diagnostics, outcome, explanation, lines } = report;
  const problems = diagnostics.map(({ severity, message, span }) => {
    const at = span === undefined ? undefined : position(lines, span.start);
    return `${at === undefined ? "" : `${at.line}:${at.column}: `}${severity}: ${message}\n`;
  });
  if (explanation !== undefined) return [...problems, `${explanation.trimEnd()}\n`].join("");
  if (outcome === undefined) return problems.join("");
  const hits = outcome.results.map((hit, i) => hitText(hit, i, report));
  const isOne = outcome.results.length === 1;
  const noun =
    outcome.kind === "events"
      ? `matching ${isOne ? "event" : "events"}`
      : isOne
        ? outcome.kind.slice(0, -1)
        : outcome.kind;
  const left = outcome.leftOut === 0 ? "" : `, ${outcome.leftOut} left out for their time`;
  return [
    ...problems,
    ...hits,
    `${outcome.results.length} ${noun} of ${outcome.eventCount} ${outcome.eventCount === 1 ? "event" : "events"}${left}\n`,
  ].join("");
}

function hitText({ keys, events }: EqlHit, index: number, report: QueryReport): string {
  const rows = events.map((record) =>
    record === null ? "  (no such event)\n" : `  ${rowText(record, report)}\n`,
  );
  if (report.kind === "events") return rows.join("").replace(/^ {2}/, "");
  const shownKeys = keys.length === 0 ? "" : `: ${keys.map(String).join(", ")}`;
  return `${report.kind === "sequences" ? "sequence" : "sample"} ${index + 1}${shownKeys}\n${rows.join("")}`;
}

/** Line, time, category and the values of the fields that the query names. */
function rowText(record: EventRecord, { options, fields }: QueryReport): string {
  const named = [options.timestampField, options.categoryField, ...fields];
  const values = [...new Set(named)].flatMap((name) => {
    const value = compileAccess(name)(record.document);
    return value === null ? [] : [`${name}=${shortened(JSON.stringify(value))}`];
  });
  return `line ${record.line}  ${values.join("  ")}`;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
