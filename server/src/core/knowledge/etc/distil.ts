/** Brings what was read from a checkout into one small value: only what the stack map selects, and each name once. */
import { type SchemaPart } from "../schema.ts";
import { type BeatFields, type BeatsFields } from "./beats.ts";
import { type FieldTables, collectTables } from "./fieldTables.ts";
import { type PackageSchemas, type StreamSchemas } from "./integrations.ts";
import { type IndexFields } from "./nonEcs.ts";
import { type FieldTypes } from "./reading.ts";
import { type StackEntry } from "./stackMap.ts";
import { type StackVersion, stackVersionText } from "./stackVersion.ts";

/** What was read. Whatever could not be is undefined, or not in its map. */
export interface EtcData {
  readonly packageVersion: StackVersion | undefined;
  /** Those that are supported, the oldest first. */
  readonly stacks: readonly StackEntry[];
  /** By version of ECS, of Endgame and of Beats. */
  readonly ecs: ReadonlyMap<string, FieldTypes>;
  readonly endgame: ReadonlyMap<string, FieldTypes>;
  readonly beats: ReadonlyMap<string, BeatsFields>;
  readonly endpoint: FieldTypes | undefined;
  readonly nonEcs: IndexFields | undefined;
  readonly custom: CustomSchemas;
  /** By name; undefined if the manifests are not loaded. */
  readonly packages: ReadonlyMap<string, PackageSchemas> | undefined;
  readonly parts: readonly SchemaPart[];
}

export interface CustomSchemas {
  /** By stack, in the order of the stacks. */
  readonly byStack: readonly IndexFields[];
  readonly isComplete: boolean;
}

/** Keys with their values, as a map's constructor takes them, and as JSON keeps them. */
export type Entries<T> = readonly (readonly [string, T])[];

/** Plain data, made to be written to a file. Numbers that stand for fields are indexes of tables. */
export interface DistilledSchemas {
  readonly packageVersion: string | undefined;
  readonly tables: FieldTables;
  readonly stacks: readonly DistilledStack[];
  readonly ecs: Entries<number>;
  readonly endgame: Entries<number>;
  readonly beats: Entries<Entries<DistilledBeat>>;
  readonly endpoint: number | undefined;
  readonly nonEcs: Entries<number> | undefined;
  readonly hasCustom: boolean;
  readonly packages: Entries<DistilledPackage> | undefined;
  readonly parts: readonly SchemaPart[];
}

export interface DistilledStack {
  readonly version: string;
  /** Versions of the schemas that belong to it. */
  readonly ecs: string | undefined;
  readonly endgame: string | undefined;
  readonly beats: string | undefined;
  readonly custom: Entries<number>;
}

export interface DistilledBeat {
  readonly root: number;
  readonly modules: Entries<DistilledModule>;
}

export interface DistilledModule {
  readonly own: number;
  readonly datasets: Entries<number>;
}

/** See `PackageSchemas`. */
export interface DistilledPackage {
  /** In the order of the stacks. */
  readonly choices: readonly DistilledChoice[];
  readonly versions: Entries<DistilledVersion>;
  readonly jobs: readonly string[] | undefined;
}

export interface DistilledVersion {
  readonly streams: Entries<number>;
  /** Streams whose fields could not be read. */
  readonly unread: readonly string[];
}

export interface DistilledChoice {
  readonly newest: string | undefined;
  readonly older: Entries<string>;
  readonly isCut: boolean;
}

export function distil(data: EtcData): DistilledSchemas {
  const collector = collectTables();
  const add = (fields: FieldTypes): number => collector.add(fields);
  const beat = ({ root, modules }: BeatFields): DistilledBeat => ({
    root: add(root),
    modules: entries(modules, ({ own, datasets }) => ({ own: add(own), datasets: entries(datasets, add) })),
  });
  const plain = {
    packageVersion: data.packageVersion && stackVersionText(data.packageVersion),
    stacks: data.stacks.map(({ version, ecs, endgame, beats }, i) => ({
      version: stackVersionText(version),
      ecs,
      endgame,
      beats,
      custom: entries(data.custom.byStack[i] ?? new Map<string, FieldTypes>(), add),
    })),
    ecs: entries(data.ecs, add),
    endgame: entries(data.endgame, add),
    beats: entries(data.beats, (beats) => entries(beats, beat)),
    endpoint: data.endpoint && add(data.endpoint),
    nonEcs: data.nonEcs && entries(data.nonEcs, add),
    hasCustom: data.custom.isComplete,
    packages: data.packages && entries(data.packages, (schemas) => distilledPackage(schemas, add)),
    parts: data.parts,
  };
  return { ...plain, tables: collector.finish() };
}

function distilledPackage(
  { choices, versions, jobs }: PackageSchemas,
  add: (fields: FieldTypes) => number,
): DistilledPackage {
  return {
    choices: choices.map(({ newest, older, isCut }) => ({ newest, older: [...older], isCut })),
    versions: entries(versions, (streams) => distilledVersion(streams, add)),
    jobs,
  };
}

function distilledVersion(streams: StreamSchemas, add: (fields: FieldTypes) => number): DistilledVersion {
  const read: [string, number][] = [];
  const unread: string[] = [];
  for (const [stream, fields] of streams) {
    if (fields === undefined) unread.push(stream);
    else read.push([stream, add(fields)]);
  }
  return { streams: read, unread };
}

function entries<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Entries<U> {
  return [...map].map(([key, value]) => [key, change(value)] as const);
}
