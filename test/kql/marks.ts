import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { type QuerySyntaxError } from "../../server/src/core/query/language.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";

/** The query, and under each of its lines what is wrong there: `^^^ message`, or `^| message` for an empty span. */
export function withMarks(text: string): string {
  return marked(text, parseKql(text).errors);
}

export function marked(text: string, errors: readonly QuerySyntaxError[]): string {
  let lineStart = 0;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    lines.push(line);
    const lineEnd = lineStart + line.length;
    for (const error of errors) {
      if (lineStart <= error.span.start && error.span.start <= lineEnd)
        lines.push(markOf(error, lineStart, lineEnd));
    }
    lineStart = lineEnd + 1;
  }
  return lines.join("\n");
}

function markOf({ span, message }: QuerySyntaxError, lineStart: number, lineEnd: number): string {
  const length = Math.min(span.end, lineEnd) - span.start;
  return `${" ".repeat(span.start - lineStart)}${length === 0 ? "^|" : "^".repeat(length)} ${message}`;
}

/** The fixes of the first error: how safe, the title, and the text after it. */
export function fixesOf(text: string): readonly string[] {
  const [error] = parseKql(text).errors;
  return (error?.fixes ?? []).map((fix) => `${fix.safety}: ${fix.title}: ${applyEdits(text, fix.edits)}`);
}
