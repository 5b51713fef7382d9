/** Rules from whatever an author has at hand: an export of Kibana, answers of its API, Sigma as JSON or YAML. */
import { parseAllDocuments } from "yaml";
import { type JsonObject, type JsonValue, isObject } from "../engine/event.ts";
import { type AttackCatalog } from "../knowledge/attack.ts";
import { isKibanaRule, ruleFromKibana } from "./fromKibana.ts";
import { isSigmaRule, ruleFromSigma } from "./fromSigma.ts";
import { type Imported, type ImportedRule, type ImportWorld } from "./importedRule.ts";

/** Exports of a whole Kibana have some megabytes. */
const LARGEST = 64 * 1024 * 1024;

export function importRules(text: string, attack: AttackCatalog | undefined, world: ImportWorld): Imported {
  if (LARGEST < text.length) return { rules: [], problems: ["The text is larger than 64 MB"] };
  const problems: string[] = [];
  const rules: ImportedRule[] = [];
  // Programs of Windows begin a file with a byte order mark.
  for (const value of documentsIn(text.replace(/^\uFEFF/, ""), problems)) {
    if (isKibanaRule(value)) rules.push(ruleFromKibana(value, world));
    else if (isSigmaRule(value)) {
      const rule = ruleFromSigma(value, attack, world);
      if (rule.ok) rules.push(rule.value);
      else problems.push(`\`${String(value["title"])}\` cannot be written in EQL: ${rule.error}`);
    }
  }
  if (rules.length === 0 && problems.length === 0)
    problems.push(
      "There is no rule in the text: it takes an export of Kibana (NDJSON or JSON) or a Sigma rule",
    );
  return { rules: withOwnFiles(rules), problems };
}

/** One JSON text, lines of JSON, or documents of YAML; what holds rules in a list is opened. */
function documentsIn(text: string, problems: string[]): readonly JsonObject[] {
  const whole = json(text);
  if (whole !== undefined) return opened(whole, problems);
  if (!/^\s*[[{]/.test(text))
    return /^[ \t]*detection[ \t]*:/m.test(text) ? yamlDocuments(text, problems) : [];
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const value = json(line);
    if (value === undefined) problems.push(`Line ${i + 1} is no JSON`);
    return value === undefined ? [] : opened(value, problems);
  });
}

function opened(value: JsonValue, problems: string[]): readonly JsonObject[] {
  if (!isDeeper(value, DEEPEST)) return objectsIn(value);
  problems.push(`The text holds values that are nested more than ${DEEPEST} deep`);
  return [];
}

/** Filters, the deepest part of a rule, have some ten levels. */
const DEEPEST = 100;

function isDeeper(value: JsonValue, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    most === 0 ||
    Object.values(value).some((inner: JsonValue | undefined) => isDeeper(inner ?? null, most - 1))
  );
}

function objectsIn(value: JsonValue): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => objectsIn(one));
  if (!isObject(value)) return [];
  const { data, rules } = value;
  if (Array.isArray(data) && !isKibanaRule(value)) return objectsIn(data);
  if (Array.isArray(rules) && !isKibanaRule(value)) return objectsIn(rules);
  return [value];
}

function json(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // Whatever JSON holds is a JSON value.
  } catch {
    return undefined;
  }
}

/** Aliases multiply without end: so many are none of a rule. */
const MOST_ALIASES = 100;

function yamlDocuments(text: string, problems: string[]): readonly JsonObject[] {
  const parsed = parseAllDocuments(text);
  const documents = "empty" in parsed ? [] : parsed;
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      problems.push(`The YAML is broken: ${(error.message.split("\n")[0] ?? "").replace(/[.:]$/, "")}`);
      return [];
    }
    try {
      // YAML of the core schema, as JSON has it.
      return opened(document.toJS({ maxAliasCount: MOST_ALIASES }) as JsonValue, problems);
    } catch {
      problems.push("The YAML repeats itself too often");
      return [];
    }
  });
}

/** Two rules of one name get two files. */
function withOwnFiles(rules: readonly ImportedRule[]): readonly ImportedRule[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return rules.map((rule) => {
    let { fileName } = rule;
    let count = counts.get(fileName) ?? 1;
    // Another rule may be named `rule_2`.
    for (; taken.has(fileName); fileName = rule.fileName.replace(/\.toml$/, `_${count}.toml`)) count++;
    counts.set(rule.fileName, count);
    taken.add(fileName);
    return { ...rule, fileName };
  });
}
