/** A Sigma rule as an EQL rule: what it looks for where EQL can say it, else a rule whose query says what is missing. */
import { type Result } from "../base/result.ts";
import { type JsonObject, isObject } from "../engine/event.ts";
import {
  attackUrl,
  type AttackCatalog,
  currentTechnique,
  type Tactic,
  type Technique,
} from "../knowledge/attack.ts";
import { ruleFileName } from "./fileName.ts";
import { dayOf, type ImportedRule, type ImportWorld, isUuid } from "./importedRule.ts";
import { readCondition } from "./sigmaCondition.ts";
import { eventKind, systemTag } from "./sigmaFields.ts";
import { type Condition, conjuncts, joined, refused } from "./sigmaLogic.ts";
import { searchCondition } from "./sigmaSelections.ts";
import { ruleText } from "./writeRule.ts";

export function isSigmaRule(value: JsonObject): boolean {
  return isObject(value["detection"]) && typeof value["title"] === "string";
}

const LEVELS: ReadonlyMap<string, readonly [severity: string, score: number]> = new Map([
  ["informational", ["low", 21]],
  ["low", ["low", 21]],
  ["medium", ["medium", 47]],
  ["high", ["high", 73]],
  ["critical", ["critical", 99]],
]);

/** An error says why EQL cannot say what the rule looks for. */
export function ruleFromSigma(
  sigma: JsonObject,
  attack: AttackCatalog | undefined,
  world: ImportWorld,
): Result<ImportedRule, string> {
  const query = queryOf(sigma);
  if (!query.ok) return query;
  const name = textIn(sigma, "title") ?? "Rule";
  const [severity, score] = LEVELS.get(textIn(sigma, "level") ?? "") ?? ["medium", 47];
  const threats = threatsOf(sigma, attack);
  const references = textsIn(sigma, "references").filter((one) => /^https?:/.test(one));
  const falsePositives = textsIn(sigma, "falsepositives").filter((one) => !/^(?:unknown|none)$/i.test(one));
  const { product } = source(sigma);
  const osTag = systemTag(product);
  const rule: JsonObject = {
    author: [textIn(sigma, "author") ?? "Unknown"],
    description: textIn(sigma, "description") ?? name,
    ...(falsePositives.length === 0 ? {} : { false_positives: falsePositives }),
    from: "now-9m",
    index: product === "windows" ? ["logs-endpoint.events.*", "logs-windows.*", "winlogbeat-*"] : ["logs-*"],
    language: "eql",
    ...(textIn(sigma, "license") === undefined ? {} : { license: textIn(sigma, "license") }),
    name,
    query: query.value,
    ...(references.length === 0 ? {} : { references }),
    risk_score: score,
    rule_id: isUuid(sigma["id"]) ? sigma["id"] : world.freshId(),
    severity,
    tags: [
      ...(osTag === undefined ? [] : ["Domain: Endpoint", osTag]),
      "Use Case: Threat Detection",
      ...new Set(threats.map(({ tactic }) => `Tactic: ${tactic.name}`)),
    ],
    ...(threats.length === 0 ? {} : { threat: threatTables(threats) }),
    timestamp_override: "event.ingested",
    type: "eql",
  };
  const metadata = {
    creation_date: dayOf(sigma["date"]) ?? world.today,
    maturity: "production",
    updated_date: world.today,
  };
  return {
    ok: true,
    value: {
      name,
      fileName: ruleFileName(name, threats[0]?.tactic.name),
      text: ruleText({ metadata, rule }),
      leftOut: leftOutOf(sigma),
    },
  };
}

/** A service narrows what is searched, and the query does not. */
function leftOutOf(sigma: JsonObject): readonly string[] {
  const { logsource } = sigma;
  const service = isObject(logsource) && logsource["service"] !== undefined ? ["logsource.service"] : [];
  return [...Object.keys(sigma).filter((key) => !TAKEN.has(key)), ...service].map((key) => `\`${key}\``);
}

