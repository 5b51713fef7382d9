import { type Edit } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";

/**
 * Takes one of several parts away that commas or operators join, and the one that joins it.
 * Undefined where a comment stands in between: whose it is we cannot tell.
 */
export function withoutPart(
  text: string,
  parts: readonly { readonly span: Span }[],
  i: number,
): Edit | undefined {
  const [before, part, after] = [parts[i - 1], parts[i], parts[i + 1]];
  if (part === undefined) return undefined;
  const gap =
    after !== undefined
      ? spanOf(part.span.end, after.span.start)
      : before !== undefined
        ? spanOf(before.span.end, part.span.start)
        : undefined;
  if (gap === undefined || /\/[/*]/.test(textAt(text, gap))) return undefined;
  const span = after === undefined ? spanOf(gap.start, part.span.end) : spanOf(part.span.start, gap.end);
  return { span, text: "" };
}
