/** Reads the parsed JSON of `atlas-v<release>.json.gz` of Elastic's repository, in the two layouts that ATLAS has had. */
import { type Result } from "../base/result.ts";
import { parentId } from "./attack.ts";
import { type AttackData, type TechniqueData } from "./attackData.ts";
import { type JsonObject, isObject, objectIn, objectsIn, textIn, textsIn } from "./attackJson.ts";
import { shortDescription } from "./attackProse.ts";

export type AtlasFileError =
  | { readonly kind: "not-atlas" }
  | { readonly kind: "no-tactics" }
  | { readonly kind: "no-techniques" }
  | { readonly kind: "incomplete-object"; readonly object: string; readonly lacks: string };

export function atlasFileErrorText(error: AtlasFileError): string {
  switch (error.kind) {
    case "not-atlas":
      return "it has neither a matrix nor a collection of ATLAS";
    case "no-tactics":
      return "it has no tactics";
    case "no-techniques":
      return "it has no techniques";
    case "incomplete-object":
      return `${error.object} has no ${error.lacks}`;
  }
}

/** `version` is the release in the file's name. */
export function atlasData(json: unknown, version: string): Result<AttackData, AtlasFileError> {
  const layout = layoutOf(objectIn(json));
  if (layout === undefined) return { ok: false, error: { kind: "not-atlas" } };
  const { tactics, techniques } = layout;
  if (tactics.length === 0) return { ok: false, error: { kind: "no-tactics" } };
  if (techniques.length === 0) return { ok: false, error: { kind: "no-techniques" } };
  for (const object of [...tactics, ...techniques]) {
    const lacks = ["id", "name"].find((key) => textIn(object, key) === undefined);
    const label = textIn(object, "id") ?? textIn(object, "name") ?? "an object";
    if (lacks !== undefined) return { ok: false, error: { kind: "incomplete-object", object: label, lacks } };
  }
  const own = new Map(techniques.map((object) => [textIn(object, "id"), layout.tacticsOf(object)]));
  return {
    ok: true,
    value: {
      framework: "MITRE ATLAS",
      version,
      tactics: tactics.map((object) => ({ ...namesOf(object), description: descriptionOf(object) })),
      techniques: techniques.map((object): TechniqueData => {
        const { id, name } = namesOf(object);
        const listed = own.get(id) ?? [];
        return {
          id,
          name,
          // Files of the older layout leave the tactics of a sub-technique out.
          tactics: 0 < listed.length ? listed : (own.get(parentId(id)) ?? []),
          platforms: [],
          isDeprecated: false,
          replacedBy: undefined,
          description: descriptionOf(object),
          mitigations: undefined,
        };
      }),
      mitigations: [],
    },
  };
}

interface Layout {
  readonly tactics: readonly JsonObject[];
  readonly techniques: readonly JsonObject[];
  tacticsOf(technique: JsonObject): readonly string[];
}

function layoutOf(root: JsonObject | undefined): Layout | undefined {
  if (root === undefined) return undefined;
  if (objectIn(root["collection"]) !== undefined) return collectionLayout(root);
  const matrices = objectsIn(root, "matrices");
  const matrix = matrices.find((one) => one["id"] === "ATLAS") ?? matrices[0];
  if (matrix === undefined) return undefined;
  return {
    tactics: objectsIn(matrix, "tactics"),
    techniques: objectsIn(matrix, "techniques"),
    tacticsOf: (technique) => textsIn(technique, "tactics"),
  };
}

/** From format 6 on: objects by id, and what a technique achieves among the relationships. */
function collectionLayout(root: JsonObject): Layout {
  const relationships = objectIn(root["relationships"]);
  return {
    tactics: valuesIn(root, "tactics"),
    techniques: valuesIn(root, "techniques"),
    tacticsOf: (technique) => {
      const links = objectIn(relationships?.[textIn(technique, "id") ?? ""]);
      return objectsIn(links, "achieves").flatMap((link) => textIn(link, "target") ?? []);
    },
  };
}

function valuesIn(root: JsonObject, key: string): readonly JsonObject[] {
  return Object.values(objectIn(root[key]) ?? {}).filter(isObject);
}

function namesOf(object: JsonObject): { readonly id: string; readonly name: string } {
  return { id: textIn(object, "id") ?? "", name: textIn(object, "name") ?? "" };
}

function descriptionOf(object: JsonObject): string {
  return shortDescription(textIn(object, "description") ?? "");
}
