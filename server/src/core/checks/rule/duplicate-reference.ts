import { removeItem } from "../../toml/removal.ts";
import { type TomlString } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";

export const duplicateReference: RuleCheck = {
  id: "rule/duplicate-reference",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  summary: "A reference that the rule has already.",
  why: "Kibana shows the same link twice. A slash at the end, `http` for `https` and capitals in the name of the host make no other page of it.",
  bad: `[rule]
type = "eql"
references = ["https://example.com/a", "https://Example.com/a/"]
`,
  good: `[rule]
type = "eql"
references = ["https://example.com/a", "https://example.com/b"]
`,
  *run({ rule, toml }) {
    const list = rule?.byName.get("references")?.value;
    if (rule === undefined || list?.kind !== "array") return;
    const first = new Map<string, TomlString>();
    for (const item of textsIn(rule, "references").slice(0, MOST)) {
      const page = pageOf(item.value);
      const earlier = first.get(page);
      if (earlier === undefined) {
        first.set(page, item);
        continue;
      }
      const edit = removeItem(toml, list, list.items.indexOf(item));
      yield {
        span: item.span,
        message: "The rule has this reference already",
        fixes: edit === undefined ? [] : [{ title: "Remove it", safety: "safe", edits: [edit] }],
        related: [{ span: earlier.span, message: "The first one" }],
      };
    }
  },
};

/** Equal texts stand for the same page. What follows the host keeps its capitals. */
function pageOf(reference: string): string {
  const [, host = "", rest = ""] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(reference.trim()) ?? [];
  return host === "" ? reference.trim() : `${host.toLowerCase()}${rest.replace(/\/$/, "")}`;
}

/** More of them no rule has. */
const MOST = 200;
