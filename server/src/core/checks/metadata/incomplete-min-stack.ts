import { LOADED_VERSION } from "../../rule/keyTables/metadata.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { unitTested } from "../unitTests.ts";

export const incompleteMinStack: PlaceCheck = {
  id: "metadata/incomplete-min-stack",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-min-stack-not-semver"],
  summary: "A `min_stack_version` that is no version of three numbers.",
  why: "Elastic's loader takes `9.4`, and its tests then stop at it with a raw error: they read the version as `X.Y.Z`.",
  bad: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.4"
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.4.0"
`,
  run: (rule, place) => (place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule))),
};

const NUMBER = "(?:0|[1-9]\\d*)";
const COMPLETE = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-[\\w-]+)?$`);

function* findings({ metadata }: RuleDocument): Generator<Finding> {
  const version = metadata && textIn(metadata, "min_stack_version");
  if (version === undefined || !LOADED_VERSION.test(version.value) || COMPLETE.test(version.value)) return;
  const numbers = version.value.split(".").map((part) => Number.parseInt(part, 10));
  const complete = [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0].join(".");
  const edit = replaceText(version.host, complete);
  const safety = numbers.length === 2 ? "safe" : "unsafe";
  yield {
    span: version.span,
    message: `\`min_stack_version\` must have the three numbers of a version like ${complete}, not \`${version.value}\``,
    fixes: edit === undefined ? [] : [{ title: `Write ${complete}`, safety, edits: [edit] }],
  };
}
