/** Which types the schema files of a checkout give a field, for the sets of our own tables: a package, a dataset or an index pattern. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { globSync } from "tinyglobby";
import { readBeats } from "../../server/src/core/knowledge/etc/beats.ts";

export interface CheckoutTypes {
  /** Whether the checkout lists what is in a set. Of an index it lists no more than what some rules name. */
  lists(set: string): boolean;
  /** In any version, and in any stream of a package. */
  typesOf(set: string, field: string): ReadonlySet<string>;
}

type Types = ReadonlyMap<string, ReadonlySet<string>>;

export function checkoutTypes(etc: string): CheckoutTypes {
  const integrations = integrationTypes(unzipped(path.join(etc, "integration-schemas.json.gz")));
  const endpoint = unzipped(path.join(etc, "endpoint_schemas/endpoint_process.json.gz"));
  const indexes = new Map([
    ...indexTypes(JSON.parse(readFileSync(path.join(etc, "non-ecs-schema.json"), "utf8"))),
    ["filebeat-*", beatTypes(etc, "filebeat")],
  ]);
  return {
    lists: (set) => integrations.has(set),
    typesOf(set, field) {
      const found = new Set(typesIn(integrations.get(set), field));
      for (const [index, types] of indexes) {
        if (isIndexOf(index, set)) for (const type of typesIn(types, field)) found.add(type);
      }
      if (set === "endpoint") for (const type of typesIn(merged([endpoint]), field)) found.add(type);
      return found;
    },
  };
}

function unzipped(file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
}

/** Both packages and datasets. */
function integrationTypes(schemas: unknown): ReadonlyMap<string, Types> {
  const tables = new Map<string, unknown[]>();
  for (const [name, versions] of entriesOf(schemas)) {
    for (const [, streams] of entriesOf(versions)) {
      for (const [stream, fields] of entriesOf(streams)) {
        for (const set of [name, `${name}.${stream}`]) tables.set(set, [...(tables.get(set) ?? []), fields]);
      }
    }
  }
  return new Map([...tables].map(([set, fields]) => [set, merged(fields)]));
}

function indexTypes(schemas: unknown): ReadonlyMap<string, Types> {
  return new Map(entriesOf(schemas).map(([index, fields]) => [index, merged([flat(fields)])]));
}

/** Of all modules, by the newest file. */
function beatTypes(etc: string, beat: string): Types {
  const [newest = ""] = globSync(["beats_schemas/v*.json.gz"], { cwd: etc }).sort().reverse();
  const modules =
    readBeats(unzipped(path.join(etc, newest)))
      .value.get(beat)
      ?.modules.values() ?? [];
  const tables = [...modules].flatMap(({ own, datasets }) => [own, ...datasets.values()]);
  return merged(tables.map((table) => Object.fromEntries(table)));
}

function flat(fields: unknown, prefix = ""): Readonly<Record<string, unknown>> {
  const pairs = entriesOf(fields).flatMap(([name, value]): readonly (readonly [string, unknown])[] =>
    typeof value === "string" ? [[prefix + name, value]] : Object.entries(flat(value, `${prefix}${name}.`)),
  );
  return Object.fromEntries(pairs);
}

function merged(tables: readonly unknown[]): Types {
  const types = new Map<string, Set<string>>();
  for (const [field, type] of tables.flatMap(entriesOf)) {
    if (typeof type !== "string") continue;
    const known = types.get(field) ?? new Set();
    types.set(field, known.add(type));
  }
  return types;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/**
 * A name in a schema may be a pattern: `azure.auditlogs.properties.target_resources.*.type`. One that is called an
 * object, such as `o365.audit.Parameters.*`, does not say of which type the fields below it are.
 */
function typesIn(types: Types | undefined, field: string): readonly string[] {
  if (types === undefined) return [];
  const exact = types.get(field);
  if (exact !== undefined) return [...exact];
  return [...types].flatMap(([name, found]) =>
    name.includes("*") && patternOf(name).test(field) ? [...found].filter((type) => type !== "object") : [],
  );
}

/** `logs-azure.auditlogs-*` is an index of `azure.auditlogs` and of `azure`; Beats put everything into theirs. */
function isIndexOf(index: string, set: string): boolean {
  if (index === set || index === "winlogbeat-*" || index === "auditbeat-*" || index === "metrics-*")
    return true;
  return index.startsWith("logs-") && patternOf(index).test(`logs-${set}-`);
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`);
}
