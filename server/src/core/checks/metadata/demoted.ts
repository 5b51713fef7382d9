import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const demotedRule: PlaceCheck = {
  id: "metadata/demoted",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["lock-demotion"],
  summary: "A rule that has been shipped and is now in development again.",
  why: "The rule stays installed where it is, without updates and without a word about it. A rule that was shipped stays in production or is deprecated. Elastic has a test for it, which never sees such a rule: it reads those in production only.",
  bad: `[metadata]
maturity = "development"
[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  *run({ metadata, rule }, { repository }) {
    const maturity = metadata && textIn(metadata, "maturity");
    const id = rule && textIn(rule, "rule_id")?.value;
    if (maturity === undefined || id === undefined || !DEMOTIONS.includes(maturity.value)) return;
    const shipped = repository.bypassesVersionLock ? undefined : repository.records.shipped();
    if (shipped?.has(id) !== true) return;
    yield {
      span: maturity.span,
      message: `The rule has been shipped: it cannot be in \`${maturity.value}\` any more`,
      fixes: unsafeFix("Set maturity to production", replaceText(maturity.host, "production")),
    };
  },
};

const DEMOTIONS: readonly string[] = ["development", "experimental", "beta"];
