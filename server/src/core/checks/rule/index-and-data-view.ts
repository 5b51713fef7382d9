import { removeEntry } from "../../toml/removal.ts";
import { type RuleCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const indexAndDataView: RuleCheck = {
  id: "rule/index-and-data-view",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-index-or-dataview", "esql-index-field"],
  summary: "Index patterns and a data view in one rule.",
  why: "A rule searches the one or the other: Elastic's loader refuses both.",
  bad: `[rule]
type = "eql"
data_view_id = "security-solution-default"
index = ["logs-*"]
`,
  good: `[rule]
type = "eql"
index = ["logs-*"]
`,
  *run({ rule, toml, type }) {
    const view = rule?.byName.get("data_view_id");
    const index = rule?.byName.get("index");
    // An ES|QL rule has no index, which is told already.
    if (rule === undefined || view === undefined || index === undefined || type === "esql") return;
    const fixes = [view, index].flatMap((entry) =>
      unsafeFix(`Remove ${entry.key.name}`, removeEntry(toml, rule, entry)),
    );
    yield {
      span: view.key.span,
      message: "A rule has `index` or `data_view_id`, not both",
      fixes,
      related: [{ span: index.key.span, message: "The index patterns" }],
    };
  },
};
