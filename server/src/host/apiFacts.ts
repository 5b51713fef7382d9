/** What the repository around a rule knows of packages and versions, for what Kibana receives. Kept while its files stay the same. */
import { createHash } from "node:crypto";
import path from "node:path";
import { type ApiFacts, type VersionSource } from "../core/kibana/apiRule.ts";
import { type PackageManifests, readPackageManifests } from "../core/kibana/packageVersions.ts";
import { type VersionLock, readVersionLock } from "../core/kibana/versionLock.ts";
import { REGISTRY_FOLDER } from "../core/knowledge/etc/etcFiles.ts";
import { type RepositoryConfig, readRepositoryConfig } from "../core/knowledge/etc/repositoryConfig.ts";
import { parsedYaml } from "../core/knowledge/etc/yaml.ts";
import { CONFIG, type EtcPlace, etcFolderAbove } from "./etcPlace.ts";
import { type NodeKnowledgeOptions, sourceFor } from "./nodeKnowledge.ts";
import { CUSTOM_RULES, type Environment } from "./repository.ts";
import { isWithin, pathNamedIn } from "./paths.ts";
import { stampOf } from "./testFiles.ts";
import { type FileRead, LARGEST_UNPACKED, fileBytes, unpackedJson, unpackedText } from "./unpack.ts";

export interface ApiFactsStore {
  /** Of the rules in a folder. */
  of(folder: string): Promise<ApiFacts>;
}

export interface ApiFactsWorld extends Pick<NodeKnowledgeOptions, "host" | "dataFolder" | "settingFor"> {
  /** `CUSTOM_RULES_DIR` and `DR_THREAT_MAPPING_VERSION` of it are Elastic's own. */
  readonly env: Environment;
  /** What settings say for the rules of a folder in place of the environment. */
  readonly switchesFor?: (folder: string) => Promise<Environment>;
}

const MANIFESTS = "integration-manifests.json.gz";
const LOCK = "version.lock.json";

export function apiFactsStore(world: ApiFactsWorld): ApiFactsStore {
  const manifests = keptFile(jsonIn, readPackageManifests);
  const locks = keptFile(jsonIn, readVersionLock);
  const configs = keptFile(yamlIn, (value) => readRepositoryConfig(value).value);
  return {
    async of(folder) {
      const env = { ...world.env, ...(await world.switchesFor?.(folder)) };
      const { etcFolder, configFolder } = await placeOf({ ...world, env }, folder, configs);
      const base = configFolder ?? etcFolder;
      const config = base === undefined ? undefined : await configs(path.join(base, CONFIG));
      const lock = lockFile({ etcFolder, configFolder }, config);
      const entries = lock === undefined ? undefined : await locks(lock);
      return {
        manifests: etcFolder === undefined ? undefined : await manifestsIn(etcFolder, manifests),
        versions: versionSource(config, entries),
        threatVersion: env["DR_THREAT_MAPPING_VERSION"] ?? config?.threatMapping.version,
      };
    },
  };
}

type Kept<T> = (file: string) => Promise<T | undefined>;

/** A file, read again once it is another one. Undefined if it cannot be read. */
function keptFile<T>(unpack: (bytes: Uint8Array) => FileRead<unknown>, read: (value: unknown) => T): Kept<T> {
  const kept = new Map<string, { readonly version: string; readonly value: T | undefined }>();
  return async (file) => {
    const version = (await stampOf(file)) ?? "none";
    const known = kept.get(file);
    if (known?.version === version) return known.value;
    const bytes = await fileBytes(file);
    const content = bytes.ok ? unpack(bytes.value) : bytes;
    const value = content.ok ? read(content.value) : undefined;
    kept.set(file, { version, value });
    return value;
  };
}

function jsonIn(bytes: Uint8Array): FileRead<unknown> {
  return unpackedJson(bytes, LARGEST_UNPACKED.others);
}

function yamlIn(bytes: Uint8Array): FileRead<unknown> {
  const text = unpackedText(bytes, LARGEST_UNPACKED.others);
  if (!text.ok) return text;
  const yaml = parsedYaml(text.value);
  return yaml.ok ? yaml : { ok: false, error: { kind: "broken", text: yaml.error } };
}

/**
 * The schemas that the rule is checked with, and the configuration of the rules themselves: where a setting names a
 * checkout elsewhere, their own `_config.yaml` still says where their versions are.
 */
async function placeOf(
  world: ApiFactsWorld,
  folder: string,
  configs: Kept<RepositoryConfig>,
): Promise<EtcPlace> {
  const source = await sourceFor(world, folder);
  const above = await etcFolderAbove(world.host, folder, undefined);
  const custom = world.env[CUSTOM_RULES];
  const named = custom === undefined || custom === "" ? undefined : path.resolve(custom);
  const own = above?.configFolder ?? ((await holdsRulesOf(named, folder, configs)) ? named : undefined);
  const etcFolder = source?.etcFolder ?? above?.etcFolder;
  return { etcFolder, configFolder: source?.configFolder ?? own };
}

/** Folders of rules may stand beside the folder of the configuration. */
async function holdsRulesOf(
  named: string | undefined,
  folder: string,
  configs: Kept<RepositoryConfig>,
): Promise<boolean> {
  if (named === undefined) return false;
  const config = await configs(path.join(named, CONFIG));
  const folders = [...(config?.ruleFolders ?? []), ...(config?.buildingBlockFolders ?? [])];
  return folders.some((one) => isWithin(path.resolve(named, one), folder));
}

function lockFile(
  { etcFolder, configFolder }: EtcPlace,
  config: RepositoryConfig | undefined,
): string | undefined {
  const base = configFolder ?? etcFolder;
  if (base === undefined) return undefined;
  const named = config === undefined ? LOCK : config.files.versionLock;
  return named === undefined ? undefined : pathNamedIn(base, named);
}

function versionSource(
  config: RepositoryConfig | undefined,
  entries: VersionLock | undefined,
): VersionSource {
  if (config?.bypassesVersionLock === true) return { kind: "own" };
  return entries === undefined
    ? { kind: "none" }
    : { kind: "lock", entryOf: (id) => entries.get(id), hashOf: lockHash };
}

/** As Elastic's tools take it. */
export function lockHash(json: string): string {
  return createHash("sha256").update(Buffer.from(json, "utf8").toString("base64")).digest("hex");
}

async function manifestsIn(
  etcFolder: string,
  manifests: Kept<PackageManifests>,
): Promise<PackageManifests | undefined> {
  const own = await manifests(path.join(etcFolder, MANIFESTS));
  const newer = await manifests(path.join(etcFolder, REGISTRY_FOLDER, MANIFESTS));
  if (own === undefined || newer === undefined) return own ?? newer;
  const all = new Map(own);
  for (const [name, versions] of newer) {
    const known = new Set((own.get(name) ?? []).map(({ version }) => version));
    all.set(name, [...(own.get(name) ?? []), ...versions.filter(({ version }) => !known.has(version))]);
  }
  return all;
}
