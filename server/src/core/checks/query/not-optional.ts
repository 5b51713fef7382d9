import { childrenOf, type EqlAst, type EqlExpression, type EqlField } from "../../query/eql/index.ts";
import { type DroppedLeaf, droppingLeaves } from "../../query/eql/optional.ts";
import { walk } from "../../query/ast.ts";
import { type Edit, type Fix } from "../../text/edit.ts";
import { spanOf, textAt } from "../../text/span.ts";
import { type QueryCheck } from "../check.ts";
import { wholeEvents } from "../eqlTree.ts";

export const notOptional: QueryCheck = {
  id: "query/not-optional",
  on: "query",
  languages: ["eql"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "An exclusion by an optional field that drops every event where the field is not mapped.",
  why: 'While no index of the rule maps the field, `?field` is null, and so are `?field : "x"`, `?field in (…)` and their opposites: an event for which a clause is null does not match. `==` and `!=` have no such trap. Ask for `?field != null` first.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe" and not ?process.parent.name : "explorer.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe" and not (?process.parent.name != null and ?process.parent.name : "explorer.exe")'
`,
  *run(query) {
    const { text } = query.parse;
    if (!query.facts.fields.some(({ optional }) => optional)) return;
    for (const { condition } of wholeEvents(query)) {
      for (const field of optionalFields(condition)) {
        for (const dropped of droppingLeaves(condition, field)) {
          yield {
            span: dropped.leaf.span,
            message: `Where \`${field.name}\` is not mapped, this drops every event`,
            fixes: [askFirst(text, dropped)],
          };
        }
      }
    }
  },
};

function optionalFields(condition: EqlExpression): Iterable<EqlField> {
  const fields = new Map<string, EqlField>();
  for (const node of walk<EqlAst>(condition, childrenOf)) {
    if (node.kind === "field" && node.optionalSpan !== undefined && !fields.has(node.name))
      fields.set(node.name, node);
  }
  return fields.values();
}

/** `?f : "x"` becomes `(?f != null and ?f : "x")`. */
function askFirst(text: string, { field, leaf }: DroppedLeaf): Fix {
  const notSpan = leaf.kind === "in" ? leaf.notSpan : undefined;
  const not = notSpan === undefined ? "" : "not ";
  const { start, end } = leaf.span;
  const edits: Edit[] = [
    { span: spanOf(start, start), text: `${not}(${textAt(text, field.span)} != null and ` },
    { span: spanOf(end, end), text: ")" },
  ];
  if (notSpan !== undefined && leaf.kind === "in") {
    edits.push({ span: spanOf(notSpan.start, leaf.operatorSpan.start), text: "" });
  }
  return { title: "Ask first whether there is a value", safety: "unsafe", edits };
}
