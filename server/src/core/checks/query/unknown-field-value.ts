import { closestWord } from "../../base/closest.ts";
import { encodeString, type EqlAst, type EqlExpression } from "../../query/eql/index.ts";
import { signedTestOf, type ValueSet } from "../../query/eql/fieldTest.ts";
import { globOf, overlaps } from "../../query/eql/glob.ts";
import { asGuess, replaceWith } from "../../query/fixes.ts";
import { textIn } from "../../rule/read.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span, textAt } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type TomlString } from "../../toml/model.ts";
import { type RuleQueryCheck } from "../check.ts";
import { eqlEvents, eqlNodes } from "../eqlTree.ts";

export const unknownFieldValue: RuleQueryCheck = {
  id: "query/unknown-field-value",
  on: "rule-query",
  languages: ["eql", "kuery"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value that ECS does not allow for a field.",
  why: "ECS lists the values of `event.kind`, `event.category`, `event.type` and `event.outcome`, and data sources keep to them: another value is never found. The word before `where` is a value of `event.category`, unless the rule names another field for it. `==` and `in` mind the case of letters.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'authentication where event.outcome == "failed"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'authentication where event.outcome == "failure"'
`,
  *run(query, { rule }, { catalog: fields }) {
    const { host } = query.embedded;
    const categoryField = (rule && textIn(rule, "event_category_override")?.value) ?? "event.category";
    const findings =
      query.support.id === "kuery"
        ? equalities(query)
        : [...unknownCategories(query, categoryField), ...unknownTests(query)];
    for (const { field, value, span, written } of findings) {
      const allowed = LISTED_FIELDS.has(field) ? (fields.get(field)?.allowedValues ?? []) : [];
      if (allowed.length === 0 || allowed.some((known) => isFound(known, value))) continue;
      const meant = closestWord(value.text, allowed);
      if (isLegacy(query, field, { value: value.text, meant, allowed })) continue;
      const hint = meant === undefined ? "" : `, did you mean "${meant}"?`;
      const fix = meant === undefined ? undefined : fixIn(host, span, written(meant), meant);
      yield {
        span: host.map.toHostSpan(span),
        message: `"${value.text}" is no value of \`${field}\`${hint}`,
        fixes: fix === undefined ? [] : [fix],
      };
    }
  },
};

/** `event.type:(start or process_started)`: beside a value of today, one that older data has. */
function isLegacy(
  { facts, support }: Parameters<RuleQueryCheck["run"]>[0],
  field: string,
  written: {
    readonly value: string;
    readonly meant: string | undefined;
    readonly allowed: readonly string[];
  },
): boolean {
  const { value, meant, allowed } = written;
  if (support.id !== "kuery" || (meant !== undefined && meant !== value.toLowerCase())) return false;
  return facts.equalities.some((other) => other.field === field && allowed.includes(other.value));
}

/** Fields whose list of values is complete. ECS gives examples for others. */
const LISTED_FIELDS: ReadonlySet<string> = new Set([
  "event.kind",
  "event.category",
  "event.type",
  "event.outcome",
]);

type TextSet = ValueSet & { readonly kind: "text" };

interface Tested {
  readonly field: string;
  readonly value: Pick<TextSet, "text" | "most">;
  readonly span: Span;
  readonly written: (meant: string) => string;
}

/** What KQL asks for without a wildcard, which it compares letter by letter. */
function* equalities({ facts, parse }: Parameters<RuleQueryCheck["run"]>[0]): Generator<Tested> {
  for (const { field, value: text, span } of facts.equalities) {
    const most = (): ReturnType<TextSet["most"]> => globOf(text, { wildcards: false, letterCase: "exact" });
    const isQuoted = textAt(parse.text, span).startsWith('"');
    yield { field, value: { text, most }, span, written: (meant) => (isQuoted ? `"${meant}"` : meant) };
  }
}

function* unknownCategories(query: Parameters<RuleQueryCheck["run"]>[0], field: string): Generator<Tested> {
  for (const { category } of eqlEvents(query)) {
    if (category === undefined || category.form === "any" || category.form === "quoted") continue;
    const text = category.value;
    const most = (): ReturnType<TextSet["most"]> => globOf(text, { wildcards: false, letterCase: "exact" });
    const written = (meant: string): string => (category.form === "name" ? meant : encodeString(meant));
    yield { field, value: { text, most }, span: category.span, written };
  }
}

function* unknownTests(query: Parameters<RuleQueryCheck["run"]>[0]): Generator<Tested> {
  for (const node of eqlNodes(query)) {
    const signed = isExpression(node) ? signedTestOf(node) : undefined;
    if (signed === undefined) continue;
    const field = signed.test.field.name;
    for (const set of signed.test.sets) {
      if (set.kind === "text") yield { field, value: set, span: set.span, written: encodeString };
    }
  }
}

function isExpression(node: EqlAst): node is EqlExpression & { kind: "comparison" | "in" | "match" } {
  return node.kind === "comparison" || node.kind === "in" || node.kind === "match";
}

function isFound(known: string, { most }: Tested["value"]): boolean {
  return overlaps(globOf(known, { wildcards: false, letterCase: "exact" }), most());
}

function fixIn(host: TomlString, span: Span, text: string, meant: string): Fix | undefined {
  const edit = replaceInText(host, span, text);
  if (edit === undefined) return undefined;
  return asGuess({ ...replaceWith(edit.span, edit.text, `Replace by ${meant}`) });
}
