/** What an author may choose about the layout of rules: in settings of the editor and in `[format]` of `rulewright.toml`. */

export interface FormatOptions {
  /** How long lists, counted from bracket to bracket, and the lines of queries may be. */
  readonly width: number;
  readonly lists: ListWrapping;
  readonly queries: QueryFormattingMode;
  readonly keyOrder: KeyOrder;
}

/** `keep`: a list that its author broke stays broken. `fit`: it is joined where it fits. */
export type ListWrapping = "keep" | "fit";

/** `selection`: only where the selection lies within the query. */
export type QueryFormattingMode = "never" | "selection" | "always";

/** `house`: in alphabetical order with the queries last, as in most of Elastic's own rules. */
export type KeyOrder = "keep" | "house";

export const NARROWEST = 20;
export const WIDEST = 1000;

/** What changes the fewest of the public rules; `docs/formatting.md` has the figures. */
export const DEFAULT_FORMAT: FormatOptions = {
  width: 100,
  lists: "keep",
  queries: "selection",
  keyOrder: "keep",
};

/** What may be written for each option, in the words of a message. */
export const FORMAT_CHOICES: Readonly<Record<keyof FormatOptions, string>> = {
  width: `a whole number from ${NARROWEST} to ${WIDEST}`,
  lists: '"keep" or "fit"',
  queries: '"never", "selection" or "always"',
  keyOrder: '"keep" or "house"',
};

/** One option by its name; undefined if the value cannot be understood. */
export function formatOption(name: keyof FormatOptions, value: unknown): Partial<FormatOptions> | undefined {
  switch (name) {
    case "width":
      return typeof value === "number" && isWidth(value) ? { width: value } : undefined;
    case "lists":
      return value === "keep" || value === "fit" ? { lists: value } : undefined;
    case "queries":
      return value === "never" || value === "selection" || value === "always"
        ? { queries: value }
        : undefined;
    case "keyOrder":
      return value === "keep" || value === "house" ? { keyOrder: value } : undefined;
  }
}

/** Those of the values that are options; what cannot be understood counts as unset. */
export function formatOptionsIn(values: Readonly<Record<string, unknown>>): Partial<FormatOptions> {
  let options: Partial<FormatOptions> = {};
  for (const [name, value] of Object.entries(values)) {
    if (isFormatOption(name)) options = { ...options, ...formatOption(name, value) };
  }
  return options;
}

export function isWidth(value: number): boolean {
  return Number.isInteger(value) && NARROWEST <= value && value <= WIDEST;
}

export function isFormatOption(name: string): name is keyof FormatOptions {
  return Object.hasOwn(FORMAT_CHOICES, name);
}
