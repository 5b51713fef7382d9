/** Loads ATT&CK and ATLAS from a checkout: from the cache if its files are those of last time, else read in a thread. */
import path from "node:path";
import { type AttackCatalog, type AttackConversion } from "../core/knowledge/attack.ts";
import { attackCatalogOf, withRedirects } from "../core/knowledge/attackData.ts";
import { majorOf, techniqueRedirects } from "../core/knowledge/attackFiles.ts";
import { type AttackVersionMap, attackVersionMap } from "../core/knowledge/attackVersionMap.ts";
import { LATER_VERSION, attackConversion, withOthers } from "../core/knowledge/attackVersions.ts";
import { type RepositoryConfig } from "../core/knowledge/etc/repositoryConfig.ts";
import { schemaPart } from "../core/knowledge/etc/schemaParts.ts";
import { unversioned } from "../core/knowledge/etc/etcFiles.ts";
import { type SchemaPart } from "../core/knowledge/schema.ts";
import { ATTACK_KIND, type ReadBundle, bundleFiles, unpackedBundles } from "./attackBundles.ts";
import { cachedBytes } from "./dataCache.ts";
import { pathNamedIn } from "./paths.ts";
import { readFiles, revisionOf } from "./revision.ts";
import { namesIn, schemaFiles } from "./schemaFiles.ts";
import { type LoadOptions, isDefect, reportCacheProblem } from "./schemas.ts";
import { fileBytes, unpackedJson, unpackedText } from "./unpack.ts";
import { workerOutcome, workerRevision } from "./workerJob.ts";

export interface LoadedAttack {
  /** Undefined if the oldest version, which rules are written for, is not there or cannot be read. */
  readonly attack: AttackCatalog | undefined;
  readonly part: SchemaPart;
}

export type AttackOptions = Omit<LoadOptions, "layer">;

export async function loadAttack(options: AttackOptions): Promise<LoadedAttack> {
  const bundles = await readBundles(options);
  const part = attackPart(bundles);
  if (part.problem !== undefined && isDefect(part)) options.onProblem(part.problem);
  const [oldest] = ofAttack(bundles);
  if (oldest?.data === undefined) return { attack: undefined, part };
  const redirects = await redirectsIn(options);
  const baseline = attackCatalogOf(withRedirects(oldest.data, redirects));
  const others = bundles
    .filter((bundle) => bundle !== oldest)
    .flatMap(({ data }) => (data === undefined ? [] : [attackCatalogOf(data)]));
  return { attack: withOthers(baseline, others, await conversionOf(options, baseline, others)), part };
}

/** Files and folders whose change can change the answer. */
export async function attackPaths(
  source: Pick<LoadOptions, "etcFolder" | "configFolder">,
): Promise<readonly string[]> {
  const { config } = await schemaFiles(source);
  const bundles = await bundleFiles(source.etcFolder);
  return [
    ...bundles.map((bundle) => bundle.path),
    path.join(source.etcFolder, REDIRECTS),
    mapsFolder(source, config),
  ];
}

const REDIRECTS = "attack-technique-redirects.json";
const LARGEST_TABLE = 4 * 1024 * 1024;

async function readBundles(options: AttackOptions): Promise<readonly ReadBundle[]> {
  const { etcFolder, configFolder, cacheFolder, workerFile, onProblem } = options;
  const files = await readFiles(await bundleFiles(etcFolder));
  if (files.length === 0) return [];
  const madeBy = await workerRevision(workerFile);
  const entry = { folder: cacheFolder ?? "", kind: ATTACK_KIND, key: await revisionOf(files, madeBy) };
  const cached = cacheFolder === undefined ? undefined : await cachedBytes(entry);
  if (cached !== undefined) return unpackedBundles(cached);
  const source = { etcFolder, configFolder };
  const outcome = await workerOutcome(workerFile, { kind: "attack", source, cacheFolder, madeBy });
  if (outcome.kind === "done") {
    reportCacheProblem(options, outcome.answer);
    return unpackedBundles(outcome.answer.bytes);
  }
  onProblem(`ATT&CK in ${etcFolder} could not be read, and our own table serves: ${outcome.reason}`);
  return [];
}

function ofAttack(bundles: readonly ReadBundle[]): readonly ReadBundle[] {
  return bundles.filter(({ framework }) => framework === "MITRE ATT&CK");
}

function attackPart(bundles: readonly ReadBundle[]): SchemaPart {
  const read = bundles.filter(({ data }) => data !== undefined);
  const detail = read.map(
    ({ framework, version }) => `${framework === "MITRE ATLAS" ? "ATLAS " : ""}${version}`,
  );
  const outcomes = bundles.map(({ path: name, fault }) => ({ file: unversioned("attack", name), fault }));
  const none = {
    file: unversioned("attack", "attack-v*.json.gz"),
    fault: { kind: "missing", text: "is missing" },
  } as const;
  return schemaPart(
    "attack",
    ofAttack(bundles).length === 0 ? [none, ...outcomes] : outcomes,
    detail.join(", "),
  );
}

async function redirectsIn({ etcFolder }: AttackOptions): Promise<ReadonlyMap<string, string>> {
  const bytes = await fileBytes(path.join(etcFolder, REDIRECTS));
  const json = bytes.ok ? unpackedJson(bytes.value, LARGEST_TABLE) : bytes;
  const redirects = json.ok ? techniqueRedirects(json.value) : json;
  return redirects.ok ? redirects.value : new Map();
}

/** From the baseline to the version that newer stacks ship, if its bundle and the map between them are there. */
async function conversionOf(
  options: AttackOptions,
  baseline: AttackCatalog,
  others: readonly AttackCatalog[],
): Promise<AttackConversion | undefined> {
  const { config } = await schemaFiles(options);
  const wanted = majorOf(config.threatMapping.version ?? LATER_VERSION);
  if (wanted === majorOf(baseline.version)) return undefined;
  const target = others.findLast(
    ({ framework, version }) => framework === baseline.framework && majorOf(version) === wanted,
  );
  const maps = target === undefined ? [] : await versionMaps(mapsFolder(options, config));
  const map = maps.find(
    ({ framework, sourceVersion, targetVersion }) =>
      framework === baseline.framework &&
      majorOf(sourceVersion) === majorOf(baseline.version) &&
      majorOf(targetVersion) === wanted,
  );
  return target === undefined || map === undefined ? undefined : attackConversion(map, baseline, target);
}

function mapsFolder(
  { etcFolder, configFolder }: Pick<LoadOptions, "etcFolder" | "configFolder">,
  { folders }: RepositoryConfig,
): string {
  const own = folders.attackVersionMaps;
  return own === undefined
    ? path.join(etcFolder, "attack-version-maps")
    : (pathNamedIn(configFolder ?? etcFolder, own) ?? path.join(etcFolder, "attack-version-maps"));
}

async function versionMaps(folder: string): Promise<readonly AttackVersionMap[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const maps = await Promise.all(names.map((name) => versionMap(path.join(folder, name))));
  return maps.filter((map) => map !== undefined);
}

async function versionMap(file: string): Promise<AttackVersionMap | undefined> {
  const bytes = await fileBytes(file);
  const text = bytes.ok ? unpackedText(bytes.value, LARGEST_TABLE) : bytes;
  const map = text.ok ? attackVersionMap(text.value) : text;
  return map.ok ? map.value : undefined;
}
