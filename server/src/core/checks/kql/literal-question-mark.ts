import { asGuess, replaceWith } from "../../query/fixes.ts";
import { spanOf } from "../../text/span.ts";
import { type Finding, type QueryCheck } from "../check.ts";
import { holdsName } from "../fieldUse.ts";
import { kqlLiterals, type PlacedLiteral } from "../kqlLiterals.ts";
import { kqlParseOf } from "../kqlParse.ts";

export const literalQuestionMark: QueryCheck = {
  id: "kql/literal-question-mark",
  on: "query",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A question mark where a wildcard for one character was meant.",
  why: "KQL knows `*` alone. `?` is a character like others, so `destination.domain:?.example.com` finds nothing. EQL, and Elastic's own reader of KQL, take it for any one character. Fields that may well hold a question mark, such as addresses with their queries, are left alone.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "destination.domain:?.example.com"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "destination.domain:*.example.com"
`,
  *run(query) {
    const parse = kqlParseOf(query);
    for (const placed of kqlLiterals(parse)) if (isMeant(placed)) yield finding(placed);
  },
};

/** No name, path or code has a question mark in it. */
function isMeant({ literal, field, role, image }: PlacedLiteral): boolean {
  if (role !== "value" || field === undefined || literal.form === "quoted") return false;
  return image.includes("?") && image !== "?" && holdsName(field) && !/^(?:url|http)\./.test(field);
}

function finding({ literal, image }: PlacedLiteral): Finding {
  const at = literal.span.start + image.indexOf("?");
  const length = /^\?+/.exec(image.slice(image.indexOf("?")))?.[0].length ?? 1;
  const starred = image.replace(/[?*]+/g, (run) => (run.includes("?") ? "*" : run));
  const fix = asGuess(replaceWith(literal.span, starred, "Write * instead"));
  return { span: spanOf(at, at + length), message: "KQL has no wildcard ?, only *", fixes: [fix] };
}
