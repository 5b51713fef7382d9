import { type RuleDocument } from "../../rule/model.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { firstLine } from "../headerSpan.ts";
import { renameFile } from "../renameFile.ts";
import { unitTested } from "../unitTests.ts";

export const malformedFileName: PlaceCheck = {
  id: "file/malformed-name",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["file-name-pattern"],
  summary: "A file name with other characters than small letters, digits and underscores.",
  why: "Elastic's CI wants file names that mean the same on every system, and that scripts can take apart.",
  bad: `[rule]
type = "eql"
`,
  good: `[rule]
type = "eql"
`,
  run(rule, place) {
    const { path, repository } = place;
    if (path === undefined || repository.kind === "loose") return [];
    return unitTested(rule, place, findings(rule, path));
  },
};

function* findings({ toml }: RuleDocument, path: string): Generator<Finding> {
  const name = path.split("/").at(-1) ?? "";
  if (/^[a-z0-9_]+\.(json|toml)$/.test(name)) return;
  const better = name
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
  const hint = better === "" ? "" : `: \`${better}.toml\``;
  yield {
    span: toml.headers[0]?.span ?? firstLine(toml),
    message: `The file name \`${name}\` may only have small letters, digits and underscores${hint}`,
    fixes: better === "" ? [] : renameFile(path, `${better}.toml`),
  };
}
