/** A rule as Elastic's tools build it for Kibana from its file. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type JsonObject } from "../engine/event.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { type BuiltRule, builtRule } from "./builtRule.ts";
import { builtStack, oldestStack } from "./builtStack.ts";
import { type EmittedRule, emittedRule } from "./emittedRule.ts";
import { sortedJson, spacedJson } from "./json.ts";
import { keepsEverything } from "./keepsEverything.ts";
import { type PackageManifests } from "./packageVersions.ts";
import { type LockEntry, type LockStacks, currentVersion, shippedVersion } from "./versionLock.ts";

/** What the repository knows beside the rule. What is not at hand is undefined. */
export interface ApiFacts {
  readonly manifests: PackageManifests | undefined;
  readonly versions: VersionSource;
  /** `threat_mapping_version` of the repository or its environment variable. */
  readonly threatVersion: string | undefined;
}

export type VersionSource =
  | { readonly kind: "none" }
  /** The repository does not use the lock file: a version stands in the rule, or Kibana counts. */
  | { readonly kind: "own" }
  | {
      readonly kind: "lock";
      readonly entryOf: (id: string) => LockEntry | undefined;
      /** The hash of the file for the JSON of a rule. */
      readonly hashOf: (json: string) => string;
    };

export const NO_FACTS: ApiFacts = {
  manifests: undefined,
  versions: { kind: "none" },
  threatVersion: undefined,
};

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
  const broken =
    0 < snapshot.toml().errors.length ? ["The file has errors of TOML: this is what can be read of it"] : [];
  const made = document.isDeprecated ? stub(snapshot, facts) : whole(snapshot, facts);
  // An object stays one.
  return { rule: sortedJson(made.rule) as JsonObject, gaps: [...broken, ...made.gaps] };
}

/** Of a deprecated rule Kibana gets no more than that it is one. */
function stub(snapshot: Snapshot, { versions }: ApiFacts): ApiRule {
  const { rule } = snapshot.rule();
  const text = (name: string): string | undefined => rule && textIn(rule, name)?.value;
  const id = text("rule_id");
  const entry = versions.kind === "lock" && id !== undefined ? versions.entryOf(id) : undefined;
  const version = shippedVersion(entry, stacksOf(snapshot));
  const gaps = version === undefined ? [NO_LOCK] : [];
  return { rule: { rule_id: id, name: text("name"), deprecated: true, version }, gaps };
}

function whole(snapshot: Snapshot, facts: ApiFacts): ApiRule {
  const built = builtRule(snapshot, facts.manifests);
  const { built: stack } = stacksOf(snapshot);
  const { attack } = snapshot.knowledge;
  const emitted = emittedRule(built, { stack, attack, threatVersion: facts.threatVersion });
  const version = versionOf(snapshot, facts.versions, built, emitted);
  return {
    rule: { ...emitted.rule, ...version.keys },
    gaps: [...version.gaps, ...built.gaps, ...emitted.gaps],
  };
}

interface VersionKeys {
  readonly keys: { readonly version?: number };
  readonly gaps: readonly string[];
}

const NO_LOCK = "`version` stands in the lock file, which is not at hand or has none for this rule";

function versionOf(
  snapshot: Snapshot,
  source: VersionSource,
  built: BuiltRule,
  emitted: EmittedRule,
): VersionKeys {
  if (source.kind === "own") return { keys: {}, gaps: [] };
  const id = ruleId(snapshot.rule());
  if (source.kind === "none" || id === undefined) return { keys: {}, gaps: [NO_LOCK] };
  const { related_integrations: _packages, ...withoutPackages } = built.rule;
  const hash = (rule: JsonObject): string => source.hashOf(spacedJson(hashed(rule)));
  const plain = hash(built.rule);
  const sent = hash(emitted.rule);
  const isEmittedKnown = built.gaps.length === 0 && emitted.gaps.length === 0 && sent !== plain;
  const entry = source.entryOf(id);
  const stacks = stacksOf(snapshot);
  const hashes = { plain: [hash(withoutPackages), plain], emitted: isEmittedKnown ? sent : undefined };
  const { version, isChanged } = currentVersion(entry, hashes, stacks);
  if (!isChanged || isTold(built)) return { keys: { version }, gaps: [] };
  const shipped = shippedVersion(entry, stacks) ?? version;
  return {
    keys: { version: shipped },
    gaps: ["`version` is what was shipped last: whether the rule has changed since cannot be told"],
  };
}

/** The fields of an ES|QL query that keeps all of them are not looked at. */
function hashed(rule: JsonObject): JsonObject {
  const { required_fields: _fields, ...rest } = rule;
  return keepsEverything(rule) ? rest : rule;
}

function isTold({ rule, isExact }: BuiltRule): boolean {
  return isExact || keepsEverything(rule);
}

function ruleId({ rule }: RuleDocument): string | undefined {
  return rule && textIn(rule, "rule_id")?.value;
}

function stacksOf(snapshot: Snapshot): LockStacks {
  const { schemas } = snapshot.knowledge;
  const { metadata } = snapshot.rule();
  const minStack = metadata && textIn(metadata, "min_stack_version")?.value;
  return schemas === undefined
    ? { built: undefined, oldest: undefined }
    : { built: builtStack(schemas), oldest: oldestStack(schemas, minStack) };
}
