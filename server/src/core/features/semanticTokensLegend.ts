/** The kinds of tokens that an editor colours, and what more is told of one. Those of ours stand in the manifest too. */

/** Names of the protocol where it has one, so that themes of every editor know them. */
export const TOKEN_TYPES = [
  "property",
  "function",
  "operator",
  "keyword",
  "string",
  "regexp",
  "comment",
  "number",
  "type",
  "wildcard",
  "escape",
  "constant",
  "technique",
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

export const TOKEN_MODIFIERS = [
  /** Of fields, functions and techniques: some catalog or schema has it. */
  "known",
  /** No catalog or schema that is loaded tells. */
  "unverified",
  /** A finding says what is wrong with it. */
  "unknown",
  /** Written `?field`. */
  "optional",
  /** A key that events are joined by. */
  "joinKey",
  /** An operator that is written as a word: `and`, `in`, `like~`. */
  "word",
  "deprecated",
] as const;

export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** What a stretch of a query is, in query offsets. Marks are sorted and do not overlap. */
export interface QueryMark {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

const NONE: readonly TokenModifier[] = [];

export function markOf(
  start: number,
  end: number,
  type: TokenType,
  modifiers: readonly TokenModifier[] = NONE,
): QueryMark {
  return { start, end, type, modifiers };
}
