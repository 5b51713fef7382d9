import { type KqlCondition, type KqlIs, type KqlLogic, withoutGroups } from "../../query/kql/index.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf, textAt } from "../../text/span.ts";
import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";

export const valueWithoutField: QueryCheck = {
  id: "kql/value-without-field",
  on: "query",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value behind `and` or `or` that belongs to no field.",
  why: "The query `process.name:cmd.exe or sh` looks for `sh` in all fields: `or` joins conditions, and the values of one field stand in parentheses. Such a search is slow, and finds the word where nobody meant it.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx or httpd"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:(nginx or httpd)"
`,
  *run(query) {
    const parse = kqlParseOf(query);
    if (parse.errors.length !== 0) return;
    const slips = new Set([...textSlips(parse)].map(({ within }) => within.start));
    for (const { kind, operands } of logicIn(parse.ast.condition)) {
      for (const [i, operand] of operands.entries()) {
        const before = operands[i - 1];
        if (operand.kind !== "text" || before === undefined || slips.has(operand.span.start)) continue;
        const comparison = lastComparison(before);
        if (comparison === undefined) continue;
        const field = textAt(parse.text, comparison.field.span);
        const message = `\`${textAt(parse.text, operand.span)}\` is looked for in all fields, not in \`${field}\``;
        const fixes = before === comparison ? inParentheses(field, kind, operands.slice(i), comparison) : [];
        yield { span: operand.span, message, fixes };
      }
    }
  },
};

/** Every `and` and `or` of conditions; those of values are no matter here. */
function* logicIn(condition: KqlCondition | undefined): Generator<KqlLogic<KqlCondition>> {
  switch (condition?.kind) {
    case "and":
    case "or":
      yield condition;
      for (const operand of condition.operands) yield* logicIn(operand);
      return;
    case "not":
      yield* logicIn(condition.operand);
      return;
    case "group":
    case "nested":
      yield* logicIn(condition.inner);
      return;
    default:
  }
}

/** The comparison right before the connective. */
function lastComparison(condition: KqlCondition): KqlIs | undefined {
  const inner = withoutGroups(condition);
  if (inner.kind === "is") return inner;
  if (inner.kind !== "and" && inner.kind !== "or") return undefined;
  const last = inner.operands.at(-1);
  return condition.kind === "group" || last === undefined ? undefined : lastComparison(last);
}

/** `f:a or b or c`: all that follow go into one list. */
function inParentheses(
  field: string,
  kind: "and" | "or",
  rest: readonly KqlCondition[],
  { value }: KqlIs,
): readonly Fix[] {
  if (value.kind !== "literal") return [];
  const firstOther = rest.findIndex((condition) => condition.kind !== "text");
  const last = (firstOther === -1 ? rest : rest.slice(0, firstOther)).at(-1);
  if (last === undefined) return [];
  const { start } = value.span;
  const edits = [
    { span: spanOf(start, start), text: "(" },
    { span: spanOf(last.span.end, last.span.end), text: ")" },
  ];
  return [{ title: `Put the values of ${field} in parentheses, joined by ${kind}`, safety: "unsafe", edits }];
}
