import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type SyntaxErrors, tokenEnd, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt } from "../fixes.ts";
import { type EqlHole } from "./ast.ts";

const LONGEST_EXCERPT = 30;

/** What the builders of the tree share. */
export interface BuildContext {
  readonly text: string;
  /** The tokens that were parsed, in order. */
  readonly tokens: readonly IToken[];
  readonly errors: SyntaxErrors;
  /** Text between the events of a sequence fits nowhere: what it was meant to be could change their number. */
  hasStray: boolean;
  /** Where the last token ends that was built into the tree: what is missing is missing there. */
  reached: number;
}

/** Takes a token into the tree. */
export function read(context: BuildContext, token: IToken): Span {
  const span = tokenSpan(token);
  context.reached = Math.max(context.reached, span.end);
  return span;
}

export function holeHere(context: BuildContext): EqlHole {
  return { kind: "hole", span: spanOf(context.reached, context.reached) };
}

/** Reports that something is missing at an offset where a token ends, in favour of what was reported there before. */
export function reportMissing(
  context: BuildContext,
  offset: number,
  message: string,
  fixes: readonly Fix[] = [],
): void {
  context.errors.reportGap(gapAfter(context, offset), spanOf(offset, offset), message, fixes);
}

/** The bracket that opened at `open` was not closed where it must, at `context.reached`. */
export function reportUnclosed(context: BuildContext, closer: "]" | ")", open: Span, what: string): void {
  if (open.start === open.end) return;
  const opening = context.text.slice(open.start, open.start + 24);
  const isCut = open.start + 24 < context.reached;
  const excerpt = (isCut ? opening : context.text.slice(open.start, context.reached))
    .replace(/\s+/g, " ")
    .trim();
  const message = `Expected ${closer} to close the ${what} with \`${excerpt}${isCut ? " …" : ""}\``;
  const { reached } = context;
  reportMissing(context, reached, message, [asGuess(insertAt(reached, closer, `Insert ${closer}`))]);
}

/** From the offset to where the next token starts. */
export function gapAfter(context: BuildContext, offset: number): Span {
  return spanOf(offset, tokenAfter(context, offset)?.startOffset ?? Math.max(offset, context.text.length));
}

/** The first token that starts at or after the offset. */
export function tokenAfter(context: BuildContext, offset: number): IToken | undefined {
  let low = 0;
  let high = context.tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const token = context.tokens[middle];
    if (token !== undefined && token.startOffset < offset) low = middle + 1;
    else high = middle;
  }
  return context.tokens[low];
}

/** The text that starts at or after the offset, as far as its first token goes. */
export function firstTokenSpan(context: BuildContext, offset: number): Span {
  const token = tokenAfter(context, offset);
  return token === undefined ? spanOf(offset, offset) : spanOf(token.startOffset, tokenEnd(token));
}

/** What the author wrote, short enough for a message. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= LONGEST_EXCERPT ? line : `${line.slice(0, LONGEST_EXCERPT)}…`;
}

/** A sign bare, a word in backticks. */
export function shown(word: string): string {
  return /^\w/.test(word) ? `\`${word}\`` : word;
}
