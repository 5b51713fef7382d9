import { tableIn } from "../../rule/read.ts";
import { removeItem, removeSection } from "../../toml/removal.ts";
import { type RuleCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unusedCardinality: RuleCheck = {
  id: "threshold/unused-cardinality",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  summary: "A second `cardinality`, which Kibana ignores.",
  why: "Kibana takes a list of conditions on distinct values, and looks at the first one only.",
  bad: `[rule]
type = "threshold"
[rule.threshold]
field = ["host.id"]
value = 1
[[rule.threshold.cardinality]]
field = "user.name"
value = 5
[[rule.threshold.cardinality]]
field = "source.ip"
value = 5
`,
  good: `[rule]
type = "threshold"
[rule.threshold]
field = ["host.id"]
value = 1
[[rule.threshold.cardinality]]
field = "user.name"
value = 5
`,
  *run({ rule, toml }) {
    const threshold = rule && tableIn(rule, "threshold");
    const list = threshold?.byName.get("cardinality")?.value;
    if (list?.kind !== "array") return;
    for (const [index, item] of list.items.entries()) {
      if (index === 0 || item.kind !== "table") continue;
      const edit = item.form === "inline" ? removeItem(toml, list, index) : removeSection(toml, item);
      yield {
        span: item.form === "inline" ? item.span : headerSpan(item),
        message: "Kibana looks at the first `cardinality` only",
        fixes: unsafeFix("Remove this one", edit),
      };
    }
  },
};
