/** The vocabulary in which `keyTables/` describes the keys of a rule file. */

export type RuleType =
  "query" | "eql" | "esql" | "threshold" | "threat_match" | "new_terms" | "machine_learning";

export const RULE_TYPES: readonly RuleType[] = [
  "query",
  "eql",
  "esql",
  "threshold",
  "threat_match",
  "new_terms",
  "machine_learning",
];

/** What a value must be. */
export type KeyType =
  | {
      readonly kind: "text";
      readonly oneOf?: readonly string[];
      readonly pattern?: TextPattern;
      /** Must hold something besides white space. */
      readonly filled?: boolean;
    }
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "list"; readonly item: KeyType; readonly min?: number; readonly max?: number }
  /** A table whose keys are those of the named section. */
  | { readonly kind: "table"; readonly section: string }
  /** A table with any keys, and any values unless their type is given. */
  | { readonly kind: "free-table"; readonly values?: KeyType }
  | { readonly kind: "either"; readonly types: readonly KeyType[] };

/** A pattern with the sentence that says it: "a date like 2024/01/31". */
export interface TextPattern {
  readonly regex: RegExp;
  readonly expected: string;
  /** What a value that fails was probably meant to be. */
  readonly repair: ((value: string) => string) | undefined;
}

export interface RuleKey {
  readonly name: string;
  readonly type: KeyType;
  readonly required: boolean;
  /** Not needed where one of these keys stands instead. */
  readonly unless: readonly string[];
  /** Needed only where this key stands. */
  readonly onlyWith: string | undefined;
  /** Which rule types know the key; undefined: all. Only keys of `[rule]` are tied to types. */
  readonly ruleTypes: readonly RuleType[] | undefined;
  /** First stack that knows the key, such as "8.11". */
  readonly minStack: string | undefined;
  readonly doc: string;
}

interface KeyOptions {
  readonly required?: boolean;
  readonly unless?: readonly string[];
  readonly onlyWith?: string;
  readonly ruleTypes?: readonly RuleType[];
  readonly minStack?: string;
}

export function key(name: string, type: KeyType, doc: string, options: KeyOptions = {}): RuleKey {
  return {
    name,
    type,
    doc,
    required: options.required ?? false,
    unless: options.unless ?? [],
    onlyWith: options.onlyWith,
    ruleTypes: options.ruleTypes,
    minStack: options.minStack,
  };
}

export function requiredKey(name: string, type: KeyType, doc: string, options: KeyOptions = {}): RuleKey {
  return key(name, type, doc, { ...options, required: true });
}

export const text: KeyType = { kind: "text" };
export const filledText: KeyType = { kind: "text", filled: true };
export const flag: KeyType = { kind: "boolean" };
export const freeTable: KeyType = { kind: "free-table" };
export const texts: KeyType = { kind: "list", item: text };
export const tableOfTexts: KeyType = { kind: "free-table", values: text };

export function oneOf(...values: readonly string[]): KeyType {
  return { kind: "text", oneOf: values };
}

export function matching(regex: RegExp, expected: string, repair?: (value: string) => string): KeyType {
  return { kind: "text", pattern: { regex, expected, repair } };
}

export function integer(limits: { readonly min?: number; readonly max?: number } = {}): KeyType {
  return { kind: "integer", ...limits };
}

export function list(item: KeyType, limits: { readonly min?: number; readonly max?: number } = {}): KeyType {
  return { kind: "list", item, ...limits };
}

export function table(section: string): KeyType {
  return { kind: "table", section };
}

export function either(...types: readonly KeyType[]): KeyType {
  return { kind: "either", types };
}
