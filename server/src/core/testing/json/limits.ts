/** What an events file may hold at most, so that nothing hangs and nothing overflows. */

/** Deeper nesting is refused; Elasticsearch maps 20 levels unless it is told otherwise. */
export const MOST_LEVELS = 100;

/** Longer events are refused, in UTF-16 units. */
export const LONGEST_EVENT = 10_000_000;
