import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type QuerySyntaxError } from "../../query/language.ts";
import { type AnalyzedQuery, type FieldCheck } from "../check.ts";
import { inTypeVectors } from "../fieldTypes.ts";
import { kqlComparisons } from "../kqlFields.ts";

export const rangeOnText: FieldCheck = {
  id: "kql/range-on-text",
  on: "fields",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A range on a field of texts, which are compared letter by letter.",
  why: "In a keyword `10` comes before `9`, and `900` before `99`, as in a dictionary. A range on such a field lets numbers through that are too large, and keeps others out. Where only the field's numbers of one length occur it may do.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "event.code > 4000"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "event.severity > 40"
`,
  run: (query, scope) => inTypeVectors(scope, query.facts, (types) => findings(query, types)),
};

const TEXTS: ReadonlySet<string> = new Set([
  "keyword",
  "constant_keyword",
  "wildcard",
  "text",
  "match_only_text",
  "flattened",
]);

function findings(query: AnalyzedQuery, types: FieldTypes): readonly QuerySyntaxError[] {
  return kqlComparisons(query).flatMap(({ name, node }): QuerySyntaxError[] => {
    if (node.kind !== "range" || !TEXTS.has(types.get(name)?.type ?? "")) return [];
    const message = `\`${name}\` holds texts, which ${node.operator} compares letter by letter`;
    return [{ span: node.operatorSpan, message, fixes: [] }];
  });
}
