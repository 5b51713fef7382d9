/** What reading a file's content gives: what could be read, and what is wrong with the rest. */

export interface Reading<T> {
  readonly value: T;
  /** Each goes on after the file's name: "has no `package`". */
  readonly problems: readonly string[];
}

/** Field names with their Elasticsearch types, in the order of the source. */
export type FieldTypes = ReadonlyMap<string, string>;

export const NO_FIELDS: FieldTypes = new Map();

/** More problems of one file than this say nothing new. */
const LISTED_PROBLEMS = 3;

/** "a; b; c; and 2 more". */
export function problemList(problems: readonly string[]): string {
  const listed = problems.slice(0, LISTED_PROBLEMS).join("; ");
  const rest = problems.length - LISTED_PROBLEMS;
  return rest <= 0 ? listed : `${listed}; and ${rest} more`;
}
