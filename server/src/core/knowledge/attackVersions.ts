/** Several versions of ATT&CK and ATLAS side by side: which catalog an entry is judged by, and what a later version makes of it. */
import { atlas } from "./atlas.ts";
import {
  type AttackCatalog,
  type AttackConversion,
  type ConvertedEntry,
  type DropReason,
  type Tactic,
  type TacticFate,
  type Technique,
  type TechniqueFate,
  type TechniquePlace,
  type ThreatRole,
  attackUrl,
  currentTechnique,
  isOutdated,
} from "./attack.ts";
import { compareVersions, majorOf } from "./attackFiles.ts";
import { type AttackVersionMap, type MapTable, type MappedTo } from "./attackVersionMap.ts";

/** The stack from which Elastic ships a later version than the baseline (`stack_emit` of its repository). */
export const LATER_VERSION_FROM_STACK = "9.5";
/** The version that those stacks get unless `threat_mapping_version` says otherwise. */
export const LATER_VERSION = "19";

export interface StackVersion {
  /** Such as "9.4.0". */
  readonly stack: string;
  /** The major version of the catalog that `rule.threat` is written for. */
  readonly baseline: string;
  /** `threat_mapping_version` of `_config.yaml`: it holds for every stack. */
  readonly pinned: string | undefined;
}

/** The version of ATT&CK in which entries are shipped to a stack. */
export function shippedVersion({ stack, baseline, pinned }: StackVersion): string {
  if (pinned !== undefined) return majorOf(pinned);
  return compareVersions(stack, LATER_VERSION_FROM_STACK) < 0 ? majorOf(baseline) : LATER_VERSION;
}

/** The baseline with the other catalogs that were read, the oldest first, and with the conversion to one of them. */
export function withOthers(
  baseline: AttackCatalog,
  others: readonly AttackCatalog[],
  conversion: AttackConversion | undefined,
): AttackCatalog {
  return { ...baseline, others, conversion };
}

/** The catalog of a framework's version. Of ATT&CK, the newest of the major version is taken; ATLAS is told apart by the whole. */
export function loadedCatalog(
  baseline: AttackCatalog,
  framework: string,
  version: string | undefined,
): AttackCatalog | undefined {
  if (framework === baseline.framework && version === undefined) return baseline;
  if (version === undefined) return undefined;
  const candidates = [baseline, ...baseline.others].filter((catalog) => catalog.framework === framework);
  const isAsked = (catalog: AttackCatalog): boolean =>
    framework === "MITRE ATLAS"
      ? compareVersions(catalog.version, version) === 0
      : majorOf(catalog.version) === majorOf(version);
  return candidates.findLast(isAsked);
}

/** The catalog of a framework's version, else the nearest one to it that is there. */
export function nearestCatalog(
  baseline: AttackCatalog,
  framework: string,
  version: string | undefined,
): AttackCatalog | undefined {
  const exact = loadedCatalog(baseline, framework, version);
  if (exact !== undefined) return exact;
  if (framework === baseline.framework) return baseline;
  if (framework !== "MITRE ATLAS") return undefined;
  return baseline.others.findLast((catalog) => catalog.framework === framework) ?? atlas();
}

/**
 * What Elastic's build makes of entries of the baseline where it ships a later version: on newer stacks,
 * or on all of them if `threat_mapping_version` says so.
 */
export function attackConversion(
  map: AttackVersionMap,
  source: AttackCatalog,
  target: AttackCatalog,
  stacks: "later" | "all" = "later",
): AttackConversion {
  const versions: Versions = { map, source, target };
  return {
    target,
    fromStack: stacks === "later" ? LATER_VERSION_FROM_STACK : undefined,
    tacticFate: (tactic) => tacticFate(versions, tactic),
    techniqueFate: (place) => techniqueFate(versions, place),
    entry: (role, id) => convertedEntry(versions, role, id),
    tacticsOf: (techniqueId, tactic) => {
      const rank = ({ id }: Tactic): number => target.tacticOrder.indexOf(id);
      const tactics = [...tacticsOf(target, techniqueId, tactic)].sort((a, b) => rank(a) - rank(b));
      return tactics.map((one) => (tactic?.id === one.id ? tactic : writtenEntry(one)));
    },
  };
}

