/** Writes the ECS catalogs under `data/` from the package @elastic/ecs. Run by hand; the output is committed. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EcsFlat, EcsVersion } from "@elastic/ecs";
import { type FieldDatum, type FieldData, type FieldDocsData } from "../server/src/core/knowledge/fields.ts";

interface EcsField {
  readonly description: string;
  readonly type: string;
  readonly level: string;
  readonly example?: unknown;
  readonly normalize?: readonly string[];
  readonly multi_fields?: readonly { readonly name: string; readonly type: string }[];
  readonly allowed_values?: readonly { readonly name: string; readonly description: string }[];
}

// The package types each of its 2,600 fields apart; all have this shape.
const ecs = EcsFlat as unknown as Readonly<Record<string, EcsField>>;
const folder = path.resolve(import.meta.dirname, "../data/ecs");

function fieldDatum(field: EcsField): FieldDatum {
  const isList = field.normalize?.includes("array") === true;
  const multi = Object.fromEntries((field.multi_fields ?? []).map(({ name, type }) => [name, type]));
  const values = (field.allowed_values ?? []).map(({ name }) => name);
  if (!isList && Object.keys(multi).length === 0 && values.length === 0) return field.type;
  return {
    t: field.type,
    ...(isList ? { l: true as const } : {}),
    ...(Object.keys(multi).length === 0 ? {} : { m: multi }),
    ...(values.length === 0 ? {} : { v: values }),
  };
}

function docsData(): FieldDocsData {
  const texts: string[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (text: string): number => {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  };
  const fields: Record<string, [number] | [number, string]> = {};
  const values: Record<string, Record<string, number>> = {};
  const core: string[] = [];
  for (const [name, field] of Object.entries(ecs)) {
    const description = indexOf(field.description);
    fields[name] = field.example === undefined ? [description] : [description, String(field.example)];
    if (field.level === "core") core.push(name);
    const allowed = (field.allowed_values ?? []).map(
      (value) => [value.name, indexOf(value.description)] as const,
    );
    if (0 < allowed.length) values[name] = Object.fromEntries(allowed);
  }
  return { texts, fields, values, core };
}

const data: FieldData = {
  name: "ECS",
  version: EcsVersion,
  fields: Object.fromEntries(Object.entries(ecs).map(([name, field]) => [name, fieldDatum(field)])),
};
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, `${EcsVersion}.fields.json`), `${JSON.stringify(data)}\n`);
writeFileSync(path.join(folder, `${EcsVersion}.docs.json`), `${JSON.stringify(docsData())}\n`);
writeFileSync(
  path.resolve(folder, "../versions.json"),
  `${JSON.stringify({ ecs: EcsVersion, attack: "18.1" }, null, 2)}\n`,
);
console.log(`ECS ${EcsVersion}: ${Object.keys(ecs).length} fields`);
