import { removeEntry } from "../../toml/removal.ts";
import { type RuleCheck } from "../check.ts";
import { truthOf } from "../readValue.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const uncheckedQuery: RuleCheck = {
  id: "metadata/unchecked-query",
  on: "rule",
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-query-validation-off"],
  summary: "Elastic's checks of the query are switched off for this rule.",
  why: "With `query_schema_validation = false` Elastic's loader looks neither at the syntax nor at the fields of an EQL or KQL query, and says nothing of it. A rule that can no longer match anything then ships unnoticed.",
  bad: `[metadata]
maturity = "production"
query_schema_validation = false
[rule]
type = "eql"
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
`,
  *run({ metadata, toml, queries }) {
    const entry = metadata?.byName.get("query_schema_validation");
    if (metadata === undefined || entry === undefined || truthOf(entry.value) !== false) return;
    if (queries.length > 0 && queries.every(({ language }) => language === "esql" || language === "lucene")) {
      return;
    }
    const edit = removeEntry(toml, metadata, entry);
    yield {
      span: entry.value.span,
      message: "Elastic's loader does not check the query of this rule",
      fixes: unsafeFix("Have the query checked", edit),
    };
  },
};
