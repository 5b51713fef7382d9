/** What is kept of a version of ATT&CK or ATLAS that was read from a file: plain data, small enough to store and to send to a thread. */
import {
  type AttackCatalog,
  type Framework,
  type Mitigation,
  type Tactic,
  type Technique,
  catalogOf,
  parentId,
} from "./attack.ts";

export interface TacticData {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface TechniqueData {
  readonly id: string;
  readonly name: string;
  /** Ids of tactics; none for a revoked technique. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  readonly isDeprecated: boolean;
  readonly replacedBy: string | undefined;
  /** The first paragraph, without citations. */
  readonly description: string;
  /** Ids of mitigations; undefined if the source has none at all. */
  readonly mitigations: readonly string[] | undefined;
}

export interface AttackData {
  readonly framework: Framework;
  readonly version: string;
  readonly tactics: readonly TacticData[];
  /** Ids of tactics as the file lists them, which is not the order of the matrix; undefined if it is. */
  readonly tacticOrder?: readonly string[] | undefined;
  readonly techniques: readonly TechniqueData[];
  readonly mitigations: readonly Mitigation[];
}

export function attackCatalogOf({
  framework,
  version,
  tactics,
  tacticOrder,
  techniques,
  mitigations,
}: AttackData): AttackCatalog {
  const mitigationById = new Map(mitigations.map((mitigation) => [mitigation.id, mitigation]));
  return catalogOf({
    framework,
    version,
    tactics: tactics.map((tactic): Tactic => ({ kind: "tactic", ...tactic })),
    tacticOrder,
    techniques: techniques.map((technique): Technique => ({
      kind: "technique",
      ...technique,
      replacedBy: technique.replacedBy,
      parent: parentId(technique.id),
      mitigations: technique.mitigations?.flatMap((id) => mitigationById.get(id) ?? []),
    })),
  });
}

/** Where a technique was revoked without a successor, that of `attack-technique-redirects.json`, if it has one. */
export function withRedirects(data: AttackData, redirects: ReadonlyMap<string, string>): AttackData {
  const techniques = data.techniques.map((technique) => {
    const replacedBy = technique.isDeprecated ? redirects.get(technique.id) : undefined;
    return replacedBy === undefined ? technique : { ...technique, isDeprecated: false, replacedBy };
  });
  return { ...data, techniques };
}
