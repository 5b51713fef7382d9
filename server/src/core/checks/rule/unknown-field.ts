import { listed } from "../../base/listed.ts";
import { type FieldAnswer, type FieldScope } from "../../knowledge/scope.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type SchemaCheck } from "../check.ts";
import { type FieldKey, fieldKeys } from "../fieldKeys.ts";
import { isGuess, unknownMessage } from "../unknownField.ts";

export const unknownFieldInKey: SchemaCheck = {
  id: "rule/unknown-field",
  on: "schemas",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-config-fields", "new-terms-schema", "suppression-field"],
  summary: "A key that names a field which no schema of the rule has.",
  why: "Terms of a field that no event has are never new, alerts are not grouped by it, and it shows nothing. Elastic's CI looks up the fields of `new_terms`, of `alert_suppression` and those by which EQL finds category, order and time; in other keys, and where the schemas are not loaded, a field is reported, as a warning, only if its name is nearly a known one or stands in a field set of ECS that has no other fields.",
  bad: `[rule]
type = "threshold"
[rule.threshold]
field = ["proces.name"]
value = 1
`,
  good: `[rule]
type = "threshold"
[rule.threshold]
field = ["process.name"]
value = 1
`,
  *run(rule, scope) {
    const strange = new Map<string, FieldFinding[]>();
    for (const fieldKey of fieldKeys(rule)) {
      if (isComputed(rule, fieldKey)) continue;
      const answer = scope.answerInKeys(fieldKey.host.value, { isLookedUp: fieldKey.isLookedUp });
      if (answer.kind !== "unknown") continue;
      const found = { fieldKey, finding: finding(scope, fieldKey, answer) };
      if (0 < found.finding.fixes.length) yield found.finding;
      else strange.set(fieldKey.key, [...(strange.get(fieldKey.key) ?? []), found]);
    }
    for (const found of strange.values()) yield* together(found);
  },
};

interface FieldFinding {
  readonly fieldKey: FieldKey;
  readonly finding: Finding;
}

/** More names in one key that are like no field are one problem: the key is not filled in, or the schemas are the wrong ones. */
const MANY = 3;

function together(found: readonly FieldFinding[]): readonly Finding[] {
  const [first, last] = [found[0], found[found.length - 1]];
  const findings = found.map(({ finding }) => finding);
  if (first === undefined || last === undefined || found.length < MANY) return findings;
  const names = found.map(({ fieldKey }) => `\`${fieldKey.host.value}\``);
  return [
    {
      span: spanOf(first.finding.span.start, last.finding.span.end),
      message: `Unknown fields ${listed(names, "and")} (\`${first.fieldKey.key}\`)`,
      fixes: [],
      isGuess: findings.every(({ isGuess }) => isGuess === true),
    },
  ];
}

/** ES|QL queries make columns of their own: what the query names is not judged here, nor what is named like a column. */
function isComputed({ queries }: RuleDocument, { host }: FieldKey): boolean {
  if (/^Esql(?:_priv)?\./.test(host.value)) return true;
  return queries.some(({ language, text }) => language === "esql" && text.includes(host.value));
}

function finding(
  scope: FieldScope,
  { key, host }: FieldKey,
  answer: Extract<FieldAnswer, { kind: "unknown" }>,
): Finding {
  const [nearest] = scope.closest(host.value, 1);
  const message = `${unknownMessage(host.value, answer, nearest?.name)}`;
  return {
    span: host.map.toHostSpan(spanOf(0, host.value.length)),
    message: `${message} (\`${key}\`)`,
    fixes: nearest === undefined ? [] : renameFix(host, nearest.name),
    isGuess: isGuess(answer),
  };
}

function renameFix(host: TomlString, name: string): readonly Fix[] {
  const edit = replaceText(host, name);
  return edit === undefined ? [] : [{ title: `Replace by ${name}`, safety: "unsafe", edits: [edit] }];
}
