/** MITRE ATT&CK as facts: tactics, techniques, and what replaced what. A catalog of MITRE ATLAS has the same form. */
import { lazy } from "../base/lazy.ts";

/** The frameworks that `threat` can speak of, as rules write them. */
export type Framework = "MITRE ATT&CK" | "MITRE ATLAS";

export interface Tactic {
  readonly kind: "tactic";
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface Mitigation {
  readonly id: string;
  readonly name: string;
}

export interface Technique {
  readonly kind: "technique";
  readonly id: string;
  readonly name: string;
  /** Ids of tactics. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  readonly isDeprecated: boolean;
  /** The id that took the place of this revoked one. */
  readonly replacedBy: string | undefined;
  /** The id of the technique that this is a sub-technique of. */
  readonly parent: string | undefined;
  readonly description: string;
  /** Undefined if the catalog says nothing of mitigations. */
  readonly mitigations: readonly Mitigation[] | undefined;
}

/** What a later version makes of a tactic. */
export type TacticFate =
  | { readonly kind: "kept"; readonly name: string; readonly isRenamed: boolean }
  | { readonly kind: "replaced"; readonly id: string; readonly name: string }
  | { readonly kind: "dropped" };

/** Why a later version has no place for a technique. */
export type DropReason = "by-map" | "revoked" | "deprecated" | "absent" | "not-mapped" | "with-parent";

/** What a later version makes of a technique under a tactic; `tactics` is where it stands then. */
export type TechniqueFate =
  | {
      readonly kind: "kept";
      readonly name: string;
      readonly isRenamed: boolean;
      readonly tactics: readonly Tactic[];
      readonly isMoved: boolean;
    }
  | {
      readonly kind: "replaced";
      readonly id: string;
      readonly name: string;
      readonly tactics: readonly Tactic[];
      readonly isMoved: boolean;
    }
  | {
      readonly kind: "dropped";
      readonly reason: DropReason;
      /** What took the place of a revoked technique, though entries are not carried over to it. */
      readonly successor: Technique | undefined;
    };

/** A technique or sub-technique where a rule names it. */
export interface TechniquePlace {
  readonly technique: { readonly id: string; readonly name: string };
  /** The id of the technique above a sub-technique. */
  readonly parent: string | undefined;
  /** The id of the tactic of the entry. */
  readonly tactic: string | undefined;
}

/** How entries are carried over to the version that newer stacks ship. */
export interface AttackConversion {
  readonly target: AttackCatalog;
  /** The first stack that ships it, such as "9.5"; undefined if all of them do. */
  readonly fromStack: string | undefined;
  tacticFate(tactic: { readonly id: string; readonly name: string }): TacticFate;
  techniqueFate(place: TechniquePlace): TechniqueFate;
  /** What the build writes for an id; undefined if it leaves it out. */
  entry(role: ThreatRole, id: string): ConvertedEntry | undefined;
  /** The tactics of the target that the build writes a technique of the target under; `tactic` is what became of its own. */
  tacticsOf(techniqueId: string, tactic: ConvertedEntry | undefined): readonly ConvertedEntry[];
}

export type ThreatRole = "tactic" | "technique" | "subtechnique";

/** A tactic or technique of the target version as `threat` names it. */
export interface ConvertedEntry {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

export interface AttackCatalog {
  readonly framework: Framework;
  /** Such as "18.1". */
  readonly version: string;
  /** In the order of the matrix. */
  readonly tactics: readonly Tactic[];
  /** Ids of tactics as MITRE's file lists them: the build writes the tactics of a technique in this order. */
  readonly tacticOrder: readonly string[];
  readonly techniques: readonly Technique[];
  tactic(id: string): Tactic | undefined;
  tacticNamed(name: string): Tactic | undefined;
  technique(id: string): Technique | undefined;
  /** Current ones before revoked and deprecated ones. */
  techniquesNamed(name: string): readonly Technique[];
  /** Current sub-techniques of a technique, by id. */
  subtechniquesOf(id: string): readonly Technique[];
  /** Catalogs of other versions and frameworks that are loaded beside this one. */
  readonly others: readonly AttackCatalog[];
  /** Undefined without the data of a later version. */
  readonly conversion: AttackConversion | undefined;
}

export interface CatalogParts {
  readonly framework: Framework;
  readonly version: string;
  readonly tactics: readonly Tactic[];
  /** Undefined: that of the tactics. */
  readonly tacticOrder?: readonly string[] | undefined;
  readonly techniques: readonly Technique[];
}

export function catalogOf({
  framework,
  version,
  tactics,
  tacticOrder,
  techniques,
}: CatalogParts): AttackCatalog {
  const tacticById = new Map(tactics.map((tactic) => [tactic.id, tactic]));
  const tacticByName = new Map(tactics.map((tactic) => [tactic.name, tactic]));
  const techniqueById = new Map(techniques.map((technique) => [technique.id, technique]));
  // The catalog is made before anything is shown; these two are asked for later, if at all.
  const byName = lazy(() =>
    grouped(
      [...techniques].sort((a, b) => rank(a) - rank(b)),
      ({ name }) => name,
    ),
  );
  const byParent = lazy(() => {
    const current = techniques.filter((technique) => !isOutdated(technique));
    return grouped(
      current.sort((a, b) => (a.id < b.id ? -1 : 1)),
      ({ parent }) => parent,
    );
  });
  return {
    framework,
    version,
    tactics,
    tacticOrder: tacticOrder ?? tactics.map(({ id }) => id),
    techniques,
    tactic: (id) => tacticById.get(id),
    tacticNamed: (name) => tacticByName.get(name),
    technique: (id) => techniqueById.get(id),
    techniquesNamed: (name) => byName().get(name) ?? [],
    subtechniquesOf: (id) => byParent().get(id) ?? [],
    others: [],
    conversion: undefined,
  };
}

function grouped<K>(
  techniques: readonly Technique[],
  keyOf: (technique: Technique) => K,
): ReadonlyMap<K, readonly Technique[]> {
  const groups = new Map<K, Technique[]>();
  for (const technique of techniques) {
    const key = keyOf(technique);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [technique]);
    else group.push(technique);
  }
  return groups;
}

/** Whether a technique is revoked or deprecated. */
export function isOutdated(technique: Technique): boolean {
  return technique.isDeprecated || technique.replacedBy !== undefined;
}

function rank(technique: Technique): number {
  return isOutdated(technique) ? 1 : 0;
}

/** Reads `data/attack/<version>.tsv`: see its first lines for the columns. */
export function attackCatalog(version: string, table: string): AttackCatalog {
  const rows = table.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const cells = rows.map((row) => row.split("\t"));
  return catalogOf({
    framework: "MITRE ATT&CK",
    version,
    tactics: cells.filter(([id]) => id?.startsWith("TA")).map(tacticOf),
    techniques: cells.filter(([id]) => !id?.startsWith("TA")).map(techniqueOf),
  });
}

function tacticOf([id = "", name = "", , description = ""]: readonly string[]): Tactic {
  return { kind: "tactic", id, name, description };
}

function techniqueOf(cells: readonly string[]): Technique {
  const [id = "", name = "", tactics = "", platforms = "", status = "", description = ""] = cells;
  return {
    kind: "technique",
    id,
    name,
    tactics: listOf(tactics),
    platforms: listOf(platforms),
    isDeprecated: status === "deprecated",
    replacedBy: /^replaced by (\S+)$/.exec(status)?.[1],
    parent: parentId(id),
    description,
    mitigations: undefined,
  };
}

function listOf(cell: string): readonly string[] {
  return cell === "" ? [] : cell.split(",");
}

/** The technique that a sub-technique's id begins with: `T1059` of `T1059.001`, `AML.T0051` of `AML.T0051.000`. */
export function parentId(id: string): string | undefined {
  return /^((?:AML\.)?T\d+)\.\d+$/.exec(id)?.[1];
}

/** The page of a tactic, technique or sub-technique. ATLAS keeps the dots of its ids. */
export function attackUrl(id: string): string {
  if (id.startsWith("AML.")) {
    return `https://atlas.mitre.org/${id.startsWith("AML.TA") ? "tactics" : "techniques"}/${id}/`;
  }
  const folder = id.startsWith("TA") ? "tactics" : "techniques";
  return `https://attack.mitre.org/${folder}/${id.replace(".", "/")}/`;
}

/** What follows the chain of replacements; the same technique if it is current. */
export function currentTechnique(attack: AttackCatalog, technique: Technique): Technique {
  const seen = new Set<string>();
  let current = technique;
  while (current.replacedBy !== undefined && !seen.has(current.id)) {
    seen.add(current.id);
    const next = attack.technique(current.replacedBy);
    if (next === undefined) break;
    current = next;
  }
  return current;
}
