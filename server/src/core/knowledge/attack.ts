/** MITRE ATT&CK as facts: tactics, techniques, and what replaced what. */

export interface Tactic {
  readonly kind: "tactic";
  readonly id: string;
  readonly name: string;
  readonly description: string;
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
}

export interface AttackCatalog {
  /** Such as "18.1". */
  readonly version: string;
  readonly tactics: readonly Tactic[];
  readonly techniques: readonly Technique[];
  tactic(id: string): Tactic | undefined;
  tacticNamed(name: string): Tactic | undefined;
  technique(id: string): Technique | undefined;
  /** Current ones before revoked and deprecated ones. */
  techniquesNamed(name: string): readonly Technique[];
}

/** Reads `data/attack/<version>.tsv`: see its first lines for the columns. */
export function attackCatalog(version: string, table: string): AttackCatalog {
  const rows = table.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const cells = rows.map((row) => row.split("\t"));
  const tactics = cells.filter(([id]) => id?.startsWith("TA")).map(tacticOf);
  const techniques = cells.filter(([id]) => !id?.startsWith("TA")).map(techniqueOf);
  const tacticById = new Map(tactics.map((tactic) => [tactic.id, tactic]));
  const tacticByName = new Map(tactics.map((tactic) => [tactic.name, tactic]));
  const techniqueById = new Map(techniques.map((technique) => [technique.id, technique]));
  return {
    version,
    tactics,
    techniques,
    tactic: (id) => tacticById.get(id),
    tacticNamed: (name) => tacticByName.get(name),
    technique: (id) => techniqueById.get(id),
    techniquesNamed: (name) =>
      techniques.filter((technique) => technique.name === name).sort((a, b) => rank(a) - rank(b)),
  };
}

function rank(technique: Technique): number {
  return technique.isDeprecated || technique.replacedBy !== undefined ? 1 : 0;
}

function tacticOf([id = "", name = "", , description = ""]: readonly string[]): Tactic {
  return { kind: "tactic", id, name, description };
}

function techniqueOf(cells: readonly string[]): Technique {
  const [id = "", name = "", tactics = "", platforms = "", status = "", description = ""] = cells;
  const dot = id.indexOf(".");
  return {
    kind: "technique",
    id,
    name,
    tactics: listOf(tactics),
    platforms: listOf(platforms),
    isDeprecated: status === "deprecated",
    replacedBy: /^replaced by (\S+)$/.exec(status)?.[1],
    parent: dot < 0 ? undefined : id.slice(0, dot),
    description,
  };
}

function listOf(cell: string): readonly string[] {
  return cell === "" ? [] : cell.split(",");
}

/** The page of a tactic, technique or sub-technique. */
export function attackUrl(id: string): string {
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
