/** The tactics and techniques that a rule names: those of `rule.threat`, and those of each block of `rule.threat_mappings`. */
import {
  type RuleDocument,
  type SourcedText,
  type TechniqueRef,
  type ThreatEntry,
  type ThreatRef,
} from "./model.ts";
import { tablesIn, textIn, threatEntry } from "./read.ts";
import { type TomlTable } from "../toml/model.ts";

export const ATTACK_FRAMEWORK = "MITRE ATT&CK";
export const ATLAS_FRAMEWORK = "MITRE ATLAS";

/** A `[[rule.threat_mappings]]`: entries that are written for one version of a framework. */
export interface ThreatMapping {
  readonly table: TomlTable;
  readonly framework: SourcedText | undefined;
  readonly version: SourcedText | undefined;
  readonly entries: readonly ThreatEntry[];
}

/** Entries that one catalog judges. */
export interface ThreatScope {
  readonly framework: typeof ATTACK_FRAMEWORK | typeof ATLAS_FRAMEWORK;
  /** As it is written; undefined for `rule.threat`, which is written for the baseline. */
  readonly version: string | undefined;
  readonly entries: readonly ThreatEntry[];
}

interface Named {
  readonly scope: ThreatScope;
  readonly entry: ThreatEntry;
}

export type NamedThreat =
  | (Named & { readonly role: "tactic"; readonly ref: ThreatRef })
  | (Named & { readonly role: "technique"; readonly ref: TechniqueRef })
  | (Named & { readonly role: "sub-technique"; readonly ref: ThreatRef; readonly parent: TechniqueRef });

/** Entries of MITRE ATT&CK in `rule.threat`. An entry whose framework is not written yet counts as one. */
export function attackEntries(rule: RuleDocument): readonly ThreatEntry[] {
  return rule.threats.filter(
    ({ framework }) => framework === undefined || framework.value === ATTACK_FRAMEWORK,
  );
}

export function threatMappings({ rule }: RuleDocument): readonly ThreatMapping[] {
  if (rule === undefined) return [];
  return tablesIn(rule, "threat_mappings").map((table) => ({
    table,
    framework: textIn(table, "framework"),
    version: textIn(table, "version"),
    entries: tablesIn(table, "threat").map(threatEntry),
  }));
}

/** The entries of a rule by framework and version. What is of no framework that we know, or of no version, is left out. */
export function threatScopes(rule: RuleDocument): readonly ThreatScope[] {
  const atlas = rule.threats.filter(({ framework }) => framework?.value === ATLAS_FRAMEWORK);
  return [
    { framework: ATTACK_FRAMEWORK, version: undefined, entries: attackEntries(rule) },
    { framework: ATLAS_FRAMEWORK, version: undefined, entries: atlas },
    ...threatMappings(rule).flatMap((mapping) => mappingScope(mapping) ?? []),
  ];
}

/** Entries of another framework than the block's have a finding of their own. */
function mappingScope({ framework, version, entries }: ThreatMapping): ThreatScope | undefined {
  const name = framework === undefined ? ATTACK_FRAMEWORK : knownFramework(framework.value);
  if (name === undefined || version === undefined) return undefined;
  const own = entries.filter((entry) => entry.framework === undefined || entry.framework.value === name);
  return { framework: name, version: version.value, entries: own };
}

function knownFramework(name: string): ThreatScope["framework"] | undefined {
  return ([ATTACK_FRAMEWORK, ATLAS_FRAMEWORK] as const).find((known) => known === name);
}

/** Everything that a rule names, whatever the framework and version. */
export function* namedThreats(rule: RuleDocument): Generator<NamedThreat> {
  for (const scope of threatScopes(rule)) yield* threatsIn(scope);
}

export function* threatsIn(scope: ThreatScope): Generator<NamedThreat> {
  for (const entry of scope.entries) {
    if (entry.tactic !== undefined) yield { role: "tactic", ref: entry.tactic, entry, scope };
    for (const technique of entry.techniques) {
      yield { role: "technique", ref: technique, entry, scope };
      for (const ref of technique.subtechniques)
        yield { role: "sub-technique", ref, entry, scope, parent: technique };
    }
  }
}