interface Versions {
  readonly map: AttackVersionMap;
  readonly source: AttackCatalog;
  readonly target: AttackCatalog;
}

function tacticFate(versions: Versions, { id, name }: MappedTo): TacticFate {
  const to = resolvedTactic(versions, id);
  if (to === undefined) return { kind: "dropped" };
  if (to.id !== id) return { kind: "replaced", id: to.id, name: to.name };
  const known = versions.source.tactic(id)?.name ?? name;
  return { kind: "kept", name: to.name, isRenamed: to.name !== known };
}

function techniqueFate(versions: Versions, { technique, parent, tactic }: TechniquePlace): TechniqueFate {
  const { id } = technique;
  const table = parent === undefined ? versions.map.techniques : versions.map.subtechniques;
  const to = resolvedTechnique(versions, table, id);
  if (to === undefined) return dropped(versions, table, id);
  // A sub-technique goes where the technique above it goes, and with it out.
  const placed = parent === undefined ? to : resolvedTechnique(versions, versions.map.techniques, parent);
  if (placed === undefined) return { kind: "dropped", reason: "with-parent", successor: undefined };
  const entryTactic = tactic === undefined ? undefined : resolvedTactic(versions, tactic);
  const tactics = tacticsOf(versions.target, placed.id, entryTactic);
  const isMoved = tactic !== undefined && !tactics.some((one) => one.id === tactic);
  if (to.id !== id) return { kind: "replaced", id: to.id, name: to.name, tactics, isMoved };
  const known = versions.source.technique(id)?.name ?? technique.name;
  return { kind: "kept", name: to.name, isRenamed: to.name !== known, tactics, isMoved };
}

function convertedEntry(versions: Versions, role: ThreatRole, id: string): ConvertedEntry | undefined {
  const { techniques, subtechniques } = versions.map;
  const to =
    role === "tactic"
      ? resolvedTactic(versions, id)
      : resolvedTechnique(versions, role === "technique" ? techniques : subtechniques, id);
  return to && writtenEntry(to);
}

function writtenEntry({ id, name, reference }: MappedTo): ConvertedEntry {
  return { id, name, reference: reference ?? attackUrl(id) };
}

/** The entry of the table, which can be a drop, else the same id of the target version. */
function resolvedTechnique({ map, target }: Versions, table: MapTable, id: string): MappedTo | undefined {
  if (table.has(id) || !map.derivesMissing) return table.get(id);
  const same = target.technique(id);
  return same === undefined || isOutdated(same) ? undefined : same;
}

function resolvedTactic({ map, target }: Versions, id: string): MappedTo | undefined {
  return map.tactics.has(id) || !map.derivesMissing ? map.tactics.get(id) : target.tactic(id);
}

/** The entry's own tactic as long as the target version lists the technique under it, else those that it lists. */
function tacticsOf(target: AttackCatalog, id: string, tactic: MappedTo | undefined): readonly Tactic[] {
  const listed = (target.technique(id)?.tactics ?? []).flatMap((one) => target.tactic(one) ?? []);
  if (tactic === undefined) return listed;
  if (0 < listed.length && !listed.some((one) => one.id === tactic.id)) return listed;
  return [target.tactic(tactic.id) ?? { kind: "tactic", id: tactic.id, name: tactic.name, description: "" }];
}

function dropped({ map, target }: Versions, table: MapTable, id: string): TechniqueFate {
  const known = target.technique(id);
  const current = known && currentTechnique(target, known);
  const successor = current === known ? undefined : current;
  if (table.has(id)) return { kind: "dropped", reason: "by-map", successor };
  if (!map.derivesMissing) return { kind: "dropped", reason: "not-mapped", successor };
  return { kind: "dropped", reason: outdatedReason(known), successor };
}

function outdatedReason(known: Technique | undefined): DropReason {
  if (known === undefined) return "absent";
  return known.replacedBy === undefined ? "deprecated" : "revoked";
}
