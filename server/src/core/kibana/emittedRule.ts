/** What Elastic's build makes of a rule for stacks that get rules in another form: a later ATT&CK, and packages of any later major. */
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";
import { type AttackCatalog, type AttackConversion } from "../knowledge/attack.ts";
import { majorOf } from "../knowledge/attackFiles.ts";
import { LATER_VERSION } from "../knowledge/attackVersions.ts";
import { type StackVersion, stackVersionText } from "../knowledge/etc/stackVersion.ts";
import { type BuiltRule } from "./builtRule.ts";
import { getsOtherForm } from "./builtStack.ts";
import { convertedTags, convertedThreat } from "./convertThreat.ts";

export interface EmittedRule {
  readonly rule: JsonObject;
  readonly gaps: readonly string[];
}

export interface EmitFacts {
  readonly stack: StackVersion | undefined;
  readonly attack: AttackCatalog | undefined;
  /** `threat_mapping_version` of the repository or its environment variable, which decides for all stacks. */
  readonly threatVersion: string | undefined;
}

const FRAMEWORK = "MITRE ATT&CK";
/** The version that `threat` of rules is written for, as Elastic's tools have it. */
const WRITTEN_VERSION = "18";

export function emittedRule({ rule, threatMappings }: BuiltRule, facts: EmitFacts): EmittedRule {
  const { stack } = facts;
  if (stack === undefined || !getsOtherForm(stack)) return { rule, gaps: [] };
  const laterMajors = withLaterMajors(rule);
  const threat = emittedThreat(rule["threat"], threatMappings, facts);
  switch (threat.kind) {
    case "as-written":
      return { rule: laterMajors, gaps: [] };
    case "unknown":
      return {
        rule: laterMajors,
        gaps: [
          `For stack ${stackVersionText(stack)}, \`threat\` and its tags are carried over to ATT&CK ${threat.version}, whose data is not at hand; here they are as written`,
        ],
      };
    case "other": {
      const [before, tags] = [listOf(rule["threat"]), listOf(rule["tags"])];
      return {
        rule: { ...laterMajors, threat: threat.threat, tags: convertedTags(tags, before, threat.threat) },
        gaps: [],
      };
    }
  }
}

type EmittedThreat =
  | { readonly kind: "as-written" }
  | { readonly kind: "unknown"; readonly version: string }
  | { readonly kind: "other"; readonly threat: readonly JsonValue[] };

/** A mapping for the version that the rule has itself counts before what can be derived. */
function emittedThreat(
  written: JsonValue | undefined,
  mappings: readonly JsonValue[],
  { attack, threatVersion }: EmitFacts,
): EmittedThreat {
  const version = threatVersion ?? LATER_VERSION;
  if (version === WRITTEN_VERSION) return { kind: "as-written" };
  const own = mappings
    .filter(isObject)
    .find((block) => block["framework"] === FRAMEWORK && String(block["version"]) === version);
  if (own !== undefined) return { kind: "other", threat: listOf(own["threat"]) };
  if (written === undefined) return { kind: "as-written" };
  const conversion = conversionTo(attack, version);
  if (conversion === undefined) return { kind: "unknown", version: majorOf(version) };
  const converted = convertedThreat(listOf(written), FRAMEWORK, conversion);
  // What would leave nothing is not done, but the tags are looked through all the same.
  return { kind: "other", threat: converted.length === 0 ? listOf(written) : converted };
}

function conversionTo(attack: AttackCatalog | undefined, version: string): AttackConversion | undefined {
  const conversion = attack?.conversion;
  return conversion !== undefined && majorOf(conversion.target.version) === majorOf(version)
    ? conversion
    : undefined;
}

/** `^1.2.3` becomes `>=1.2.3`, also where the rule itself says it. */
function withLaterMajors(rule: JsonObject): JsonObject {
  const packages = rule["related_integrations"];
  if (!isList(packages)) return rule;
  return {
    ...rule,
    related_integrations: packages.map((one) => {
      const version = isObject(one) ? one["version"] : undefined;
      return isObject(one) && typeof version === "string" && version.startsWith("^")
        ? { ...one, version: `>=${version.slice(1)}` }
        : one;
    }),
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : [];
}
