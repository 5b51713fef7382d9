/** Reads the parsed JSON of a STIX 2 bundle of ATT&CK, such as `attack-v18.1.0.json.gz` of Elastic's repository. */
import { type Result } from "../base/result.ts";
import { type Mitigation, parentId } from "./attack.ts";
import { type AttackData, type TacticData, type TechniqueData } from "./attackData.ts";
import { type JsonObject, objectIn, objectsIn, textIn, textsIn } from "./attackJson.ts";
import { shortDescription } from "./attackProse.ts";

/** Why a file cannot be used. A bundle that lacks a part is refused whole: what is missing would count as unknown. */
export type AttackFileError =
  | { readonly kind: "not-a-bundle" }
  | { readonly kind: "no-tactics" }
  | { readonly kind: "no-techniques" }
  /** The object of this STIX id, or else place in the list, is read but has no such property. */
  | { readonly kind: "incomplete-object"; readonly object: string; readonly lacks: string }
  /** A technique stands under a tactic that is not in the bundle. */
  | { readonly kind: "missing-tactic"; readonly technique: string; readonly tactic: string }
  /** A sub-technique whose technique is not in the bundle: the file was cut. */
  | { readonly kind: "missing-parent"; readonly technique: string; readonly parent: string };

export function attackFileErrorText(error: AttackFileError): string {
  switch (error.kind) {
    case "not-a-bundle":
      return "it is not a STIX bundle with a list of objects";
    case "no-tactics":
      return "it has no tactics";
    case "no-techniques":
      return "it has no techniques";
    case "incomplete-object":
      return `${error.object} has no ${error.lacks}`;
    case "missing-tactic":
      return `${error.technique} belongs to the tactic \`${error.tactic}\`, which is not in it`;
    case "missing-parent":
      return `${error.technique} is a sub-technique of ${error.parent}, which is not in it`;
  }
}

/** `version` is that of the file's name: bundles do not always say theirs. */
export function attackData(bundle: unknown, version: string): Result<AttackData, AttackFileError> {
  const root = objectIn(bundle);
  if (textIn(root, "type") !== "bundle" || !Array.isArray(root?.["objects"])) {
    return { ok: false, error: { kind: "not-a-bundle" } };
  }
  const objects = objectsIn(root, "objects");
  const broken = objects.flatMap((object, i) => incompleteness(object, i) ?? [])[0];
  if (broken !== undefined) return { ok: false, error: broken };

  const tactics = inMatrixOrder(ofType(objects, "x-mitre-tactic"), objects);
  if (tactics.length === 0) return { ok: false, error: { kind: "no-tactics" } };
  const techniques = withoutTwins(ofType(objects, "attack-pattern"));
  if (techniques.length === 0) return { ok: false, error: { kind: "no-techniques" } };
  const stray = strayTechnique(techniques, tactics) ?? orphan(techniques);
  if (stray !== undefined) return { ok: false, error: stray };

  const links = linksOf(objects);
  const mitigations = ofType(objects, "course-of-action").filter((object) => !isRetired(object));
  return {
    ok: true,
    value: {
      framework: "MITRE ATT&CK",
      version,
      tactics: tactics.map(tacticData),
      tacticOrder: ofType(objects, "x-mitre-tactic").map(idOf),
      techniques: techniques
        .map((object) => techniqueData(object, tactics, links))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      mitigations: mitigations.map((object): Mitigation => ({ id: idOf(object), name: nameOf(object) })),
    },
  };
}

const READ_TYPES = ["x-mitre-tactic", "attack-pattern", "course-of-action"];

/** Objects of other domains, such as mobile, are none of ours. */
function incompleteness(object: JsonObject, index: number): AttackFileError | undefined {
  const type = textIn(object, "type");
  if (type === undefined || !READ_TYPES.includes(type)) return undefined;
  const label = textIn(object, "id") ?? `object ${index}`;
  const source = sourceOf(object);
  if (source === undefined) {
    return objectsIn(object, "external_references").length === 0
      ? { kind: "incomplete-object", object: label, lacks: "external_references" }
      : undefined;
  }
  const lacks =
    textIn(source, "external_id") === undefined
      ? "external_id"
      : ["id", "name"].find((key) => textIn(object, key) === undefined);
  return lacks === undefined ? undefined : { kind: "incomplete-object", object: label, lacks };
}

function sourceOf(object: JsonObject): JsonObject | undefined {
  return objectsIn(object, "external_references").find(
    (reference) => reference["source_name"] === "mitre-attack",
  );
}

function ofType(objects: readonly JsonObject[], type: string): readonly JsonObject[] {
  return objects.filter((object) => object["type"] === type && sourceOf(object) !== undefined);
}

function idOf(object: JsonObject): string {
  return textIn(sourceOf(object), "external_id") ?? "";
}

function nameOf(object: JsonObject): string {
  return textIn(object, "name") ?? "";
}

function isRevoked(object: JsonObject): boolean {
  return object["revoked"] === true;
}

function isRetired(object: JsonObject): boolean {
  return isRevoked(object) || object["x_mitre_deprecated"] === true;
}

