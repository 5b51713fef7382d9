import { listed } from "../../base/listed.ts";
import { closestWord } from "../../base/closest.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { bandOfScore } from "../../rule/severities.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlString } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownValue: RuleCheck = {
  id: "rule/unknown-value",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "metadata-maturity",
    "metadata-os-type-list",
    "rule-type-unknown",
    "rule-severity",
    "rule-building-block-type",
    "rule-mapping-operator",
    "threat-framework",
    "new-terms-schema",
    "threat-match",
    "suppression",
  ],
  summary: "A value is none of those that its key takes.",
  why: "Elastic's loader or Kibana refuses the rule. The spelling counts, capitals included.",
  bad: `[rule]
type = "eql"
severity = "hihg"
`,
  good: `[rule]
type = "eql"
severity = "high"
`,
  *run(rule) {
    for (const { key, value, type } of rule.values()) {
      if (type.kind !== "text" || type.oneOf === undefined || value.kind !== "string") continue;
      if (type.oneOf.includes(value.value)) continue;
      // A language of another type has a finding of its own.
      if (key.name === "language" && isLanguage(value.value)) continue;
      const subject =
        key.name === "language" && rule.type !== undefined
          ? `\`language\` of a rule of type ${rule.type}`
          : `\`${key.name}\``;
      const message = `${subject} must be ${listed(type.oneOf)}, not \`${value.value}\``;
      const byScore = key.name === "severity" ? severityOfScore(rule) : undefined;
      yield { span: value.span, message, fixes: fixesFor(value, type.oneOf, byScore) };
    }
  },
};

function isLanguage(text: string): boolean {
  return ["eql", "esql", "kuery", "lucene"].includes(text);
}

function fixesFor(value: TomlString, known: readonly string[], byScore: string | undefined): readonly Fix[] {
  const meant = known.length === 1 ? known[0] : meantValue(value.value, known);
  const candidates = new Set([meant, byScore].filter((one) => one !== undefined));
  return [...candidates].flatMap((one) => unsafeFix(`Replace by ${one}`, replaceText(value, one)));
}

/** The one that goes with the risk score, which may not be the one that was misspelt. */
function severityOfScore({ rule }: RuleDocument): string | undefined {
  const score = rule?.byName.get("risk_score")?.value;
  return score?.kind === "integer" ? bandOfScore(score.value)?.severity : undefined;
}

/** Other words for values, in small letters. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ["kql", "kuery"],
  ["moderate", "medium"],
  ["informational", "low"],
  ["att&ck", "MITRE ATT&CK"],
  ["atlas", "MITRE ATLAS"],
  ["mac", "macos"],
  ["darwin", "macos"],
  ["osx", "macos"],
]);

/** A misspelt value, the beginning of one, or another word for one. */
function meantValue(text: string, known: readonly string[]): string | undefined {
  const word = text.trim().toLowerCase();
  const other = OTHER_WORDS.get(word);
  if (other !== undefined && known.includes(other)) return other;
  const begun = word.length < 3 ? [] : known.filter((value) => value.startsWith(word));
  return begun.length === 1 ? begun[0] : closestWord(text, known);
}
