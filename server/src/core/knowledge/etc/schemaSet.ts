/** The schemas of a checkout, as checks ask for them, over the distilled value. */
import { lazy } from "../../base/lazy.ts";
import { type PackageAnswer, type Schema, type SchemaSet, type StackSchemas } from "../schema.ts";
import {
  type DistilledBeat,
  type DistilledPackage,
  type DistilledSchemas,
  type DistilledStack,
  type Entries,
} from "./distil.ts";
import { type FieldIndex, fieldIndex } from "./fieldTables.ts";

export interface SetIdentity {
  readonly layer: "checkout" | "downloaded";
  readonly revision: string;
}

export function schemaSetOf(distilled: DistilledSchemas, { layer, revision }: SetIdentity): SchemaSet {
  const index = fieldIndex(distilled.tables);
  const packages = distilled.packages && new Map(distilled.packages);
  const shared: SharedSchemas = {
    index,
    ecs: new Map(distilled.ecs),
    endgame: new Map(distilled.endgame),
    beats: new Map(distilled.beats.map(([version, beats]) => [version, new Map(beats)])),
    custom: distilled.stacks.map(({ custom }) => new Map(custom)),
    hasCustom: distilled.hasCustom,
    packages:
      packages &&
      new Map([...packages].map(([name, content]) => [name, packageReader(name, content, index)])),
  };
  const nonEcs = new Map(distilled.nonEcs);
  return {
    layer,
    revision,
    packageVersion: distilled.packageVersion,
    stacks: distilled.stacks.map((stack, place) => stackSchemas(stack, place, shared)),
    endpoint:
      distilled.endpoint === undefined ? undefined : index.schema("Elastic Defend", [distilled.endpoint]),
    nonEcs: (pattern) => ofIndexPattern(index, "non-ECS fields", pattern, [nonEcs]),
    hasNonEcs: distilled.nonEcs !== undefined,
    nonEcsIndexes: [...nonEcs.keys()],
    packages: packages && new Set(packages.keys()),
    jobsOf: (name) => packages?.get(name)?.jobs,
    parts: distilled.parts,
  };
}

interface SharedSchemas {
  readonly index: FieldIndex;
  readonly ecs: ReadonlyMap<string, number>;
  readonly endgame: ReadonlyMap<string, number>;
  readonly beats: ReadonlyMap<string, ReadonlyMap<string, DistilledBeat>>;
  /** By place of the stack. */
  readonly custom: readonly ReadonlyMap<string, number>[];
  readonly hasCustom: boolean;
  readonly packages: ReadonlyMap<string, PackageReader> | undefined;
}

type PackageReader = (place: number, stream: string | undefined) => PackageAnswer;

function stackSchemas(stack: DistilledStack, place: number, shared: SharedSchemas): StackSchemas {
  const { index, packages } = shared;
  const ofVersion = (name: string, version: string | undefined, tables: ReadonlyMap<string, number>) => {
    const table = version === undefined ? undefined : tables.get(version);
    return table === undefined ? undefined : index.schema(`${name} ${version}`, [table]);
  };
  const beats = stack.beats === undefined ? undefined : shared.beats.get(stack.beats);
  // Elastic reads the custom schemas of all stacks for some targets, those of one stack for others.
  const others = shared.custom.filter((_tables, i) => i !== place);
  const custom = [...others, shared.custom[place] ?? new Map<string, number>()];
  return {
    version: stack.version,
    ecs: ofVersion("ECS", stack.ecs, shared.ecs),
    endgame: ofVersion("Endgame", stack.endgame, shared.endgame),
    beat(name, modules, datasets) {
      const beat = beats?.get(name);
      if (beat === undefined) return undefined;
      return index.schema(`${name} ${stack.beats}`, [beat.root, ...moduleTables(beat, modules, datasets)]);
    },
    hasBeats: beats !== undefined,
    custom: (pattern) => ofIndexPattern(index, "custom schema", pattern, custom),
    hasCustom: shared.hasCustom,
    integration(name, stream) {
      if (packages === undefined) return { kind: "not-loaded" };
      return packages.get(name)?.(place, stream) ?? { kind: "unknown-package" };
    },
  };
}

