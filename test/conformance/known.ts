/** Differences that we keep, each with what we answer and why. They are counted apart and hide nothing else. */
export interface KnownDifference {
  readonly suite: string;
  /** The query, word for word. */
  readonly query: string;
  readonly ours: string;
  readonly reason: string;
}

export const KNOWN: readonly KnownDifference[] = [];

export function isKnown(suite: string, query: string): boolean {
  return KNOWN.some((known) => known.suite === suite && known.query === query);
}
