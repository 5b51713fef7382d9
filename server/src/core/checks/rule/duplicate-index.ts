import { removeItem } from "../../toml/removal.ts";
import { type TomlString } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";

export const duplicateIndex: RuleCheck = {
  id: "rule/duplicate-index",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  summary: "An index pattern that the rule has already.",
  why: "It has no effect: the rule reads the same events. Often another index was meant.",
  bad: `[rule]
type = "eql"
index = ["logs-okta.system-*", "logs-okta.system-*"]
`,
  good: `[rule]
type = "eql"
index = ["logs-okta.system-*", "logs-github.audit-*"]
`,
  *run({ rule, toml }) {
    const list = rule?.byName.get("index")?.value;
    if (rule === undefined || list?.kind !== "array") return;
    const first = new Map<string, TomlString>();
    for (const item of textsIn(rule, "index").slice(0, MOST)) {
      const earlier = first.get(item.value);
      if (earlier === undefined) {
        first.set(item.value, item);
        continue;
      }
      const edit = removeItem(toml, list, list.items.indexOf(item));
      yield {
        span: item.span,
        message: `The rule reads \`${item.value}\` already`,
        fixes: edit === undefined ? [] : [{ title: "Remove it", safety: "safe", edits: [edit] }],
        related: [{ span: earlier.span, message: "The first one" }],
      };
    }
  },
};

/** More of them no rule has. */
const MOST = 200;
