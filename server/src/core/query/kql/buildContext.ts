import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type SyntaxErrors, tokenEnd, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt } from "../fixes.ts";
import { type KqlHole, type KqlLiteral } from "./ast.ts";
import { quotedLiteral, unquotedLiteral } from "./literals.ts";
import * as t from "./tokens.ts";

/** What the builders of the tree share. */
export interface BuildContext {
  readonly text: string;
  /** The tokens that were parsed, in order. */
  readonly tokens: readonly IToken[];
  readonly errors: SyntaxErrors;
  /** Where the last token ends that was built into the tree: what is missing is missing there. */
  reached: number;
  /** The field of the last comparison, for one that has none. */
  lastField: KqlLiteral | undefined;
  /** A field among values has been reported: the list was not closed, and that is told. */
  isListBroken: boolean;
}

/** Takes a token into the tree. */
export function read(context: BuildContext, token: IToken): Span {
  const span = tokenSpan(token);
  context.reached = Math.max(context.reached, span.end);
  return span;
}

export function readLiteral(context: BuildContext, token: IToken): KqlLiteral {
  const span = read(context, token);
  return token.image.startsWith('"') ? quotedLiteral(token.image, span) : unquotedLiteral(token.image, span);
}

export function holeHere(context: BuildContext): KqlHole {
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
export function reportUnclosed(context: BuildContext, closer: ")" | "}", open: Span): void {
  const { text, reached } = context;
  const message = `Expected ${closer} to close \`${excerpt(text.slice(open.start, reached))}\``;
  const inserted = closer === "}" ? " }" : ")";
  reportMissing(context, reached, message, [asGuess(insertAt(reached, inserted, `Insert ${closer}`))]);
}

/** From the offset to where the next token starts. */
export function gapAfter(context: BuildContext, offset: number): Span {
  const next = tokenAfter(context, offset)?.startOffset ?? context.text.length;
  return spanOf(offset, Math.max(offset, next));
}

/** The text that starts at or after the offset, as far as its first token goes. */
export function firstTokenSpan(context: BuildContext, offset: number): Span {
  const token = tokenAfter(context, offset);
  return token === undefined ? spanOf(offset, offset) : spanOf(token.startOffset, tokenEnd(token));
}

/** Whether the first token that starts at or after the offset is a `not`. */
export function isNotAfter(context: BuildContext, offset: number): boolean {
  return tokenAfter(context, offset)?.tokenType === t.Not;
}

/** What the author wrote, short enough for a message. */
export function excerpt(text: string): string {
  const line = text.slice(0, 2 * LONGEST_EXCERPT).replace(/\s+/g, " ");
  return line.length <= LONGEST_EXCERPT ? line : `${line.slice(0, LONGEST_EXCERPT).trimEnd()} …`;
}

const LONGEST_EXCERPT = 24;

function tokenAfter(context: BuildContext, offset: number): IToken | undefined {
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
