import { listed } from "../../base/listed.ts";
import { type RuleType } from "../../rule/keyTypes.ts";
import { languagesOf } from "../../rule/keys.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type AnalyzedQuery, type PlaceCheck } from "../check.ts";
import { likelyType } from "../missingValues.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const languageMismatch: PlaceCheck = {
  id: "rule/language-mismatch",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-type-query", "rule-type-unknown"],
  summary: "A query language that does not go with the rule's type.",
  why: "EQL and ES|QL have rule types of their own, and the other types take KQL and Lucene. Elastic's loader or Kibana refuses another pair: a rule of type `query` with EQL stops the loader with `'QueryRuleData' object has no attribute 'timestamp_field'`. The key that the query itself speaks against is marked.",
  bad: `[rule]
type = "query"
language = "eql"
query = 'process where process.name : "nc.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "nc.exe"'
`,
  *run(rule, { queries }) {
    const type = rule.rule && textIn(rule.rule, "type");
    const language = rule.rule && textIn(rule.rule, "language");
    if (type === undefined || language === undefined || rule.type === undefined) return;
    const fitting = languagesOf(rule.type);
    const isKnown = LANGUAGES.includes(language.value);
    if (!isKnown || fitting.length === 0 || fitting.some((one) => one === language.value)) return;
    const fixes = {
      type: setTo("type", type, typeFor(rule)),
      language: setTo("language", language, fitting[0]),
    };
    const query = queries.find(({ embedded }) => embedded.role === "query");
    const isTypeWrong = query !== undefined && isIn(query, language.value);
    // A query that is taken for ES|QL is not among those that are read.
    const isEsql = query === undefined && fitting.includes("esql");
    const isLanguageWrong = isEsql || (query !== undefined && fitting.some((one) => isIn(query, one)));
    yield {
      span: isTypeWrong ? type.span : language.span,
      message: isTypeWrong
        ? `The query is in ${language.value}, which rules of type ${rule.type} do not take`
        : `\`language\` of a rule of type ${rule.type} must be ${listed(fitting)}, not \`${language.value}\``,
      fixes: [...(isTypeWrong ? [] : fixes.language), ...(isLanguageWrong ? [] : fixes.type)],
      related: isTypeWrong
        ? [{ span: language.span, message: "The language" }]
        : [{ span: type.span, message: "The type" }],
    };
  },
};

const LANGUAGES: readonly string[] = ["eql", "esql", "kuery", "lucene"];

/** True if the query is read in the language, and can be. */
function isIn({ embedded, parse }: AnalyzedQuery, language: string): boolean {
  return embedded.language === language && parse.errors.length === 0;
}

function typeFor(rule: RuleDocument): RuleType | undefined {
  const type = likelyType(rule);
  return type === rule.type ? undefined : type;
}

function setTo(name: string, written: SourcedText, value: string | undefined): readonly Fix[] {
  return value === undefined ? [] : unsafeFix(`Set ${name} to ${value}`, replaceText(written.host, value));
}
