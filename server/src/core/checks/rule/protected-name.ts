import { textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const protectedName: PlaceCheck = {
  id: "rule/protected-name",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-protected-id"],
  summary: "The rule that Elastic Defend installs has lost its id or its name.",
  why: "Kibana switches on the rule of this id when Elastic Defend is installed, and finds it by its id and name. Elastic's CI wants both in the repository as they are.",
  bad: `[rule]
type = "query"
name = "Endpoint Security"
rule_id = "9a1a2dae-0b5f-4c3d-8305-a268d404c306"
`,
  good: `[rule]
type = "query"
name = "Endpoint Security (Elastic Defend)"
rule_id = "9a1a2dae-0b5f-4c3d-8305-a268d404c306"
`,
  run: (rule, { repository }) => (repository.kind === "elastic" ? findings(rule) : []),
};

const ID = "9a1a2dae-0b5f-4c3d-8305-a268d404c306";
const NAME = "Endpoint Security (Elastic Defend)";

function* findings({ rule, name }: RuleDocument): Generator<Finding> {
  const id = rule && textIn(rule, "rule_id");
  if (id === undefined || name === undefined) return;
  if (id.value === ID && name.value !== NAME) {
    yield changed(name, NAME, `The rule of this id must be named \`${NAME}\``, {
      span: id.span,
      message: "The protected id",
    });
  }
  if (id.value !== ID && name.value === NAME) {
    yield changed(id, ID, `The rule of this name must have the id \`${ID}\``, {
      span: name.span,
      message: "The protected name",
    });
  }
}

function changed(
  { span, host }: SourcedText,
  value: string,
  message: string,
  related: NonNullable<Finding["related"]>[number],
): Finding {
  const edit = replaceText(host, value);
  const fixes: readonly Fix[] = unsafeFix(`Write ${value}`, edit);
  return { span, message, fixes, related: [related] };
}
