/** Finds where values begin and end in a text of any size, without reading them; yields often enough to be stopped. */
import { type Span, spanOf } from "../../text/span.ts";
import { isBlank } from "./reader.ts";
import { MOST_LEVELS } from "./limits.ts";

/** `broken`: the brackets and quotes do not go together; at `at` this becomes certain. */
export type ValueEnd =
  { readonly kind: "closed"; readonly end: number } | { readonly kind: "broken"; readonly at: number };

/** The value that begins at `start` with a bracket. A text that does not end on its line is not closed. */
export function* endOfValue(text: string, start: number, limit: number): Generator<undefined, ValueEnd> {
  const open: number[] = [];
  let nextYield = start + STRIDE;
  for (let at = start; at < limit; at++) {
    if (nextYield < at) {
      nextYield = at + STRIDE;
      yield;
    }
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfText(text, at, limit);
        if (end === undefined) return { kind: "broken", at };
        at = end - 1;
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (MOST_LEVELS <= open.length) return { kind: "broken", at };
        open.push(text.charCodeAt(at) + 2);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (open.pop() !== text.charCodeAt(at)) return { kind: "broken", at };
        if (open.length === 0) return { kind: "closed", end: at + 1 };
        break;
      case LINE_FEED:
        if (isNewDocument(text, at + 1, open.at(-1), start)) return { kind: "broken", at: at + 1 };
    }
  }
  return { kind: "broken", at: limit };
}

/** Characters between two yields. */
export const STRIDE = 500_000;

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
/** In Unicode a closing bracket stands two places after its opening one. */
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** A `{` at the margin, where the value before it is not finished and no other may begin: its line was cut off. */
function isNewDocument(text: string, at: number, closing: number | undefined, start: number): boolean {
  if (text.charCodeAt(at) !== OPEN_BRACE) return false;
  let before = at - 1;
  while (start < before && isBlank(text.charCodeAt(before))) before--;
  const unit = text.charCodeAt(before);
  if (unit === COLON || unit === OPEN_BRACKET) return false;
  return unit !== COMMA || closing !== CLOSE_BRACKET;
}

/** Where a text in quotes ends; undefined if it does not on its line. */
function endOfText(text: string, start: number, limit: number): number | undefined {
  if (text.startsWith('"""', start)) {
    const end = text.indexOf('"""', start + 3);
    return end === -1 || limit < end + 3 ? undefined : end + 3;
  }
  for (let at = start + 1; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit === BACKSLASH) at++;
    else if (unit === LINE_FEED) return undefined;
  }
  return undefined;
}

export interface SkeletonMember {
  /** As it stands between the quotes. */
  readonly key: string;
  readonly value: Span;
}

export interface Members {
  readonly members: readonly SkeletonMember[];
  /** Where they could not be told apart any more. */
  readonly stoppedAt: number | undefined;
}

/** The members of the object in `span`, as far as they can be told apart. */
export function* membersIn(text: string, span: Span): Generator<undefined, Members> {
  const members: SkeletonMember[] = [];
  let at = span.start + 1;
  for (;;) {
    at = afterBlanks(text, at, span.end);
    if (span.end - 1 <= at) return { members, stoppedAt: undefined };
    if (0 < members.length) {
      if (text.charCodeAt(at) !== COMMA) return { members, stoppedAt: at };
      at = afterBlanks(text, at + 1, span.end);
    }
    const keyEnd = text.charCodeAt(at) === QUOTE ? endOfText(text, at, span.end) : undefined;
    const colon = keyEnd === undefined ? at : afterBlanks(text, keyEnd, span.end);
    if (keyEnd === undefined || text.charCodeAt(colon) !== COLON) return { members, stoppedAt: colon };
    const valueStart = afterBlanks(text, colon + 1, span.end);
    const value = yield* valueAt(text, valueStart, span.end);
    if (value === undefined) return { members, stoppedAt: valueStart };
    members.push({ key: text.slice(at + 1, keyEnd - 1), value });
    at = value.end;
  }
}

export interface SkeletonItem {
  readonly span: Span;
  /** No comma stands between it and the one before. */
  readonly lacksComma: boolean;
}

/** The items of the array in `span`, one by one; in the end where they could not be told apart any more. */
export function* itemsIn(text: string, span: Span): Generator<SkeletonItem | undefined, number | undefined> {
  let isFirst = true;
  let at = span.start + 1;
  for (;;) {
    at = afterBlanks(text, at, span.end);
    const hasComma = text.charCodeAt(at) === COMMA;
    if (hasComma) at = afterBlanks(text, at + 1, span.end);
    if (span.end - 1 <= at) return undefined;
    const value = yield* valueAt(text, at, span.end);
    if (value === undefined) return at;
    yield { span: value, lacksComma: !hasComma && !isFirst };
    isFirst = false;
    at = value.end;
  }
}

/** A bracketed value, a text, or a word. */
function* valueAt(text: string, at: number, limit: number): Generator<undefined, Span | undefined> {
  const unit = text.charCodeAt(at);
  if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
    const found = yield* endOfValue(text, at, limit);
    return found.kind === "closed" ? spanOf(at, found.end) : undefined;
  }
  if (unit === QUOTE) {
    const end = endOfText(text, at, limit);
    return end === undefined ? undefined : spanOf(at, end);
  }
  let end = at;
  while (end < limit && !/[\s,:{}[\]"]/.test(text.charAt(end))) end++;
  return end === at ? undefined : spanOf(at, end);
}

export function afterBlanks(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && isBlank(text.charCodeAt(at))) at++;
  return at;
}
