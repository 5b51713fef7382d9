/** The layout of a TOML file as edits: one for each gap that is not as it should be, and nothing but gaps is touched. */
import { type Edit, editBetween } from "../text/edit.ts";
import { type Span, isEmpty, spanOf, textAt, touches } from "../text/span.ts";
import { brokenGap, gapContent } from "./gaps.ts";
import { type Statement, statementsOf } from "./statements.ts";
import { type ValueLayout, type Wanted, wantedInPair, wantedInParts, wantedInValue } from "./values.ts";

export interface TomlLayout extends ValueLayout {
  /** Blank lines that may stay at the end of the file. */
  readonly finalBlankLines: number;
}

/**
 * More than this stands in none of the public rules but two each. Elastic's own writer leaves up to three blank lines
 * above headers, and up to two at the end of a file: a quarter of the rules would change if they went.
 */
export const MOST_FINAL_BLANK_LINES = 2;
const ABOVE_HEADERS = 3;
const ABOVE_KEYS = 1;

/** Of a text without errors; undefined if it cannot be taken apart. With a range: only the statements in it. */
export function tomlLayoutEdits(text: string, layout: TomlLayout, range?: Span): readonly Edit[] | undefined {
  const statements = statementsOf(text);
  if (statements === undefined) return undefined;
  const lineEnd = lineEndOf(text);
  return wantedIn(text, statements, layout, range).flatMap(({ span, text: wanted }) => {
    const edit = editBetween(textAt(text, span), wanted.replaceAll("\n", lineEnd));
    return edit === undefined
      ? []
      : [{ ...edit, span: spanOf(span.start + edit.span.start, span.start + edit.span.end) }];
  });
}

/** In the order of the file. */
function wantedIn(
  text: string,
  statements: readonly Statement[],
  layout: TomlLayout,
  range: Span | undefined,
): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const isTouched = (span: Span): boolean => range === undefined || isInRange(span, range);
  for (let i = 0; i <= statements.length; i++) {
    const gap = gapBefore(text, statements, i);
    if (isTouched(gap)) wanted.push({ span: gap, text: statementGap(text, gap, statements, i, layout) });
    const statement = statements[i];
    if (statement !== undefined && isTouched(statement.span)) {
      wanted.push(...wantedInStatement(text, statement, layout));
    }
  }
  return wanted;
}

/** A selection of whole lines ends where the next statement begins, which is not meant. */
function isInRange(span: Span, range: Span): boolean {
  if (isEmpty(range)) return touches(span, range.start);
  return span.start < range.end && range.start < span.end;
}

function gapBefore(text: string, statements: readonly Statement[], index: number): Span {
  const fileStart = text.startsWith("\uFEFF") ? 1 : 0;
  return spanOf(statements[index - 1]?.span.end ?? fileStart, statements[index]?.span.start ?? text.length);
}

function statementGap(
  text: string,
  gap: Span,
  statements: readonly Statement[],
  index: number,
  { finalBlankLines }: TomlLayout,
): string {
  const [before, after] = [statements[index - 1], statements[index]];
  const most = after === undefined ? finalBlankLines : after.kind === "header" ? ABOVE_HEADERS : ABOVE_KEYS;
  const isBelowHeader = before?.kind === "header" && after?.kind === "entry";
  const first = before === undefined || isBelowHeader ? 0 : most;
  const layout = {
    lead: "",
    indent: "",
    nextIndent: "",
    blankLines: { first, inner: Math.max(most, ABOVE_KEYS), last: most },
  };
  if (before !== undefined) return brokenGap(gapContent(textAt(text, gap)), layout);
  // As if a line had ended before the first one.
  return brokenGap(gapContent(`\n${textAt(text, gap)}`), layout).slice(1);
}

function wantedInStatement(text: string, statement: Statement, layout: ValueLayout): readonly Wanted[] {
  if (statement.kind === "entry") {
    return [...wantedInPair(statement), ...wantedInValue(text, statement.value, layout)];
  }
  const { span, parts, bracketCount } = statement;
  const inside = spanOf(span.start + bracketCount, span.end - bracketCount);
  return [
    { span: spanOf(inside.start, parts[0]?.start ?? inside.start), text: "" },
    ...wantedInParts(parts),
    { span: spanOf(parts.at(-1)?.end ?? inside.end, inside.end), text: "" },
  ];
}

/** The one that most lines have. */
function lineEndOf(text: string): string {
  const windowsCount = text.split("\r\n").length - 1;
  const count = text.split("\n").length - 1;
  return count < windowsCount * 2 ? "\r\n" : "\n";
}
