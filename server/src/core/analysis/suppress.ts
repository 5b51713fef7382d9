/** Comments that allow a finding: `# rulewright: allow query/unknown-field, rule/unknown-key -- reason`. */
import { lazy } from "../base/lazy.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, encloses, spanOf } from "../text/span.ts";
import { commentRuns } from "../toml/comments.ts";
import { sectionOf } from "../toml/edits.ts";
import { type TomlDocument, type TomlTable } from "../toml/model.ts";
import { type Snapshot } from "./snapshot.ts";

export interface Allowance {
  readonly check: string;
  /** Where the comment names the check. */
  readonly span: Span;
  /** What it covers: a whole entry or table; inside a query, the next line. */
  readonly covers: Span;
}

const DIRECTIVE = /^(?:#|\/\/)\s*rulewright:\s*allow\s+(.*?)(?:\s+--.*)?$/;

/** Every allowance of the file, in file offsets. */
export function allowances(snapshot: Snapshot): readonly Allowance[] {
  const { text } = snapshot;
  if (!text.includes("rulewright:")) return [];
  const toml = snapshot.toml();
  const inFile = commentRuns(toml).flatMap((run) => {
    const covered = lazy(() => statementAfter(toml, run[run.length - 1] ?? run[0]));
    return run.flatMap((comment) => allowancesIn(text, comment, covered));
  });
  const inQueries = snapshot.queries().flatMap(({ embedded, parse, support }) =>
    (support.comments?.(parse) ?? []).flatMap((comment) => {
      const host = (span: Span): Span => embedded.host.map.toHostSpan(span);
      return allowancesIn(embedded.text, comment, () => lineAfter(embedded.text, comment)).map(
        (allowance) => ({
          check: allowance.check,
          span: host(allowance.span),
          covers: host(allowance.covers),
        }),
      );
    }),
  );
  return [...inFile, ...inQueries];
}

/** In files whose comments fill lines: each covers its own line, and the next one that is no comment. */
export function allowancesOfLines(text: string): readonly Allowance[] {
  if (!text.includes("rulewright:")) return [];
  return [...text.matchAll(/^[ \t]*(?=#|\/\/)(.*)$/gm)].flatMap(({ 0: line, index }) => {
    const start = index + line.length - line.trimStart().length;
    const comment = spanOf(start, index + line.length);
    return allowancesIn(text, comment, () => spanOf(index, endOfStatement(text, comment.end)));
  });
}

function endOfStatement(text: string, from: number): number {
  return from + (/^(?:[ \t\r\n]*(?:#|\/\/).*)*\s*.*/.exec(text.slice(from))?.[0].length ?? 0);
}

function allowancesIn(text: string, comment: Span, covered: () => Span | undefined): readonly Allowance[] {
  const written = text.slice(comment.start, comment.end).trimEnd();
  const ids = DIRECTIVE.exec(written)?.[1];
  const covers = ids === undefined ? undefined : covered();
  if (ids === undefined || covers === undefined) return [];
  const idsStart = comment.start + written.indexOf(ids, written.indexOf("allow") + 5);
  return [...ids.matchAll(/[^\s,]+/g)].map((match) => {
    const start = idsStart + match.index;
    return { check: match[0], span: spanOf(start, start + match[0].length), covers };
  });
}

/** The entry or table on the next line that is neither blank nor a comment. */
function statementAfter(document: TomlDocument, comment: Span): Span | undefined {
  const rest = document.text.slice(comment.end);
  const start = comment.end + (/^(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|$))*[ \t]*/.exec(rest)?.[0].length ?? 0);
  const header = document.headers.find((one) => one.span.start === start);
  if (header !== undefined) return sectionOf(document, header.table);
  return entryAt(document.root, start);
}

function entryAt(table: TomlTable, start: number): Span | undefined {
  for (const { key, span, value } of table.entries) {
    if (key.span.start === start && value.kind !== "table") return span;
    const tables =
      value.kind === "table"
        ? [value]
        : value.kind === "array"
          ? value.items.filter((item) => item.kind === "table")
          : [];
    for (const inner of tables) {
      const found = inner.form === "inline" ? undefined : entryAt(inner, start);
      if (found !== undefined) return found;
    }
    if (key.span.start === start) return span;
  }
  return undefined;
}

function lineAfter(text: string, comment: Span): Span | undefined {
  const newline = text.indexOf("\n", comment.end);
  if (newline < 0) return undefined;
  const end = text.indexOf("\n", newline + 1);
  return spanOf(newline + 1, end < 0 ? text.length : end);
}

/** Takes an allowance out: its comment with the line, or one id of several. Undefined if the comment shares its line. */
export function withoutAllowance(text: string, { span }: Allowance): Edit | undefined {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const newline = text.indexOf("\n", span.end);
  const end = newline < 0 ? text.length : newline + 1;
  const ids = DIRECTIVE.exec(text.slice(start, end).trim())?.[1];
  if (ids === undefined) return undefined;
  if (!/[\s,]/.test(ids.trim())) return { span: spanOf(start, end), text: "" };
  const behind = /^[\s,]*,[ \t]*/.exec(text.slice(span.end, end))?.[0].length ?? 0;
  const before = /[ \t]*,?[ \t]*$/.exec(text.slice(start, span.start))?.[0].length ?? 0;
  return {
    span: 0 < behind ? spanOf(span.start, span.end + behind) : spanOf(span.start - before, span.end),
    text: "",
  };
}

export function allows(allowance: Allowance, check: string, span: Span): boolean {
  return allowance.check === check && encloses(allowance.covers, span);
}
