import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { BUILDING_BLOCK_FOLDER } from "../buildingBlock.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { DEPRECATED_FOLDER } from "../deprecatedFolder.ts";
import { foldersOf } from "../rulePath.ts";
import { isExemptFromTests } from "../unitTests.ts";

export const wrongDeprecatedFolder: PlaceCheck = {
  id: "deprecated/wrong-folder",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["ws-deprecated-placement"],
  summary: "A deprecated rule outside the folder `_deprecated`, or another rule in it.",
  why: "Elastic's CI wants deprecated rules right in a folder `_deprecated`, and no other ones in there, so that nobody takes one kind for the other. Deprecated building block rules leave their folder too.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
`,
  good: `[metadata]
creation_date = "2023/01/31"
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Web Server"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  run(rule, place) {
    const { path, repository } = place;
    if (path === undefined || repository.kind === "loose" || isExemptFromTests(rule, place)) return [];
    return findings(rule, foldersOf(path));
  },
};

function* findings(rule: RuleDocument, folders: readonly string[]): Generator<Finding> {
  const maturity = rule.metadata && textIn(rule.metadata, "maturity");
  if (maturity === undefined) return;
  const { span, value } = maturity;
  if (!rule.isDeprecated) {
    if (!folders.includes(DEPRECATED_FOLDER)) return;
    const message = `A rule in \`${DEPRECATED_FOLDER}\` must be \`deprecated\`, not \`${value}\``;
    // The tests look at rules in production only.
    yield { span, message, fixes: [], isGuess: value !== "production" };
  } else if (folders.includes(BUILDING_BLOCK_FOLDER)) {
    yield { span, message: `A deprecated rule may not stand in \`${BUILDING_BLOCK_FOLDER}\``, fixes: [] };
  } else if (folders.at(-1) !== DEPRECATED_FOLDER) {
    yield {
      span,
      message: `A deprecated rule must stand right in a folder \`${DEPRECATED_FOLDER}\``,
      fixes: [],
    };
  }
}
