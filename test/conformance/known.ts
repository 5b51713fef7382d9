/** Differences that we keep, each with what we answer and why. They are counted apart and hide nothing else. */
export interface KnownDifference {
  readonly suite: string;
  /** The query, word for word. */
  readonly query: string;
  readonly ours: string;
  readonly reason: string;
}

/**
 * What the data takes for something else than the stack does: its answers are those to another query. Such a row is known
 * only if we answer that other query as the data does this one, so that it hides no other mistake.
 */
export interface KnownReading {
  readonly suite: string;
  /** What is written, and what the data takes it for. */
  readonly pattern: RegExp;
  readonly taken: string;
  /** A query of the kind. */
  readonly example: string;
  readonly ours: string;
  readonly reason: string;
}

export const KNOWN: readonly KnownDifference[] = [];

export const READINGS: readonly KnownReading[] = [
  {
    suite: "kql/eval",
    pattern: /(?<=[:<>=(\s])(\d+)_(\d+)(?=[\s)]|$)/g,
    taken: "$1$2",
    example: "file.size:1_024",
    ours: "refused",
    reason:
      "Java reads no underscore in a number, so Elasticsearch fails the search; Python does, and the data was modelled with it",
  },
  {
    suite: "kql/eval",
    pattern: /(?<=[:(\s])"?(\d{4}-\d\d)"?(?=[\s)]|$)/g,
    taken: '"$1-01||/M"',
    example: "@timestamp:2026-08",
    ours: "the first day of the month",
    reason:
      "At the end of a range Elasticsearch fills a missing day with the first one, as its reference says: `2026-08` ends with 2026-08-01",
  },
];

export function isKnown(suite: string, query: string): boolean {
  return KNOWN.some((known) => known.suite === suite && known.query === query);
}

/** The query as the data takes it; undefined if it has nothing that is taken for something else. */
export function asTaken(suite: string, query: string): string | undefined {
  const taken = READINGS.filter((reading) => reading.suite === suite).reduce(
    (text, { pattern, taken }) => text.replace(pattern, taken),
    query,
  );
  return taken === query ? undefined : taken;
}
