/** What a number or truth value was meant to be where a text belongs. */
import { type KeyType } from "../rule/keyTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type ValueVisit } from "../rule/visit.ts";
import { meantTime } from "./timeText.ts";

/** Undefined where the value in quotes would be refused too. */
export function meantText(
  rule: RuleDocument,
  { entry, type }: ValueVisit,
  written: string,
): string | undefined {
  if (type.kind !== "text") return undefined;
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

function takes({ oneOf, pattern }: Extract<KeyType, { kind: "text" }>, text: string): boolean {
  return (oneOf === undefined || oneOf.includes(text)) && (pattern === undefined || pattern.regex.test(text));
}