/** Fields for an index pattern as it is written, and without the cluster in front of it: no globbing. */
function ofIndexPattern(
  index: FieldIndex,
  source: string,
  pattern: string,
  maps: readonly ReadonlyMap<string, number>[],
): Schema | undefined {
  const names = new Set([pattern, pattern.replaceAll("::", ":").replace(/^[^:]*:/, "")]);
  const tables = maps.flatMap((tablesByPattern) =>
    [...names].flatMap((name) => tablesByPattern.get(name) ?? []),
  );
  return tables.length === 0 ? undefined : index.schema(`${source} of ${pattern}`, tables);
}

/**
 * Datasets that are named count within every module that is named; without a named module, a dataset's own first part
 * names it. A module of which no dataset is named gives the fields of all. The last table wins.
 */
function moduleTables(
  { modules }: DistilledBeat,
  named: readonly string[],
  datasets: readonly string[],
): readonly number[] {
  const own = datasets
    .filter((dataset) => dataset.includes("."))
    .map((dataset) => dataset.split(".", 1)[0] ?? "");
  const wanted = new Set(named.length === 0 ? own : named);
  const byName = new Map(modules);
  return [...wanted].flatMap((name) => {
    const module = byName.get(name);
    if (module === undefined) return [];
    const tables = new Map(module.datasets);
    const chosen =
      datasets.length === 0 ? [...tables.keys()] : datasets.map((dataset) => withoutModule(dataset, name));
    return [...chosen.flatMap((dataset) => tables.get(dataset) ?? []), module.own];
  });
}

function withoutModule(dataset: string, module: string): string {
  return dataset.startsWith(`${module}.`) ? dataset.slice(module.length + 1) : dataset;
}

function packageReader(
  name: string,
  { choices, versions }: DistilledPackage,
  index: FieldIndex,
): PackageReader {
  const loaded = lazy(
    () =>
      new Map(
        versions.map(([version, { streams, unread }]) => [version, { streams: new Map(streams), unread }]),
      ),
  );
  const olderVersions = lazy(() => choices.map(({ older }) => new Map(older)));
  // Rules ask for the same packages over and over. Only what is there is kept, of which there is so much.
  const answers = new Map<string, PackageAnswer>();

  function found(version: string, stream: string | undefined, tables: Entries<number>): PackageAnswer {
    const label = stream === undefined ? name : `${name}.${stream}`;
    const schema = index.schema(
      `${label} ${version}`,
      tables.map(([, table]) => table),
    );
    return { kind: "found", schema, version };
  }

  function answer(place: number, stream: string | undefined): PackageAnswer {
    const choice = choices[place];
    if (choice === undefined) return { kind: "not-loaded" };
    const { newest, isCut } = choice;
    if (newest === undefined) return isCut ? { kind: "not-loaded" } : { kind: "no-version" };
    const streams = loaded().get(newest);
    if (stream === undefined) {
      if (streams === undefined || 0 < streams.unread.length) return { kind: "not-loaded" };
      return found(newest, stream, [...streams.streams]);
    }
    const version = streams?.streams.has(stream) === true ? newest : olderVersions()[place]?.get(stream);
    const table = version === undefined ? undefined : loaded().get(version)?.streams.get(stream);
    if (version !== undefined && table !== undefined) return found(version, stream, [[stream, table]]);
    const isUnread = streams === undefined || streams.unread.includes(stream) || version !== undefined;
    if (isUnread || isCut) return { kind: "not-loaded" };
    return { kind: "unknown-stream", version: newest, streams: [...streams.streams.keys()] };
  }

  return (place, stream) => {
    const key = stream === undefined ? String(place) : `${place} ${stream}`;
    const known = answers.get(key) ?? answer(place, stream);
    if (known.kind === "found") answers.set(key, known);
    return known;
  };
}
