import { type KqlAst, type KqlFreeText } from "../../query/kql/index.ts";
import { type Finding, type QueryCheck } from "../check.ts";
import { kqlNodes } from "../kqlFields.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";

export const freeText: QueryCheck = {
  id: "kql/free-text",
  on: "query",
  languages: ["kuery"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A text without a field, which is looked for in all of them.",
  why: "Which fields Elasticsearch looks at is a setting of each index, so the same rule finds different events in different places; and it takes long. Name the field that you mean.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "mimikatz"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:mimikatz.exe"
`,
  *run(query) {
    const parse = kqlParseOf(query);
    if (parse.errors.length !== 0) return;
    const slips = new Set([...textSlips(parse)].map(({ within }) => within.start));
    const joined = new Set<KqlAst>();
    for (const node of kqlNodes(parse)) {
      // What follows a comparison is told as a value that has lost its field.
      if (node.kind === "and" || node.kind === "or")
        for (const operand of node.operands.slice(1)) joined.add(operand);
      if (node.kind === "text" && !joined.has(node) && !slips.has(node.span.start)) yield finding(node);
    }
  },
};

function finding({ span, value }: KqlFreeText): Finding {
  const text = value.text === "*" ? "any value" : "this text";
  return {
    span,
    message: `Elasticsearch looks for ${text} in all fields, or in those that an index names`,
    fixes: [],
  };
}
