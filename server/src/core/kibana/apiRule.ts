/** A rule as Elastic's tools build it for Kibana from its file. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type JsonObject, type JsonValue } from "../engine/event.ts";
import { type StackVersion, stackVersion, stackVersionText } from "../knowledge/etc/stackVersion.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { guideOf } from "./guide.ts";
import { isList, isObject, jsonOfTable, sortedJson } from "./json.ts";
import { normalized } from "./normalize.ts";
import { type PackageManifests } from "./packageVersions.ts";
import { relatedIntegrations } from "./relatedIntegrations.ts";
import { requiredFields } from "./requiredFields.ts";

/** What the repository knows beside the rule. What is not at hand is undefined. */
export interface ApiFacts {
  readonly manifests: PackageManifests | undefined;
  /** The version that the lock file has for an id. */
  readonly lockedVersion: (id: string) => number | undefined;
}

export const NO_FACTS: ApiFacts = { manifests: undefined, lockedVersion: () => undefined };

export interface ApiRule {
  /** Keys in order. */
  readonly rule: JsonObject;
  /** What Elastic's build would say and we cannot, one sentence each. */
  readonly gaps: readonly string[];
}

/** Undefined for a file without a table `rule`. */
export function apiRule(snapshot: Snapshot, facts: ApiFacts): ApiRule | undefined {
  const document = snapshot.rule();
  if (document.rule === undefined) return undefined;
  const gaps: string[] = [];
  if (0 < snapshot.toml().errors.length)
    gaps.push("The file has errors of TOML: this is what can be read of it");
  const id = textIn(document.rule, "rule_id")?.value;
  const version = id === undefined ? undefined : facts.lockedVersion(id);
  if (version === undefined) gaps.push("`version` stands in the lock file, which has none for this rule");
  const rule = document.isDeprecated
    ? deprecatedStub(document)
    : { ...shaped(document), ...derived(snapshot, facts, gaps) };
  const whole = version === undefined ? rule : { ...rule, version };
  // An object stays one.
  return { rule: sortedJson(whole) as JsonObject, gaps };
}

/** Of a deprecated rule Kibana gets no more than that it is one. */
function deprecatedStub({ rule }: RuleDocument): JsonObject {
  const text = (name: string): string | undefined => rule && textIn(rule, name)?.value;
  return { rule_id: text("rule_id"), name: text("name"), deprecated: true };
}

/** The file's own keys, in the form of the API. */
function shaped(document: RuleDocument): JsonObject {
  const { threat_mappings: _mappings, new_terms: newTerms, ...own } = ownKeys(document);
  const { note, setup } = guideOf(document);
  const shape: JsonObject = { ...own, note, setup, threat: withTechniques(own["threat"]) };
  const flat = normalized({ ...shape, actions: withThrottle(own["actions"]) });
  return { ...flat, ...flatNewTerms(newTerms) };
}

function ownKeys({ rule }: RuleDocument): JsonObject {
  return rule === undefined ? {} : jsonOfTable(rule);
}

function withTechniques(threat: JsonValue | undefined): JsonValue | undefined {
  if (!isList(threat)) return threat;
  return threat.map((entry) => (isObject(entry) ? { technique: [], ...entry } : entry));
}

/** Kibana wants the key even where it says nothing. */
function withThrottle(actions: JsonValue | undefined): JsonValue | undefined {
  if (!isList(actions)) return actions;
  return actions.map((action) => {
    const frequency = isObject(action) ? action["frequency"] : undefined;
    return isObject(action) && isObject(frequency)
      ? { ...action, frequency: { throttle: null, ...frequency } }
      : action;
  });
}

/** `new_terms` is a table in files only: `field` and `value`, and the same for `history_window_start`. */
function flatNewTerms(newTerms: JsonValue | undefined): JsonObject {
  if (!isObject(newTerms)) return {};
  const [start] = isList(newTerms["history_window_start"]) ? newTerms["history_window_start"] : [];
  return {
    new_terms_fields: newTerms["value"],
    ...(isObject(start) ? { history_window_start: start["value"] } : {}),
  };
}

function derived(snapshot: Snapshot, facts: ApiFacts, gaps: string[]): JsonObject {
  return { ...derivedFields(snapshot, gaps), ...derivedPackages(snapshot, facts, gaps) };
}

function derivedFields(snapshot: Snapshot, gaps: string[]): JsonObject {
  const document = snapshot.rule();
  if (document.rule?.byName.has("required_fields") === true) return {};
  const written = document.queries.find(({ role }) => role === "query");
  if (written?.language === "esql") {
    gaps.push("`required_fields` of an ES|QL query are told by a running stack only");
    return {};
  }
  const query = snapshot.queries().find(({ embedded }) => embedded.role === "query");
  const scope = query?.scope();
  if (query === undefined || scope === undefined || query.embedded.language === "lucene") return {};
  if (0 < query.parse.errors.length) {
    gaps.push("`required_fields` need a query without errors");
    return {};
  }
  const fields = requiredFields(query, scope);
  if (scope.schemas === undefined)
    gaps.push("The types in `required_fields` rest on packaged data: no schemas of a checkout are loaded");
  return fields.length === 0 ? {} : { required_fields: fields };
}

function derivedPackages(snapshot: Snapshot, { manifests }: ApiFacts, gaps: string[]): JsonObject {
  if (snapshot.rule().rule?.byName.has("related_integrations") === true) return {};
  const scope = snapshot.scope();
  const stack = stackOf(snapshot);
  if (scope === undefined || manifests === undefined || stack === undefined) {
    gaps.push("`related_integrations` need the list of packages of a checkout, which is not at hand");
    return {};
  }
  if (9 < stack.major || (stack.major === 9 && 5 <= stack.minor)) {
    if (0 < snapshot.rule().threats.length)
      gaps.push(
        `For stack ${stackVersionText(stack)}, \`threat\` and its tags are carried over to ATT&CK 19; here they are as written`,
      );
  }
  const { packages, withoutVersion } = relatedIntegrations(scope, manifests, stack);
  for (const name of withoutVersion)
    gaps.push(`No version of the package \`${name}\` runs on stack ${stackVersionText(stack)}`);
  return packages.length === 0 ? {} : { related_integrations: packages };
}

/** What the repository builds for; else the newest stack that there are schemas of. */
function stackOf({ knowledge: { schemas } }: Snapshot): StackVersion | undefined {
  const text = schemas?.packageVersion ?? schemas?.stacks.at(-1)?.version;
  return text === undefined ? undefined : stackVersion(text);
}
