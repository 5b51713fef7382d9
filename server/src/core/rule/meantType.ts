/** The type that all other keys of a rule speak for, where they speak against the one that is written. */
import { type TomlTable } from "../toml/model.ts";
import { keysOf, languagesOf, typesOf } from "./keys.ts";
import { RULE_TYPES, type RuleKey, type RuleType } from "./keyTypes.ts";
import { missingKeys } from "./spelling.ts";

/** What does not go with a type. */
export interface TypeConflicts {
  /** Keys that rules of the type do not have. */
  readonly foreign: readonly string[];
  /** Keys that only some types have, and rules of this type need. */
  readonly absent: readonly RuleKey[];
  /** The language is one of other types. */
  readonly isOtherLanguage: boolean;
  /** It reads indices, and the rule names none. */
  readonly lacksIndex: boolean;
}

/**
 * The type is wrong where several keys or a whole table are of another one, or the language with them, and that one has
 * nothing against the rule. Undefined where a single key is the likelier mistake.
 */
export function meantType(rule: TomlTable, written: RuleType): RuleType | undefined {
  const conflicts = typeConflicts(rule, written);
  const { foreign, isOtherLanguage } = conflicts;
  if (foreign.length === 0 && !isOtherLanguage) return undefined;
  if (countOf(conflicts) === 1 && !foreign.some((name) => hasHeader(rule, name))) return undefined;
  return fittingType(rule);
}

/** The type that the rule is whole as, where of the written one nothing is there yet. */
export function typeSoFar(rule: TomlTable, written: RuleType): RuleType | undefined {
  const { foreign, absent, isOtherLanguage } = typeConflicts(rule, written);
  if (absent.length === 0 || 0 < foreign.length || isOtherLanguage) return undefined;
  return isWithoutOwnKeys(rule, written) ? fittingType(rule) : undefined;
}

function fittingType(rule: TomlTable): RuleType | undefined {
  return RULE_TYPES.find((type) => countOf(typeConflicts(rule, type)) === 0);
}

export function typeConflicts(rule: TomlTable, type: RuleType): TypeConflicts {
  const context = { ruleType: type, isDeprecated: false };
  const names = rule.entries.map(({ key }) => key.name);
  const language = rule.byName.get("language")?.value;
  const languages = languagesOf(type);
  return {
    foreign: names.filter((name) => typesOf(name)?.includes(type) === false),
    absent: missingKeys(rule, keysOf("rule", context), context).filter(
      ({ ruleTypes }) => ruleTypes !== undefined,
    ),
    isOtherLanguage:
      language?.kind === "string" &&
      0 < languages.length &&
      !languages.some((known) => known === language.value),
    lacksIndex: typesOf("index")?.includes(type) === true && !SOURCES.some((name) => rule.byName.has(name)),
  };
}

const SOURCES: readonly string[] = ["index", "data_view_id"];

function countOf({ foreign, absent, isOtherLanguage, lacksIndex }: TypeConflicts): number {
  return foreign.length + absent.length + Number(isOtherLanguage) + Number(lacksIndex);
}

function hasHeader(rule: TomlTable, name: string): boolean {
  const value = rule.byName.get(name)?.value;
  return value?.kind === "table" && value.form === "header";
}

/** True for a type with keys of its own, of which none is there. */
function isWithoutOwnKeys(rule: TomlTable, type: RuleType): boolean {
  const own = keysOf("rule", { ruleType: type, isDeprecated: false }).filter(
    ({ ruleTypes }) => ruleTypes?.length === 1,
  );
  return own.some(({ required }) => required) && !own.some(({ name }) => rule.byName.has(name));
}