const TAKEN: ReadonlySet<string> = new Set([
  ...["title", "id", "status", "description", "license", "references", "author", "date", "modified"],
  ...["tags", "logsource", "detection", "falsepositives", "level"],
]);

function source(sigma: JsonObject): {
  readonly category: string | undefined;
  readonly product: string | undefined;
} {
  const logsource = sigma["logsource"];
  if (!isObject(logsource)) return { category: undefined, product: undefined };
  return { category: textIn(logsource, "category"), product: textIn(logsource, "product")?.toLowerCase() };
}

function queryOf(sigma: JsonObject): Result<string, string> {
  const detection = sigma["detection"];
  if (!isObject(detection)) return { ok: false, error: "there is no `detection`" };
  const { category, product } = source(sigma);
  const searches = new Map<string, Condition>();
  for (const [name, search] of Object.entries(detection)) {
    if (name !== "condition" && name !== "timeframe" && search !== undefined)
      searches.set(name, searchCondition(search, product));
  }
  const written = detection["condition"];
  const conditions = (Array.isArray(written) ? written : [written]).map((one) =>
    typeof one === "string" ? readCondition(one, searches) : refused("there is no `condition`"),
  );
  const found = joined(conditions, "or");
  if (!found.ok) return found;
  const kind = eventKind(category, product);
  const all = [...kind.conditions, ...conjuncts(found.value)];
  return { ok: true, value: `${kind.category} where ${all.join(" and\n  ")}` };
}

interface Threat {
  readonly tactic: Tactic;
  /** The technique with the one above it, if it is a sub-technique. */
  readonly techniques: readonly (readonly [Technique, Technique | undefined])[];
}

/** Tags such as `attack.execution` and `attack.t1059.001`. */
function threatsOf(sigma: JsonObject, attack: AttackCatalog | undefined): readonly Threat[] {
  if (attack === undefined) return [];
  const tags = textsIn(sigma, "tags").map((tag) => tag.toLowerCase());
  const words = tags.flatMap((tag) => (tag.startsWith("attack.") ? [tag.slice("attack.".length)] : []));
  const isNamed = ({ name }: Tactic): boolean =>
    words.includes(name.toLowerCase().replaceAll(" ", "-")) ||
    words.includes(name.toLowerCase().replaceAll(" ", "_"));
  const named = attack.tactics.filter(isNamed);
  const byTactic = new Map<Tactic, [Technique, Technique | undefined][]>(named.map((tactic) => [tactic, []]));
  for (const word of words) {
    const known = attack.technique(word.toUpperCase());
    const technique = known && currentTechnique(attack, known);
    if (technique === undefined) continue;
    const fitting = named.filter(({ id }) => technique.tactics.includes(id));
    const tactics = 0 < fitting.length ? fitting : [attack.tactic(technique.tactics[0] ?? "")];
    const parent = technique.parent === undefined ? undefined : attack.technique(technique.parent);
    for (const tactic of tactics) {
      if (tactic === undefined) continue;
      const found = byTactic.get(tactic) ?? [];
      byTactic.set(tactic, found);
      found.push([parent ?? technique, parent === undefined ? undefined : technique]);
    }
  }
  return [...byTactic].map(([tactic, techniques]) => ({ tactic, techniques }));
}

function threatTables(threats: readonly Threat[]): readonly JsonObject[] {
  return threats.map(({ tactic, techniques }) => {
    const tops = [...new Set(techniques.map(([top]) => top))];
    const technique = tops.map((top) => {
      const below = techniques.flatMap(([one, sub]) =>
        one === top && sub !== undefined ? [named(sub)] : [],
      );
      return { ...named(top), ...(below.length === 0 ? {} : { subtechnique: below }) };
    });
    return {
      framework: "MITRE ATT&CK",
      ...(technique.length === 0 ? {} : { technique }),
      tactic: named(tactic),
    };
  });
}

function named({ id, name }: { readonly id: string; readonly name: string }): JsonObject {
  return { id, name, reference: attackUrl(id) };
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function textsIn(object: JsonObject, name: string): readonly string[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
