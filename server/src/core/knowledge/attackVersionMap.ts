/** Reads `attack-version-maps/*.yaml`: what becomes of ids of one version of ATT&CK in a later one. */
import { parseDocument } from "yaml";
import { type Result } from "../base/result.ts";
import { type JsonObject, objectIn } from "./attackJson.ts";

export interface MappedTo {
  readonly id: string;
  readonly name: string;
  /** Undefined where it is no text. */
  readonly reference?: string | undefined;
}

/** Undefined under an id: it is dropped on purpose. */
export type MapTable = ReadonlyMap<string, MappedTo | undefined>;

export interface AttackVersionMap {
  readonly framework: string;
  readonly sourceVersion: string;
  readonly targetVersion: string;
  /** Ids that no table lists are looked up in the target version; otherwise they are dropped. */
  readonly derivesMissing: boolean;
  readonly tactics: MapTable;
  readonly techniques: MapTable;
  readonly subtechniques: MapTable;
}

export type VersionMapError =
  | { readonly kind: "not-yaml"; readonly message: string }
  | { readonly kind: "no-mapping" }
  | { readonly kind: "missing-key"; readonly key: string }
  /** A table's entry that is neither null nor a table of id, name and reference. */
  | { readonly kind: "wrong-entry"; readonly table: string; readonly id: string };

export function versionMapErrorText(error: VersionMapError): string {
  switch (error.kind) {
    case "not-yaml":
      return `it is not YAML: ${error.message}`;
    case "no-mapping":
      return "it is not a table of keys";
    case "missing-key":
      return `it has no \`${error.key}\``;
    case "wrong-entry":
      return `\`${error.id}\` under \`${error.table}\` is neither null nor an id, name and reference`;
  }
}

const REQUIRED = ["framework", "source_version", "target_version"] as const;

export function attackVersionMap(text: string): Result<AttackVersionMap, VersionMapError> {
  const yaml = parsedYaml(text);
  if (!yaml.ok) return yaml;
  const root = objectIn(yaml.value);
  if (root === undefined) return { ok: false, error: { kind: "no-mapping" } };
  const missing = REQUIRED.find((key) => scalarIn(root, key) === undefined);
  if (missing !== undefined) return { ok: false, error: { kind: "missing-key", key: missing } };
  const tactics = tableIn(root, "tactics");
  if (!tactics.ok) return tactics;
  const techniques = tableIn(root, "techniques");
  if (!techniques.ok) return techniques;
  const subtechniques = tableIn(root, "subtechniques");
  if (!subtechniques.ok) return subtechniques;
  return {
    ok: true,
    value: {
      framework: scalarIn(root, "framework") ?? "",
      sourceVersion: scalarIn(root, "source_version") ?? "",
      targetVersion: scalarIn(root, "target_version") ?? "",
      derivesMissing: root["auto_derive_missing"] === true,
      tactics: tactics.value,
      techniques: techniques.value,
      subtechniques: subtechniques.value,
    },
  };
}

/** Elastic reads the file with PyYAML, which speaks YAML 1.1: `yes` is true there. */
function parsedYaml(text: string): Result<unknown, VersionMapError> {
  try {
    const document = parseDocument(text, { version: "1.1", uniqueKeys: false, logLevel: "silent" });
    const error = document.errors[0];
    if (error !== undefined)
      return { ok: false, error: { kind: "not-yaml", message: firstLine(error.message) } };
    return { ok: true, value: document.toJS() as unknown };
  } catch (error) {
    // The library throws on documents whose aliases multiply.
    const message = error instanceof Error ? firstLine(error.message) : String(error);
    return { ok: false, error: { kind: "not-yaml", message } };
  }
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).replace(/:$/, "");
}

/** Versions may be written with or without quotes. */
function scalarIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function tableIn(root: JsonObject, name: string): Result<MapTable, VersionMapError> {
  const written = root[name] ?? {};
  const table = objectIn(written);
  if (table === undefined) return { ok: false, error: { kind: "wrong-entry", table: name, id: name } };
  const rows = new Map<string, MappedTo | undefined>();
  for (const [id, value] of Object.entries(table)) {
    const to = objectIn(value);
    const [toId, toName] = [to && scalarIn(to, "id"), to && scalarIn(to, "name")];
    if (value === null) rows.set(id, undefined);
    else if (toId === undefined || toName === undefined || to?.["reference"] === undefined) {
      return { ok: false, error: { kind: "wrong-entry", table: name, id } };
    } else rows.set(id, { id: toId, name: toName, reference: scalarIn(to, "reference") });
  }
  return { ok: true, value: rows };
}
