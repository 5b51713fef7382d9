/** A rule as Kibana exports it, as a TOML file: what the stack adds by itself is left out. */
import { type JsonObject, type JsonValue, isObject, isList } from "../engine/event.ts";
import { keysOf } from "../rule/keys.ts";
import { RULE_TYPES, type RuleType } from "../rule/keyTypes.ts";
import { ruleFileName } from "./fileName.ts";
import { dayOf, type ImportedRule, type ImportWorld, isUuid } from "./importedRule.ts";
import { ruleText } from "./writeRule.ts";

export function isKibanaRule(value: JsonObject): boolean {
  return typeof value["name"] === "string" && RULE_TYPES.some((type) => type === value["type"]);
}

/** Kibana's own keeping of the books, and what Elastic's build derives from the query. */
const STACKS_OWN: ReadonlySet<string> = new Set([
  ...["id", "created_at", "created_by", "updated_at", "updated_by", "revision", "version", "immutable"],
  ...["rule_source", "execution_summary", "output_index", "meta", "namespace", "outcome", "alias_target_id"],
  ...["alias_purpose", "enabled", "throttle", "required_fields", "related_integrations"],
]);

/** The value that Kibana takes for a key which is not there. */
const DEFAULTS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ["to", "now"],
  ["interval", "5m"],
  ["max_signals", 100],
  ["setup", ""],
  ["note", ""],
  ["license", ""],
  ["risk_score_mapping", []],
  ["severity_mapping", []],
]);

export function ruleFromKibana(exported: JsonObject, world: ImportWorld): ImportedRule {
  const type = RULE_TYPES.find((one) => one === exported["type"]) ?? "query";
  const flat = withNewTerms(exported);
  const known = new Set(keysOf("rule", { ruleType: type, isDeprecated: false }).map(({ name }) => name));
  const leftOut: string[] = [];
  const rule: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(flat)) {
    if (value === undefined || value === null || STACKS_OWN.has(name) || isDefault(name, value)) continue;
    // A rule file takes UUIDs alone.
    if (name === "rule_id" && !isUuid(value)) continue;
    // Connectors have ids of the one Kibana that they were made in.
    if (known.has(name) && name !== "actions")
      rule[name] = name === "threat" ? withoutEmptyLists(value) : value;
    else
      leftOut.push(`\`${name}\`, which ${name === "actions" ? "belongs to one Kibana" : "no rule file has"}`);
  }
  const name = textIn(exported, "name") ?? "Rule";
  const tactic = firstTactic(exported);
  return {
    name,
    fileName: ruleFileName(name, tactic),
    text: ruleText({
      metadata: metadataOf(exported, world),
      rule: { ...required(exported, type, world), ...rule },
    }),
    leftOut,
  };
}

/** Kibana writes a tactic without techniques with an empty list of them. */
function withoutEmptyLists(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(withoutEmptyLists);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([name, inner]): [string, JsonValue][] =>
    inner === undefined || (isList(inner) && inner.length === 0) ? [] : [[name, withoutEmptyLists(inner)]],
  );
  return Object.fromEntries(kept);
}

function isDefault(name: string, value: JsonValue): boolean {
  return (
    (Array.isArray(value) && value.length === 0) ||
    (DEFAULTS.has(name) && JSON.stringify(DEFAULTS.get(name)) === JSON.stringify(value))
  );
}

/** What a rule file cannot do without. */
function required(exported: JsonObject, type: RuleType, world: ImportWorld): Record<string, JsonValue> {
  const author = textIn(exported, "created_by") ?? "Unknown";
  return {
    author: [author],
    description: textIn(exported, "name") ?? "",
    risk_score: 21,
    rule_id: isUuid(exported["rule_id"]) ? exported["rule_id"] : world.freshId(),
    severity: "low",
    type,
  };
}

function metadataOf(exported: JsonObject, { today }: ImportWorld): JsonObject {
  const packages = packagesOf(exported["related_integrations"]);
  return {
    creation_date: dayOf(exported["created_at"]) ?? today,
    ...(packages.length === 0 ? {} : { integration: packages }),
    maturity: "production",
    updated_date: today,
  };
}

function packagesOf(value: JsonValue | undefined): readonly string[] {
  const names = listIn(value).flatMap((one) => textIn(one, "package") ?? []);
  return [...new Set(names)].sort();
}

/** Kibana's form is flat; Elastic's files have a table. */
function withNewTerms(exported: JsonObject): JsonObject {
  const { new_terms_fields: fields, history_window_start: start, ...others } = exported;
  if (fields === undefined || start === undefined) return exported;
  const newTerms: JsonObject = {
    field: "new_terms_fields",
    value: fields,
    history_window_start: [{ field: "history_window_start", value: start }],
  };
  return { ...others, new_terms: newTerms };
}

function firstTactic(exported: JsonObject): string | undefined {
  const [first] = listIn(exported["threat"]);
  const tactic = first?.["tactic"];
  return tactic === undefined || tactic === null || !isObject(tactic) ? undefined : textIn(tactic, "name");
}

function listIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