/** Tactics that the matrix does not list come last. */
function inMatrixOrder(
  tactics: readonly JsonObject[],
  objects: readonly JsonObject[],
): readonly JsonObject[] {
  const matrix = objects.find((object) => object["type"] === "x-mitre-matrix");
  const order = textsIn(matrix, "tactic_refs");
  const rank = (tactic: JsonObject): number => {
    const index = order.indexOf(textIn(tactic, "id") ?? "");
    return index < 0 ? order.length : index;
  };
  return tactics.filter((tactic) => !isRetired(tactic)).sort((a, b) => rank(a) - rank(b));
}

/** Where a revoked object kept the id of a current one, the current one is meant. */
function withoutTwins(techniques: readonly JsonObject[]): readonly JsonObject[] {
  const byId = new Map<string, JsonObject>();
  for (const technique of techniques) {
    const earlier = byId.get(idOf(technique));
    if (earlier === undefined || (isRetired(earlier) && !isRetired(technique))) {
      byId.set(idOf(technique), technique);
    }
  }
  return [...byId.values()];
}

function phasesOf(technique: JsonObject): readonly string[] {
  return objectsIn(technique, "kill_chain_phases")
    .filter((phase) => phase["kill_chain_name"] === "mitre-attack")
    .flatMap((phase) => textIn(phase, "phase_name") ?? []);
}

function hasPhase(tactic: JsonObject, phase: string): boolean {
  const shortName = textIn(tactic, "x_mitre_shortname");
  return phase === (shortName ?? nameOf(tactic).toLowerCase().replaceAll(" ", "-"));
}

/** A bundle without one of its tactics would make every technique under it look misplaced. */
function strayTechnique(
  techniques: readonly JsonObject[],
  tactics: readonly JsonObject[],
): AttackFileError | undefined {
  for (const technique of techniques) {
    if (isRetired(technique)) continue;
    const phase = phasesOf(technique).find((one) => !tactics.some((tactic) => hasPhase(tactic, one)));
    if (phase !== undefined) return { kind: "missing-tactic", technique: idOf(technique), tactic: phase };
  }
  return undefined;
}

function orphan(techniques: readonly JsonObject[]): AttackFileError | undefined {
  const ids = new Set(techniques.map(idOf));
  for (const technique of techniques) {
    const parent = isRetired(technique) ? undefined : parentId(idOf(technique));
    if (parent !== undefined && !ids.has(parent)) {
      return { kind: "missing-parent", technique: idOf(technique), parent };
    }
  }
  return undefined;
}

interface Links {
  /** The id of what a revoked object, by its STIX id, gave way to. */
  readonly successors: ReadonlyMap<string, string>;
  /** Ids of the mitigations of a technique, by its STIX id; undefined if there are none in the bundle. */
  readonly mitigations: ReadonlyMap<string, readonly string[]> | undefined;
}

function linksOf(objects: readonly JsonObject[]): Links {
  const byStixId = new Map(objects.map((object) => [textIn(object, "id"), object]));
  const successors = new Map<string, string>();
  const mitigations = new Map<string, string[]>();
  for (const link of objects) {
    const source = textIn(link, "source_ref");
    const target = textIn(link, "target_ref");
    if (link["type"] !== "relationship" || source === undefined || target === undefined) continue;
    if (isRetired(link)) continue;
    const [from, to] = [byStixId.get(source), byStixId.get(target)];
    if (link["relationship_type"] === "revoked-by" && to !== undefined && idOf(to) !== "") {
      successors.set(source, idOf(to));
    }
    if (link["relationship_type"] === "mitigates" && from !== undefined && !isRetired(from)) {
      const known = mitigations.get(target);
      if (known === undefined) mitigations.set(target, [idOf(from)]);
      else known.push(idOf(from));
    }
  }
  return { successors, mitigations: mitigations.size === 0 ? undefined : mitigations };
}

function tacticData(object: JsonObject): TacticData {
  return { id: idOf(object), name: nameOf(object), description: descriptionOf(object) };
}

function techniqueData(object: JsonObject, tactics: readonly JsonObject[], links: Links): TechniqueData {
  const stixId = textIn(object, "id") ?? "";
  const replacedBy = isRevoked(object) ? links.successors.get(stixId) : undefined;
  const phases = isRevoked(object) ? [] : phasesOf(object);
  return {
    id: idOf(object),
    name: nameOf(object),
    tactics: tactics.filter((tactic) => phases.some((phase) => hasPhase(tactic, phase))).map(idOf),
    platforms: isRevoked(object) ? [] : [...textsIn(object, "x_mitre_platforms")].sort(),
    // What was revoked without a successor is gone all the same.
    isDeprecated: object["x_mitre_deprecated"] === true || (isRevoked(object) && replacedBy === undefined),
    replacedBy,
    description: descriptionOf(object),
    mitigations: links.mitigations && [...(links.mitigations.get(stixId) ?? [])].sort(),
  };
}

function descriptionOf(object: JsonObject): string {
  return shortDescription(textIn(object, "description") ?? "");
}
