/** What becomes of a rule that was written elsewhere. */

export interface ImportedRule {
  readonly name: string;
  /** Such as `execution_shell.toml`. */
  readonly fileName: string;
  readonly text: string;
  /** What of the original is not in the text, in words. */
  readonly leftOut: readonly string[];
}

export interface Imported {
  readonly rules: readonly ImportedRule[];
  /** One sentence each, without a full stop. */
  readonly problems: readonly string[];
}

/** What an importer cannot know. */
export interface ImportWorld {
  /** Such as `2024/01/31`. */
  readonly today: string;
  /** A UUID that no rule has, another one each time. */
  readonly freshId: () => string;
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** `2024-01-31T00:00:00Z` and `2024/01/31` as rules write a day; undefined for what is none. */
export function dayOf(value: unknown): string | undefined {
  const [, year, month, day] =
    typeof value === "string" ? (/^(\d{4})[-/](\d\d)[-/](\d\d)/.exec(value) ?? []) : [];
  return year === undefined || month === undefined || day === undefined
    ? undefined
    : `${year}/${month}/${day}`;
}
