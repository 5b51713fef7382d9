/**
 * A small set of schemas as a fixture writes it, in YAML:
 *
 *     layer: downloaded                                   # otherwise of a checkout
 *     stacks: [8.19.0, 9.4.0]
 *     ecs: { 9.4.0: { process.ticket: long } }           # beside ECS as it is packaged; from this stack on
 *     packages:
 *       acme: { 8.19.0: { version: 1.0.0, streams: { firewall: { acme.action: keyword } } } }   # from this stack on
 *       other: partial                                    # in the list of packages, its schemas are not loaded
 *     endgame: { process.name: keyword }
 *     beats: { winlogbeat: { winlog.event_id: keyword } }
 *     nonEcs: { "logs-acme.*": { acme.extra: keyword, "acme.free.*": keyword } }
 *     custom: { "logs-mine-*": { mine.name: keyword } }
 *     jobs: { acme_ml: [acme_rare_logon] }                # of packages for machine learning
 */
import { parse } from "yaml";
import { type FieldCatalog } from "../../server/src/core/knowledge/fields.ts";
import {
  type PackageAnswer,
  type Schema,
  type SchemaSet,
  type StackSchemas,
} from "../../server/src/core/knowledge/schema.ts";
import { compareVersions } from "../../server/src/core/knowledge/version.ts";

type Types = Readonly<Record<string, string>>;

interface AuthoredVersion {
  readonly version: string;
  readonly streams: Readonly<Record<string, Types>>;
}

interface Authored {
  readonly layer?: SchemaSet["layer"];
  readonly stacks: readonly string[];
  readonly ecs?: Readonly<Record<string, Types>>;
  readonly packages?: Readonly<Record<string, "partial" | Readonly<Record<string, AuthoredVersion>>>>;
  readonly endgame?: Types;
  readonly endpoint?: Types;
  readonly beats?: Readonly<Record<string, Types>>;
  readonly nonEcs?: Readonly<Record<string, Types>>;
  readonly custom?: Readonly<Record<string, Types>>;
  readonly jobs?: Readonly<Record<string, readonly string[]>>;
}

export function authoredSchemas(yaml: string, ecs: FieldCatalog): SchemaSet {
  // Fixtures are ours: a mistake in one shows as a failing test.
  const authored = parse(yaml) as Authored;
  return {
    layer: authored.layer ?? "checkout",
    revision: yaml,
    packageVersion: authored.stacks.at(-1),
    stacks: authored.stacks.map((version) => stackOf(authored, version, ecs)),
    endpoint: schemaOf("Elastic Defend", authored.endpoint ?? {}),
    nonEcs: (index) => optionalSchema("non-ECS fields", authored.nonEcs?.[index]),
    hasNonEcs: true,
    nonEcsIndexes: Object.keys(authored.nonEcs ?? {}),
    packages: authored.packages && new Set(Object.keys(authored.packages)),
    jobsOf: (name) => authored.jobs?.[name],
    parts: [],
  };
}

function stackOf(authored: Authored, version: string, ecs: FieldCatalog): StackSchemas {
  const added = since(authored.ecs ?? {}, version);
  return {
    version,
    ecs: ecsSchema(`ECS ${version}`, ecs, Object.assign({}, ...added.map(([, types]) => types)) as Types),
    endgame: optionalSchema("Endgame 1.0.0", authored.endgame),
    beat: (beat) => optionalSchema(`${beat} ${version}`, authored.beats?.[beat]),
    hasBeats: true,
    custom: (index) => optionalSchema("custom schema", authored.custom?.[index]),
    hasCustom: true,
    integration: (name, stream) => packageAnswer(authored, version, name, stream),
  };
}

function packageAnswer(
  { packages }: Authored,
  stack: string,
  name: string,
  stream: string | undefined,
): PackageAnswer {
  const versions = packages?.[name];
  if (versions === undefined) return { kind: packages === undefined ? "not-loaded" : "unknown-package" };
  if (versions === "partial") return { kind: "not-loaded" };
  const newest = since(versions, stack).at(-1)?.[1];
  if (newest === undefined) return { kind: "no-version" };
  const { version, streams } = newest;
  const types =
    stream === undefined ? (Object.assign({}, ...Object.values(streams)) as Types) : streams[stream];
  if (types === undefined) return { kind: "unknown-stream", version, streams: Object.keys(streams) };
  const label = stream === undefined ? name : `${name}.${stream}`;
  return { kind: "found", version, schema: schemaOf(`${label} ${version}`, types) };
}

/** What stands under this stack or an older one, the oldest first. */
function since<T>(byStack: Readonly<Record<string, T>>, stack: string): readonly (readonly [string, T])[] {
  return Object.entries(byStack)
    .filter(([first]) => compareVersions(first, stack) <= 0)
    .sort(([a], [b]) => compareVersions(a, b));
}

function optionalSchema(name: string, types: Types | undefined): Schema | undefined {
  return types && schemaOf(name, types);
}

function schemaOf(name: string, types: Types): Schema {
  return {
    name,
    size: Object.keys(types).length,
    typeOf: (field) => (Object.hasOwn(types, field) ? types[field] : undefined),
    names: () => Object.keys(types),
    patterns: Object.entries(types).filter(([field]) => field.includes("*")),
  };
}

function ecsSchema(name: string, ecs: FieldCatalog, added: Types): Schema {
  const own = schemaOf(name, added);
  return {
    ...own,
    size: ecs.size + own.size,
    typeOf: (field) => own.typeOf(field) ?? ecs.get(field)?.type,
    *names() {
      for (const field of ecs.startingWith("")) yield field.name;
      yield* own.names();
    },
  };
}
