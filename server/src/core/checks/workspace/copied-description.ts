import { textIn } from "../../rule/read.ts";
import { descriptionKey } from "../../rule/summary.ts";
import { type WorkspaceCheck } from "../check.ts";
import { hasOthers, otherRules, pathsOf, placesIn } from "../otherRules.ts";

export const copiedDescription: WorkspaceCheck = {
  id: "workspace/copied-description",
  on: "workspace",
  severity: "hint",
  since: "0.1.0",
  when: "workspace",
  summary: "A description that is word for word that of another rule.",
  why: "Often the file was copied and the description still tells what the other rule finds. Of two rules for two sources of data, the description can say which one is which. The case of letters, line ends and descriptions of less than 60 letters do not count.",
  bad: `[rule]
type = "eql"
description = "Identifies a shell that is started by a web server, which attackers do after they exploited it."
`,
  good: `[rule]
type = "eql"
description = "Identifies a shell that is started by a database server, which attackers do after they exploited it."
`,
  concerns({ path, maturity, description }, workspace) {
    if (description === undefined || maturity === "deprecated") return false;
    return hasOthers(workspace.describedAs(description.value), { path });
  },
  *run({ rule, isDeprecated }, place, workspace) {
    const description = rule && textIn(rule, "description");
    const key = description && descriptionKey(description.value);
    if (rule === undefined || isDeprecated || description === undefined || key === undefined) return;
    const [id, name] = [textIn(rule, "rule_id")?.value, textIn(rule, "name")?.value];
    // A copy of the whole rule is a mistake of its own.
    const others = otherRules(workspace.describedAs(key), place).filter(
      (other) =>
        (id === undefined || other.id?.value !== id) && (name === undefined || other.name?.value !== name),
    );
    if (others.length === 0) return;
    yield {
      span: description.span,
      message: `The description is that of ${pathsOf(others)}`,
      fixes: [],
      related: placesIn(others, "The same description", (other) => other.description?.span),
    };
  },
};
