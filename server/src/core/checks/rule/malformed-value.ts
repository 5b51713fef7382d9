import { type KeyType } from "../../rule/keyTypes.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type ValueVisit } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlValue } from "../../toml/model.ts";
import { type PlaceCheck } from "../check.ts";
import { derivedId } from "../derivedId.ts";
import { isQueryOfFilters } from "../filters.ts";
import { numberOf } from "../readValue.ts";
import { subjectOf } from "../subjectOf.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const malformedValue: PlaceCheck = {
  id: "rule/malformed-value",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "metadata-date-format",
    "metadata-min-stack-format",
    "rule-id-uuid",
    "rule-risk-score",
    "rule-interval-format",
    "rule-max-signals",
    "rule-nonempty-strings",
    "threat-url-pattern",
    "threshold-schema",
    "new-terms-schema",
    "suppression",
  ],
  summary: "A value is outside the form or the limits that its key sets.",
  why: "Elastic's loader refuses the rule: a date or UUID in another form, a link to another page, a number out of range, a list with too few or too many items, an empty text.",
  bad: `[rule]
type = "eql"
interval = "5 minutes"
`,
  good: `[rule]
type = "eql"
interval = "5m"
`,
  *run(rule, place) {
    for (const visit of rule.values()) {
      const problem = problemOf(visit.value, visit.type);
      if (problem === undefined || isQueryOfFilters(visit.key, rule, place)) continue;
      const message = `${subjectOf(visit)} ${problem.sentence}`;
      yield { span: problem.span, message, fixes: fixesFor(visit, rule) };
    }
  },
};

function fixesFor({ key, value, type }: ValueVisit, rule: RuleDocument): readonly Fix[] {
  const pattern = type.kind === "text" ? type.pattern : undefined;
  if (value.kind !== "string" || pattern?.repair === undefined) return [];
  const repaired = pattern.repair(value.value);
  if (pattern.regex.test(repaired)) return unsafeFix(`Write ${repaired}`, replaceText(value, repaired));
  if (key.name !== "rule_id") return [];
  return unsafeFix("Write a new rule_id", replaceText(value, derivedId(rule.toml.text)));
}

interface Problem {
  readonly span: Span;
  readonly sentence: string;
}

function problemOf(value: TomlValue, type: KeyType): Problem | undefined {
  const { span } = value;
  if (type.kind === "text" && value.kind === "string") {
    if (type.filled === true && value.value.trim() === "") return { span, sentence: "must not be empty" };
    const { pattern } = type;
    if (pattern !== undefined && !pattern.regex.test(value.value)) {
      return { span, sentence: `must be ${pattern.expected}, not \`${shortened(value.value)}\`` };
    }
  }
  if (type.kind === "integer") {
    const number = numberOf(value);
    if (number === undefined || Number.isNaN(number)) return undefined;
    if (type.min !== undefined && number < type.min) return { span, sentence: `must be ${limits(type)}` };
    if (type.max !== undefined && type.max < number) return { span, sentence: `must be ${limits(type)}` };
  }
  if (type.kind === "list" && value.kind === "array") {
    const count = value.items.length;
    if (type.min !== undefined && count < type.min)
      return { span, sentence: `needs at least ${items(type.min)}` };
    if (type.max !== undefined && type.max < count) {
      return { span: value.items[type.max]?.span ?? span, sentence: `takes at most ${items(type.max)}` };
    }
  }
  return undefined;
}

function limits({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  return min === undefined ? `${max ?? ""} or less` : `${min} or more`;
}

function items(count: number): string {
  return count === 1 ? "one item" : `${count} items`;
}

function shortened(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length <= 60 ? line : `${line.slice(0, 60)}…`;
}
