/** One table of all keys of a rule file; it drives checks, hovers and, in time, completion. */
import { lazy } from "../base/lazy.ts";
import { type QueryLanguage } from "../query/language.ts";
import { METADATA_KEYS, DEPRECATED_METADATA_KEYS } from "./keyTables/metadata.ts";
import { NESTED_KEYS } from "./keyTables/nested.ts";
import { RULE_KEYS } from "./keyTables/rule.ts";
import {
  RULE_TYPES,
  type KeyType,
  type RuleKey,
  type RuleType,
  key,
  requiredKey,
  table,
} from "./keyTypes.ts";

/** The top level of a file. */
const ROOT_KEYS: readonly RuleKey[] = [
  requiredKey("metadata", table("metadata"), "What the tools need to know of the rule; it is not shipped."),
  requiredKey("rule", table("rule"), "The rule as Kibana gets it."),
  key("transform", table("transform"), "Buttons that are put into the investigation guide."),
];

const SECTIONS: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  ["", ROOT_KEYS],
  ["metadata", METADATA_KEYS],
  ["rule", RULE_KEYS],
  ...NESTED_KEYS,
]);

export interface KeyContext {
  /** Undefined: not known (yet), and keys of every type are taken. */
  readonly ruleType: RuleType | undefined;
  readonly isDeprecated: boolean;
}

/** The keys of a section that a rule of this type may have. */
export function keysOf(section: string, context: KeyContext): readonly RuleKey[] {
  const keys = SECTIONS.get(section) ?? [];
  if (section === "metadata" && context.isDeprecated) return [...keys, ...DEPRECATED_METADATA_KEYS];
  // Only keys of `[rule]` are tied to types.
  if (section !== "rule" || context.ruleType === undefined) return keys;
  return keysByType().get(context.ruleType) ?? keys;
}

const keysByType = lazy((): ReadonlyMap<RuleType, readonly RuleKey[]> => {
  const keysFor = (type: RuleType): readonly RuleKey[] =>
    RULE_KEYS.filter(({ ruleTypes }) => ruleTypes === undefined || ruleTypes.includes(type)).map(
      forType(type),
    );
  return new Map(RULE_TYPES.map((type) => [type, keysFor(type)]));
});

/** Languages that Kibana takes for a type; Elastic's own schema is wider for some, and such rules fail later. */
const LANGUAGES: Readonly<Partial<Record<RuleType, readonly QueryLanguage[]>>> = {
  eql: ["eql"],
  esql: ["esql"],
  query: ["kuery", "lucene"],
  threshold: ["kuery", "lucene"],
  new_terms: ["kuery", "lucene"],
  threat_match: ["kuery", "lucene"],
};

function forType(ruleType: RuleType): (one: RuleKey) => RuleKey {
  const languages = LANGUAGES[ruleType];
  return (one) =>
    one.name === "language" && languages !== undefined
      ? { ...one, type: { kind: "text", oneOf: languages } }
      : one;
}

/** The languages of a type's queries, the usual one first; none for types without a query. */
export function languagesOf(type: RuleType): readonly QueryLanguage[] {
  return LANGUAGES[type] ?? [];
}

/** Which rule types know a key of `[rule]`; undefined if no type does, or every type. */
export function typesOf(name: string): readonly RuleType[] | undefined {
  return typesByName().get(name);
}

const typesByName = lazy(() => {
  const types = new Map<string, readonly RuleType[]>();
  for (const { name, ruleTypes = [] } of RULE_KEYS) {
    if (0 < ruleTypes.length) types.set(name, [...(types.get(name) ?? []), ...ruleTypes]);
  }
  return types;
});

/** The key that a path such as `rule, threat, tactic, id` names, for documentation. */
export function keyAt(path: readonly string[], context: KeyContext): RuleKey | undefined {
  let section = "";
  let found: RuleKey | undefined;
  for (const name of path) {
    found = keysOf(section, context).find((one) => one.name === name);
    if (found === undefined) return undefined;
    section = sectionOf(found.type) ?? "?";
  }
  return found;
}

function sectionOf(type: KeyType): string | undefined {
  switch (type.kind) {
    case "table":
      return type.section;
    case "list":
      return sectionOf(type.item);
    case "either":
    case "text":
    case "integer":
    case "boolean":
    case "free-table":
      return undefined;
  }
}
