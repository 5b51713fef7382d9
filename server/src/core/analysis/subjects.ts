/** Reads from a rule what decides which schemas it reads. */
import { type SchemaSubject, type SubjectPart } from "../knowledge/subject.ts";
import { type EqlQuery } from "../query/eql/index.ts";
import { type QueryFacts, type QueryPart } from "../query/facts.ts";
import { type QueryLanguage, type QueryParse } from "../query/language.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { type TomlTable } from "../toml/model.ts";

/** What chooses schemas in a query. */
export interface SubjectQuery {
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
}

/** Without a query there is one part, which names no dataset. */
export function schemaSubject(
  { metadata, rule, isDeprecated, type }: RuleDocument,
  language: QueryLanguage | undefined,
  query: SubjectQuery | undefined,
): SchemaSubject {
  return {
    language,
    isProduction: metadata !== undefined && textIn(metadata, "maturity")?.value === "production",
    isValidated: !isDeprecated && !isValidationOff(metadata),
    isMachineLearning: type === "machine_learning",
    isSequence: language === "eql" && query !== undefined && isSequence(query.parse),
    minStack: metadata && textIn(metadata, "min_stack_version")?.value,
    indexes: rule === undefined ? [] : indexesOf(rule),
    integrations: metadata === undefined ? [] : textsIn(metadata, "integration"),
    parts: query === undefined ? [{ datasets: [], modules: [] }] : query.facts.parts.map(subjectPart),
  };
}

/** The language of a query that no parser of ours reads. */
export function languageOf({ queries }: RuleDocument): QueryLanguage | undefined {
  return queries.find(({ role }) => role === "query")?.language;
}

/** A data view stands in the place of the indices. */
function indexesOf(rule: TomlTable): readonly string[] {
  const indexes = textsIn(rule, "index");
  return indexes.length === 0 ? textsIn(rule, "data_view_id") : indexes;
}

function subjectPart({ equalities }: QueryPart): SubjectPart {
  const valuesOf = (fields: readonly string[]): readonly string[] => [
    ...new Set(equalities.filter(({ field }) => fields.includes(field)).map(({ value }) => value)),
  ];
  return { datasets: valuesOf(DATASET_FIELDS), modules: valuesOf(["event.module"]) };
}

const DATASET_FIELDS: readonly string[] = ["event.dataset", "data_stream.dataset"];

/** Of a query in EQL. */
function isSequence({ ast }: QueryParse): boolean {
  // The language says which tree it is.
  return ast.kind === "query" && (ast as EqlQuery).body.kind === "sequence";
}

/** Loaders take a few words for false, too. */
function isValidationOff(metadata: TomlTable | undefined): boolean {
  const value = metadata?.byName.get("query_schema_validation")?.value;
  if (value?.kind === "boolean") return !value.value;
  return value?.kind === "string" && /^(?:false|f|no|n|off|0)$/i.test(value.value);
}

/** One text, or a list of them. */
function textsIn(table: TomlTable, name: string): readonly string[] {
  const value = table.byName.get(name)?.value;
  const items = value?.kind === "array" ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === "string" && item.isClosed ? [item.value] : []));
}
