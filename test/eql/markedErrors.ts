import { eql, parseEql, parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { type QueryParse, type QuerySyntaxError } from "../../server/src/core/query/language.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";

/** A query, and under each of its lines what is wrong there: `^^^ message`, or `^| message` for an empty span. */
export interface MarkedQuery {
  readonly text: string;
  readonly marked: string;
}

const MARK = /^\s*\^+\|? \S/;

/** Blocks are separated by empty lines. */
export function markedQueries(source: string): readonly MarkedQuery[] {
  return source
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\n+$/g, ""))
    .filter((block) => block !== "")
    .map((marked) => {
      const lines = marked.split("\n").filter((line) => !MARK.test(line));
      return { text: lines.join("\n"), marked };
    });
}

/** The query with its errors written under it, in the same way. */
export function withMarks(text: string): string {
  return marks(text, parseEql(text));
}

export function conditionWithMarks(text: string): string {
  return marks(text, parseEqlCondition(text));
}

function marks(text: string, parse: Pick<QueryParse, "errors">): string {
  let lineStart = 0;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    lines.push(line);
    const lineEnd = lineStart + line.length;
    for (const error of parse.errors) {
      if (lineStart <= error.span.start && error.span.start <= lineEnd)
        lines.push(mark(error, lineStart, lineEnd));
    }
    lineStart = lineEnd + 1;
  }
  return lines.join("\n");
}

function mark({ span, message }: QuerySyntaxError, lineStart: number, lineEnd: number): string {
  const length = Math.min(span.end, lineEnd) - span.start;
  return `${" ".repeat(span.start - lineStart)}${length === 0 ? "^|" : "^".repeat(length)} ${message}`;
}

/** The fixes of the first error: how safe, the title, and the text after it. */
export function fixesOf(text: string): readonly string[] {
  const [error] = eql.parse(text).errors;
  return (error?.fixes ?? []).map((fix) => `${fix.safety}: ${fix.title}: ${applyEdits(text, fix.edits)}`);
}
