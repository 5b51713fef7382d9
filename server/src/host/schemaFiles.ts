/** Which files the schemas of a place rest on: the configuration and the stack map say it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import {
  ENDPOINT_FOLDER,
  REGISTRY_FILES,
  REGISTRY_FOLDER,
  type SchemaFile,
  UNVERSIONED_FILES,
  customFiles,
  unversioned,
  versionedFiles,
} from "../core/knowledge/etc/etcFiles.ts";
import { readPackageVersion } from "../core/knowledge/etc/packageVersion.ts";
import { type Reading, problemList } from "../core/knowledge/etc/reading.ts";
import { type RepositoryConfig, readRepositoryConfig } from "../core/knowledge/etc/repositoryConfig.ts";
import { type FileFault, type FileOutcome } from "../core/knowledge/etc/schemaParts.ts";
import { type StackEntry, readStackMap, supportedStacks } from "../core/knowledge/etc/stackMap.ts";
import { type StackVersion } from "../core/knowledge/etc/stackVersion.ts";
import { parsedYaml } from "../core/knowledge/etc/yaml.ts";
import { isFileError } from "./fileError.ts";
import { pathNamedIn } from "./paths.ts";
import { type FileRead, fileBytes, unpackedText } from "./unpack.ts";

export interface SchemaSource {
  /** Such as `detection_rules/etc`. */
  readonly etcFolder: string;
  /** Folder of the `_config.yaml` of custom rules; undefined if `etcFolder` has it. */
  readonly configFolder?: string | undefined;
}

export interface SchemaFiles {
  readonly config: RepositoryConfig;
  readonly packageVersion: StackVersion | undefined;
  readonly stacks: readonly StackEntry[];
  /** The configuration, the stack map and the package version, which were read to know the others. */
  readonly settings: readonly FileOutcome[];
  readonly files: readonly LocatedFile[];
}

export interface LocatedFile {
  readonly file: SchemaFile;
  /** Absolute. */
  readonly path: string;
  /** What was read of it already. */
  readonly bytes: FileRead<Buffer> | undefined;
}

const CONFIG = "_config.yaml";
const LARGEST_SETTINGS = 4 * 1024 * 1024;

export async function schemaFiles({ etcFolder, configFolder }: SchemaSource): Promise<SchemaFiles> {
  const base = configFolder ?? etcFolder;
  const config = await readSettings(base, unversioned("config", CONFIG), readRepositoryConfig);
  const { packages, stackMap } = (config.value ?? readRepositoryConfig({}).value).files;
  const version = await readSettings(base, unversioned("package-version", packages), readPackageVersion);
  const map = await readSettings(base, unversioned("stack-map", stackMap), readStackMap);
  const stacks = supportedStacks(map.value ?? [], version.value);
  // Elastic's tools read custom schemas for custom rules only.
  const custom = configFolder === undefined ? [] : customFiles(stacks);
  const hasRegistry = 0 < (await namesIn(path.join(etcFolder, REGISTRY_FOLDER))).length;
  const inEtc = [
    ...versionedFiles(stacks),
    ...(await endpointFiles(etcFolder)),
    ...UNVERSIONED_FILES,
    ...(hasRegistry ? REGISTRY_FILES : []),
  ];
  return {
    config: config.value ?? readRepositoryConfig({}).value,
    packageVersion: version.value,
    stacks,
    settings: [config.outcome, map.outcome, version.outcome],
    files: [
      ...[config, version, map].map(({ located }) => located),
      ...inEtc.map((file) => locatedFile(etcFolder, file)),
      ...custom.map((file) => locatedFile(path.dirname(map.located.path), file)),
    ],
  };
}

function locatedFile(folder: string, file: SchemaFile): LocatedFile {
  const place = pathNamedIn(folder, file.path);
  if (place !== undefined) return { file, path: place, bytes: undefined };
  // What is not read does not change: another one can only be named by the configuration.
  return { file, path: path.join(folder, CONFIG), bytes: { ok: false, error: ELSEWHERE } };
}

const ELSEWHERE: FileFault = {
  kind: "broken",
  text: "stands outside the repository's drive, and is not read",
};

/** All files and folders whose change can change the schemas, those included that are not there yet. */
export async function schemaPaths(source: SchemaSource): Promise<readonly string[]> {
  const { files } = await schemaFiles(source);
  return [...files.map((file) => file.path), path.join(source.etcFolder, ENDPOINT_FOLDER)];
}

/** The folder itself stands for its files where there are none. */
async function endpointFiles(etcFolder: string): Promise<readonly SchemaFile[]> {
  const names = await namesIn(path.join(etcFolder, ENDPOINT_FOLDER));
  const packed = names.filter((name) => name.endsWith(".json.gz")).sort();
  const paths = packed.length === 0 ? [ENDPOINT_FOLDER] : packed.map((name) => `${ENDPOINT_FOLDER}/${name}`);
  return paths.map((file) => unversioned("endpoint", file));
}

/** Names in a folder; none if it cannot be read. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

interface SettingsRead<T> {
  readonly value: T | undefined;
  readonly outcome: FileOutcome;
  readonly located: LocatedFile;
}

async function readSettings<T>(
  folder: string,
  file: SchemaFile,
  read: (value: unknown) => Reading<T>,
): Promise<SettingsRead<T>> {
  const named = locatedFile(folder, file);
  const bytes = named.bytes ?? (await fileBytes(named.path));
  const located = { ...named, bytes };
  const yaml = bytes.ok ? yamlIn(bytes.value) : bytes;
  if (!yaml.ok) return { value: undefined, outcome: { file, fault: yaml.error }, located };
  const { value, problems } = read(yaml.value);
  if (problems.length === 0) return { value, outcome: { file, fault: undefined }, located };
  const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
  const kind = isNothing ? "broken" : "partial";
  return { value, outcome: { file, fault: { kind, text: problemList(problems) } }, located };
}

function yamlIn(bytes: Uint8Array): FileRead<unknown> {
  const text = unpackedText(bytes, LARGEST_SETTINGS);
  if (!text.ok) return text;
  const yaml = parsedYaml(text.value);
  return yaml.ok ? yaml : { ok: false, error: { kind: "broken", text: yaml.error } };
}
