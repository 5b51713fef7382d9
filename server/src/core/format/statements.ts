/** A TOML file without errors as statements with every gap between their words: what the tree of values does not keep. */
import { type Span, spanOf, textAt } from "../text/span.ts";
import { readKey } from "../toml/keys.ts";
import { type Source, atEnd, lookingAt, skipBlanks, skipLines, sourceOf } from "../toml/source.ts";
import { readValue } from "../toml/values.ts";

export type Statement = HeaderStatement | EntryStatement;

/** `[a.b]` or `[[a.b]]`. */
export interface HeaderStatement {
  readonly kind: "header";
  readonly span: Span;
  /** One for each side. */
  readonly bracketCount: number;
  readonly parts: readonly Span[];
}

/** `a.b = value`. */
export interface EntryStatement {
  readonly kind: "entry";
  readonly span: Span;
  readonly parts: readonly Span[];
  readonly value: WrittenValue;
}

export type WrittenValue = WrittenScalar | WrittenList | WrittenTable;

export interface WrittenScalar {
  readonly kind: "scalar";
  readonly span: Span;
}

/** Gaps are one more than items: after the opening bracket, between items, before the closing bracket. */
export interface WrittenList {
  readonly kind: "list";
  readonly span: Span;
  readonly items: readonly WrittenValue[];
  readonly gaps: readonly Span[];
}

export interface WrittenTable {
  readonly kind: "table";
  readonly span: Span;
  readonly items: readonly WrittenPair[];
  readonly gaps: readonly Span[];
}

/** `a.b = value` within braces. */
export interface WrittenPair {
  readonly span: Span;
  readonly parts: readonly Span[];
  readonly value: WrittenValue;
}

/** Of a text that the reader found no error in. Undefined where the two disagree, so that nothing is built on it. */
export function statementsOf(text: string): readonly Statement[] | undefined {
  const source = sourceOf(text, "exact");
  const statements: Statement[] = [];
  if (lookingAt(source, "\uFEFF")) source.offset = 1;
  for (skipLines(source); !atEnd(source); skipLines(source)) {
    const before = source.offset;
    statements.push(lookingAt(source, "[") ? readHeader(source) : readEntry(source));
    if (source.offset === before || 0 < source.errors.length) return undefined;
  }
  return statements;
}

function readHeader(source: Source): HeaderStatement {
  const start = source.offset;
  const bracketCount = lookingAt(source, "[[") ? 2 : 1;
  source.offset += bracketCount;
  const parts = readKey(source).map(({ span }) => span);
  skipBlanks(source);
  source.offset += bracketCount;
  return { kind: "header", span: spanOf(start, source.offset), bracketCount, parts };
}

function readEntry(source: Source): EntryStatement {
  return { kind: "entry", ...readPair(source) };
}

function readPair(source: Source): WrittenPair {
  const start = source.offset;
  const parts = readKey(source).map(({ span }) => span);
  skipBlanks(source);
  if (lookingAt(source, "=")) source.offset++;
  skipBlanks(source);
  const value = readWritten(source);
  return { span: spanOf(start, source.offset), parts, value };
}

function readWritten(source: Source): WrittenValue {
  if (lookingAt(source, "[")) return { kind: "list", ...readBracketed(source, "]", readWritten) };
  if (lookingAt(source, "{")) return { kind: "table", ...readBracketed(source, "}", readPair) };
  return { kind: "scalar", span: readValue(source, "=").span };
}

interface Bracketed<T> {
  readonly span: Span;
  readonly items: readonly T[];
  readonly gaps: readonly Span[];
}

function readBracketed<T extends { readonly span: Span }>(
  source: Source,
  bracket: string,
  readItem: (source: Source) => T,
): Bracketed<T> {
  const start = source.offset;
  const items: T[] = [];
  const gaps: Span[] = [];
  source.offset++;
  for (let gapStart = source.offset; ; gapStart = source.offset) {
    skipGap(source);
    gaps.push(spanOf(gapStart, source.offset));
    if (lookingAt(source, bracket) || atEnd(source)) break;
    const before = source.offset;
    items.push(readItem(source));
    if (source.offset === before) break;
  }
  source.offset++;
  return { span: spanOf(start, source.offset), items, gaps };
}

function skipGap(source: Source): void {
  skipLines(source);
  while (lookingAt(source, ",")) {
    source.offset++;
    skipLines(source);
  }
}

export function hasLineBreak(text: string, span: Span): boolean {
  return textAt(text, span).includes("\n");
}
