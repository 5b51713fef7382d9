/** Loads the catalogs that are packaged with us. */
import { attackCatalog } from "../core/knowledge/attack.ts";
import {
  type FieldData,
  type FieldDocs,
  type FieldDocsData,
  fieldCatalog,
  fieldDocs,
} from "../core/knowledge/fields.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { type FieldPopularity, fieldPopularity } from "../core/knowledge/popularFields.ts";
import { vendorFieldsOf } from "../core/knowledge/vendorFields.ts";
import { type Host } from "./host.ts";

/** The shape of `data/versions.json`. */
interface DataVersions {
  readonly ecs: string;
  readonly attack: string;
}

/** The tables of fields outside ECS, in `data/fields`: where two differ in the type of a field, the first is right. */
export const FIELD_TABLES: readonly string[] = [
  "windows",
  "endpoint",
  "linux",
  "aws",
  "azure",
  "gcp",
  "okta",
  "o365",
  "microsoft",
  "google_workspace",
  "github",
  "kubernetes",
  "network",
  "edr",
  "wiz",
  "apm",
  "alerts",
  "siem",
  "beats",
  "common",
];

export async function loadKnowledge(host: Host): Promise<Knowledge> {
  const versions = await readVersions(host);
  const [fields, attack, popularity, ...tables] = await Promise.all([
    host.readPackaged(`data/ecs/${versions.ecs}.fields.json`),
    host.readPackaged(`data/attack/${versions.attack}.tsv`),
    loadFieldPopularity(host),
    ...FIELD_TABLES.map((table) => host.readPackaged(`data/fields/${table}.tsv`)),
  ]);
  return {
    revision: `ecs ${versions.ecs}, attack ${versions.attack}`,
    // Our own generated file; `generated.test.ts` holds its shape.
    fields: fieldCatalog(JSON.parse(fields) as FieldData),
    vendorFields: vendorFieldsOf(tables),
    popularity,
    schemas: undefined,
    attack: attackCatalog(versions.attack, attack),
  };
}

/** Descriptions of fields: larger, and only needed by hovers. */
export async function loadFieldDocs(host: Host): Promise<FieldDocs> {
  const { ecs } = await readVersions(host);
  return fieldDocs(JSON.parse(await host.readPackaged(`data/ecs/${ecs}.docs.json`)) as FieldDocsData);
}

/** For suggestions and completion. */
export async function loadFieldPopularity(host: Host): Promise<FieldPopularity> {
  return fieldPopularity(await host.readPackaged("data/fields/popular.tsv"));
}

async function readVersions(host: Host): Promise<DataVersions> {
  return JSON.parse(await host.readPackaged("data/versions.json")) as DataVersions;
}
