/** A rule in the form of Kibana's API, before anything is made of it for newer stacks. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";
import { stackVersionText } from "../knowledge/etc/stackVersion.ts";
import { type RuleDocument } from "../rule/model.ts";
import { builtStack } from "./builtStack.ts";
import { guideOf } from "./guide.ts";
import { jsonOfTable } from "./json.ts";
import { normalized } from "./normalize.ts";
import { type PackageManifests } from "./packageVersions.ts";
import { relatedIntegrations } from "./relatedIntegrations.ts";
import { requiredFields } from "./requiredFields.ts";

export interface BuiltRule {
  readonly rule: JsonObject;
  /** `threat_mappings`, which is not sent but decides what `threat` is. */
  readonly threatMappings: readonly JsonValue[];
  /** False if something in `required_fields` could not be derived. */
  readonly isExact: boolean;
  /** What could not be derived, one sentence each. */
  readonly gaps: readonly string[];
}

export function builtRule(snapshot: Snapshot, manifests: PackageManifests | undefined): BuiltRule {
  const document = snapshot.rule();
  const { threat_mappings: mappings } = normalized({ threat_mappings: ownKeys(document)["threat_mappings"] });
  const fields = derivedFields(snapshot);
  const packages = derivedPackages(snapshot, manifests);
  return {
    rule: { ...shaped(document), ...fields.keys, ...packages.keys },
    threatMappings: isList(mappings) ? mappings : [],
    isExact: fields.gaps.length === 0,
    gaps: [...fields.gaps, ...packages.gaps],
  };
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

/** Actions of Kibana itself: it takes no frequency from them. */
const SYSTEM_ACTIONS: readonly unknown[] = [".cases", ".workflows"];

/** Kibana wants the key of every other action, even where the file says nothing of a frequency. */
function withThrottle(actions: JsonValue | undefined): JsonValue | undefined {
  if (!isList(actions)) return actions;
  return actions.map((action) => {
    if (!isObject(action) || SYSTEM_ACTIONS.includes(action["action_type_id"])) return action;
    const { frequency = {} } = action;
    return isObject(frequency) ? { ...action, frequency: { throttle: null, ...frequency } } : action;
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

interface Derived {
  readonly keys: JsonObject;
  readonly gaps: readonly string[];
}

const NOTHING: Derived = { keys: {}, gaps: [] };

function derivedFields(snapshot: Snapshot): Derived {
  const document = snapshot.rule();
  if (document.rule?.byName.has("required_fields") === true) return NOTHING;
  const written = document.queries.find(({ role }) => role === "query");
  if (written?.language === "esql")
    return { keys: {}, gaps: ["`required_fields` of an ES|QL query are told by a running stack only"] };
  const query = snapshot.queries().find(({ embedded }) => embedded.role === "query");
  const scope = query?.scope();
  if (query === undefined || scope === undefined || query.embedded.language === "lucene") return NOTHING;
  if (0 < query.parse.errors.length)
    return { keys: {}, gaps: ["`required_fields` need a query without errors"] };
  const { fields, notLoaded } = requiredFields(query, scope);
  const gaps = notLoaded.map(
    (name) => `Types in \`required_fields\` need the fields of the package \`${name}\`, which are not loaded`,
  );
  if (scope.schemas === undefined)
    gaps.push("The types in `required_fields` rest on packaged data: no schemas of a checkout are loaded");
  return { keys: fields.length === 0 ? {} : { required_fields: fields }, gaps };
}

function derivedPackages(snapshot: Snapshot, manifests: PackageManifests | undefined): Derived {
  const rule = snapshot.rule();
  if (rule.rule?.byName.has("related_integrations") === true) return NOTHING;
  const scope = snapshot.scope();
  // The build asks for packages only if the metadata name one, and Lucene tells none.
  if (scope === undefined || scope.subject.integrations.length === 0 || scope.subject.language === "lucene")
    return NOTHING;
  const { schemas } = snapshot.knowledge;
  const stack = schemas && builtStack(schemas);
  if (manifests === undefined || stack === undefined)
    return {
      keys: {},
      gaps: ["`related_integrations` need the list of packages of a checkout, which is not at hand"],
    };
  const { packages, withoutVersion } = relatedIntegrations(scope, manifests, stack);
  const gaps = withoutVersion.map(
    (name) => `No version of the package \`${name}\` runs on stack ${stackVersionText(stack)}`,
  );
  return { keys: packages.length === 0 ? {} : { related_integrations: packages }, gaps };
}
