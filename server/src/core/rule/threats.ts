/** The tactics and techniques that a rule names, in one list. */
import { type RuleDocument, type TechniqueRef, type ThreatEntry, type ThreatRef } from "./model.ts";

export type NamedThreat =
  | { readonly role: "tactic"; readonly ref: ThreatRef; readonly entry: ThreatEntry }
  | { readonly role: "technique"; readonly ref: TechniqueRef; readonly entry: ThreatEntry }
  | {
      readonly role: "sub-technique";
      readonly ref: ThreatRef;
      readonly entry: ThreatEntry;
      readonly parent: TechniqueRef;
    };

/** Entries of MITRE ATT&CK. An entry whose framework is not written yet counts as one. */
export function attackEntries(rule: RuleDocument): readonly ThreatEntry[] {
  return rule.threats.filter(
    (entry) => entry.framework === undefined || entry.framework.value === "MITRE ATT&CK",
  );
}

export function* namedThreats(rule: RuleDocument): Generator<NamedThreat> {
  for (const entry of attackEntries(rule)) {
    if (entry.tactic !== undefined) yield { role: "tactic", ref: entry.tactic, entry };
    for (const technique of entry.techniques) {
      yield { role: "technique", ref: technique, entry };
      for (const ref of technique.subtechniques)
        yield { role: "sub-technique", ref, entry, parent: technique };
    }
  }
}
