/** Which fields rules name, in their queries and in their keys: for figures, and for the table of popular fields. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { globSync } from "tinyglobby";
import { type QueryLanguage } from "../server/src/core/query/language.ts";
import { languageSupport } from "../server/src/core/query/languages.ts";
import { readRule } from "../server/src/core/rule/read.ts";
import { readToml } from "../server/src/core/toml/read.ts";
import { esqlFields } from "./dataEsqlFields.ts";

export interface FieldUses {
  /** Of the rule's file, relative to the folder. */
  readonly path: string;
  /** Undefined for a rule without a query. */
  readonly language: QueryLanguage | undefined;
  /** Names as they are written in queries: they may hold `*`. */
  readonly inQueries: ReadonlySet<string>;
  /** Names in new_terms, threshold, alert_suppression, investigation_fields, required_fields and threat_mapping. */
  readonly inKeys: ReadonlySet<string>;
}

/** Of all rules below a checkout of Elastic's repository, or one that is built like it. */
export function fieldUsesIn(folder: string): readonly FieldUses[] {
  const files = globSync(["rules/**/*.toml", "rules_building_block/**/*.toml"], { cwd: folder }).sort();
  return files.map((file) => fieldUsesOf(file, readFileSync(path.join(folder, file), "utf8")));
}

function fieldUsesOf(file: string, text: string): FieldUses {
  const { queries } = readRule(readToml(text));
  const names = queries.flatMap(({ language, text: query }) => [...fieldsOfQuery(language, query)]);
  return {
    path: file,
    language: queries[0]?.language,
    inQueries: new Set(names),
    inKeys: new Set(fieldsOfKeys(tableIn(parse(text), "rule"))),
  };
}

function fieldsOfQuery(language: QueryLanguage, query: string): Iterable<string> {
  const support = languageSupport(language);
  if (support !== undefined) return support.facts(support.parse(query)).fields.map(({ name }) => name);
  return language === "esql" ? esqlFields(query) : [];
}

type Table = Readonly<Record<string, unknown>>;

function fieldsOfKeys(rule: Table): readonly string[] {
  const threshold = tableIn(rule, "threshold");
  return [
    ...textsIn(tableIn(rule, "new_terms"), "value"),
    ...textsIn(threshold, "field"),
    ...tablesIn(threshold, "cardinality").flatMap((one) => textsIn(one, "field")),
    ...textsIn(tableIn(rule, "alert_suppression"), "group_by"),
    ...textsIn(tableIn(rule, "investigation_fields"), "field_names"),
    ...tablesIn(rule, "required_fields").flatMap((one) => textsIn(one, "name")),
    ...tablesIn(rule, "threat_mapping")
      .flatMap((one) => tablesIn(one, "entries"))
      .flatMap((one) => [...textsIn(one, "field"), ...textsIn(one, "value")]),
  ];
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tableIn(table: Table, key: string): Table {
  const value = table[key];
  return isTable(value) ? value : {};
}

function tablesIn(table: Table, key: string): readonly Table[] {
  const value = table[key];
  return Array.isArray(value) ? value.filter(isTable) : [];
}

/** One text or a list of texts. */
function textsIn(table: Table, key: string): readonly string[] {
  const value: unknown = table[key];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string" && one !== "") as readonly string[];
}
