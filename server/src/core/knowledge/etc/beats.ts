/** Reads `beats_schemas/*.json`: the trees of field descriptions of all Beats, flattened as Elastic's tools do it. */
import { type JsonObject, objectIn } from "../attackJson.ts";
import { type FlatField, flattened, typesIn } from "./fieldTree.ts";
import { type FieldTypes, type Reading } from "./reading.ts";

export interface BeatFields {
  /** Fields that every event of the Beat may have. */
  readonly root: FieldTypes;
  readonly modules: ReadonlyMap<string, BeatModule>;
}

export interface BeatModule {
  /** Fields that stand directly in the module. */
  readonly own: FieldTypes;
  /** Fields by dataset, without the module's name in front: `s3access`. */
  readonly datasets: ReadonlyMap<string, FieldTypes>;
}

/** Fields by Beat: `winlogbeat`. */
export type BeatsFields = ReadonlyMap<string, BeatFields>;

export function readBeats(value: unknown): Reading<BeatsFields> {
  const table = objectIn(value);
  if (table === undefined) return { value: new Map(), problems: ["holds no table of Beats"] };
  const beats = new Map<string, BeatFields>();
  const problems: string[] = [];
  for (const [name, folder] of Object.entries(table)) {
    const beat = objectIn(folder);
    if (beat === undefined) problems.push(`has no table under \`${name}\``);
    else beats.set(name, beatFields(name, beat, problems));
  }
  if (beats.size === 0 && problems.length === 0) problems.push("names no Beat");
  return { value: beats, problems };
}

/** Only modules are read: protocols of Packetbeat, processors and the like are passed over by Elastic's tools. */
function beatFields(name: string, beat: JsonObject, problems: string[]): BeatFields {
  const modules = new Map<string, BeatModule>();
  for (const [module, folder] of Object.entries(foldersOf(foldersOf(beat)["module"]))) {
    const datasets = new Map<string, FieldTypes>();
    for (const [dataset, below] of Object.entries(foldersOf(folder))) {
      if (dataset.startsWith("_")) continue;
      datasets.set(dataset, folderFields(below, `${module}.`, `${name}/${module}/${dataset}`, problems));
    }
    modules.set(module, { own: folderFields(folder, "", `${name}/${module}`, problems), datasets });
  }
  return { root: folderFields(beat, "", name, problems), modules };
}

function foldersOf(folder: unknown): JsonObject {
  return objectIn(objectIn(folder)?.["folders"]) ?? {};
}

const FILES = ["fields.yml", "fields.common.yml"];

/** The fields that the files in `_meta` of a folder describe. */
function folderFields(folder: unknown, prefix: string, place: string, problems: string[]): FieldTypes {
  const files = objectIn(objectIn(foldersOf(folder)["_meta"])?.["files"]);
  const tree: FlatField[] = [];
  for (const file of FILES) {
    const list = files?.[file];
    if (list === undefined || list === null) continue;
    if (Array.isArray(list)) tree.push(...flattened(list, prefix));
    else problems.push(`has no list of fields in ${place}/${file}`);
  }
  return typesIn(tree);
}
