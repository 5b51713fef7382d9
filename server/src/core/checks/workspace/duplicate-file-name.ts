import { type RuleDocument } from "../../rule/model.ts";
import { spanOf } from "../../text/span.ts";
import { type Finding, type RulePlace, type Workspace, type WorkspaceCheck } from "../check.ts";
import { firstLine } from "../headerSpan.ts";
import { hasOthers, otherRules, pathsOf, placesIn } from "../otherRules.ts";
import { isInProduction, unitTested } from "../unitTests.ts";

export const duplicateFileName: WorkspaceCheck = {
  id: "workspace/duplicate-file-name",
  on: "workspace",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "workspace",
  upstream: ["file-name-duplicate"],
  summary: "Two rules whose files have the same name, in different folders.",
  why: "Elastic's build puts all rules into one folder, so that the second file would replace the first. Its CI compares the files of all rules in production.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
`,
  good: `[metadata]
maturity = "development"
[rule]
type = "eql"
`,
  concerns(summary, workspace) {
    const { path, maturity } = summary;
    return maturity === "production" && hasOthers(workspace.inFilesNamed(nameOf(path)), summary);
  },
  run(rule, place, workspace) {
    if (place.path === undefined || place.repository.kind === "loose" || !isInProduction(rule)) return [];
    return unitTested(rule, place, findings(rule, place, workspace, nameOf(place.path)));
  },
};

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function* findings(
  { toml }: RuleDocument,
  place: RulePlace,
  workspace: Workspace,
  name: string,
): Generator<Finding> {
  const others = otherRules(workspace.inFilesNamed(name), place);
  if (others.length === 0) return;
  yield {
    span: toml.headers[0]?.span ?? firstLine(toml),
    message: `There is another file of this name: ${pathsOf(others)}`,
    fixes: [],
    related: placesIn(others, "The other file", () => spanOf(0, 0)),
  };
}
