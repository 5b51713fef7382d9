import { closestWord } from "../../base/closest.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { packageOfIndex } from "../integrationUse.ts";
import { folderOf } from "../rulePath.ts";
import { unitTested } from "../unitTests.ts";

export const otherIntegration: PlaceCheck = {
  id: "file/other-integration",
  on: "place",
  severity: "warning",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A rule in the folder of an integration that it does not name.",
  why: "In Elastic's repository `rules/integrations/okta` holds the rules on Okta. Elastic's CI was meant to compare the folder with `metadata.integration`, and never does.",
  bad: `[metadata]
integration = ["github"]

[rule]
type = "eql"
`,
  good: `[metadata]
integration = ["okta"]

[rule]
type = "eql"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

function* findings({ metadata, rule }: RuleDocument, { path }: RulePlace): Generator<Finding> {
  const folder = folderOf(path);
  const value = metadata?.byName.get("integration")?.value;
  if (metadata === undefined || value === undefined || folder === undefined) return;
  if (path?.includes(`integrations/${folder}/`) !== true) return;
  const named = textsIn(metadata, "integration").map((item) => item.value);
  // A misspelt name has a finding of its own.
  if (named.length === 0 || closestWord(folder, named) !== undefined) return;
  // A rule that reads the folder's package, and does not name it, has a finding for that.
  const indexes = rule === undefined ? [] : textsIn(rule, "index");
  if (indexes.some((index) => packageOfIndex(index.value) === folder)) return;
  yield {
    span: value.span,
    message: `The rule stands in the folder of ${folder}, and does not name it`,
    fixes: [],
  };
}
