import { tableIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { removeItem } from "../../toml/removal.ts";
import { type TomlDocument, type TomlString, type TomlValue } from "../../toml/model.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const duplicateField: PlaceCheck = {
  id: "new-terms/duplicate-field",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  upstream: ["new-terms-schema"],
  summary: "A field that stands twice among those whose values must be new.",
  why: "The combination of a field with itself is the field. Elastic's CI wants each field once.",
  bad: `[rule]
type = "new_terms"
[rule.new_terms]
field = "new_terms_fields"
value = ["user.id", "host.id", "user.id"]
`,
  good: `[rule]
type = "new_terms"
[rule.new_terms]
field = "new_terms_fields"
value = ["user.id", "host.id"]
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

function* findings({ rule, toml }: RuleDocument): Generator<Finding> {
  if (rule === undefined) return;
  yield* repeated(toml, tableIn(rule, "new_terms")?.byName.get("value")?.value);
  yield* repeated(toml, rule.byName.get("new_terms_fields")?.value);
}

function* repeated(toml: TomlDocument, list: TomlValue | undefined): Generator<Finding> {
  if (list?.kind !== "array") return;
  const first = new Map<string, TomlString>();
  for (const [index, item] of list.items.entries()) {
    if (item.kind !== "string") continue;
    const earlier = first.get(item.value);
    if (earlier === undefined) {
      first.set(item.value, item);
      continue;
    }
    yield {
      span: item.span,
      message: `\`${item.value}\` stands twice`,
      fixes: unsafeFix("Remove it here", removeItem(toml, list, index)),
      related: [{ span: earlier.span, message: "The first time" }],
    };
  }
}
