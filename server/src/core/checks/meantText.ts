/** What a number or truth value was meant to be where a text belongs. */
import { type KeyType } from "../rule/keyTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type ValueVisit } from "../rule/visit.ts";
import { meantTime } from "./timeText.ts";

/** Keys whose texts name something that is looked up: a number is no name of it. */
const NAMES: ReadonlySet<string> = new Set([
  "event_category_override",
  "field",
  "field_names",
  "group_by",
  "index",
  "integration",
  "machine_learning_job_id",
  "new_terms_fields",
  "query",
  "threat_index",
  "threat_query",
  "tiebreaker_field",
  "timeline_id",
  "timeline_title",
  "timestamp_field",
  "timestamp_override",
]);

/** Undefined where the value in quotes would be refused too. */
export function meantText(
  rule: RuleDocument,
  { entry, type, key }: ValueVisit,
  written: string,
): string | undefined {
  if (type.kind !== "text" || NAMES.has(key.name)) return undefined;
  switch (entry) {
    // Names and tags are words.
    case rule.rule?.byName.get("name"):
    case rule.rule?.byName.get("tags"):
      return undefined;
    case rule.rule?.byName.get("from"):
    case rule.rule?.byName.get("to"):
      return /^\d+$/.test(written) ? meantTime(`${written}m`) : undefined;
    // Elastic's tests read it as a version of three numbers.
    case rule.metadata?.byName.get("min_stack_version"):
      return /^\d+\.\d+$/.test(written) ? `${written}.0` : undefined;
    default:
      return takes(type, written) ? written : undefined;
  }
}

/** A TOML date as rules write it; undefined where that would be refused too. */
export function meantDate(
  rule: RuleDocument,
  { entry, type }: ValueVisit,
  written: string,
): string | undefined {
  const [date] = /^\d{4}-\d{2}-\d{2}/.exec(written) ?? [];
  if (date === undefined || type.kind !== "text") return undefined;
  // These are counted from now.
  if (entry === rule.rule?.byName.get("from") || entry === rule.rule?.byName.get("to")) return undefined;
  const text = date.replaceAll("-", "/");
  return takes(type, text) ? text : undefined;
}

function takes({ oneOf, pattern }: Extract<KeyType, { kind: "text" }>, text: string): boolean {
  return (oneOf === undefined || oneOf.includes(text)) && (pattern === undefined || pattern.regex.test(text));
}
