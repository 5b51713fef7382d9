/** The package registry as a source of schemas: versions of packages that are newer than those of the repository. */
import { gzipSync } from "node:zlib";
import { type Manifests, mergedManifests, readManifests } from "../../core/knowledge/etc/manifests.ts";
import { readPackageVersion } from "../../core/knowledge/etc/packageVersion.ts";
import { readStackMap, supportedStacks } from "../../core/knowledge/etc/stackMap.ts";
import { candidates } from "../../core/knowledge/etc/versionChoice.ts";
import { parsedYaml } from "../../core/knowledge/etc/yaml.ts";
import { type Result } from "../../core/base/result.ts";
import { LARGEST_UNPACKED, unpackedJson } from "../unpack.ts";
import { download } from "./download.ts";
import { STACK_MAP } from "./etcFiles.ts";
import { packageFields } from "./packageFields.ts";
import { type FetchedFile, type FetchedFiles, type UpdateWatch } from "./repository.ts";

const MANIFESTS = "integration-manifests.json.gz";
const LISTING_LIMIT = 32 * 1024 * 1024;
const PACKAGE_LIMIT = 128 * 1024 * 1024;

/** A version of a package as the registry lists it. */
interface ListedVersion {
  readonly name: string;
  readonly version: string;
  readonly conditions: unknown;
  /** Path of its archive. */
  readonly download: string;
}

/** The files of the repository, with two more for what the registry has beyond it, if it has anything. */
export async function withRegistry(
  registryUrl: string,
  fetched: FetchedFiles,
  watch: UpdateWatch,
): Promise<Result<FetchedFiles, string>> {
  const known = jsonManifests(fetched.files);
  if (known === undefined) return { ok: true, value: fetched };
  const base = registryUrl.replace(/\/$/, "");
  const names = [...known.keys()];
  const listed: ListedVersion[] = [];
  for (const [i, name] of names.entries()) {
    watch.onProgress(`versions of ${name}`, i / names.length);
    const versions = await versionsOf(base, name, watch);
    if (!versions.ok) return versions;
    const old = new Set(known.get(name)?.map(({ version }) => version));
    listed.push(...versions.value.filter(({ version }) => !old.has(version)));
  }
  const wanted = selected(known, listed, fetched.files);
  const schemas: NamedVersions = new Map();
  for (const [i, one] of wanted.entries()) {
    watch.onProgress(`${one.name} ${one.version}`, i / wanted.length);
    const archive = await download(`${base}${one.download}`, { ...watch, limit: PACKAGE_LIMIT });
    if (!archive.ok) return archive;
    const fields = packageFields(archive.value);
    if (!fields.ok) return { ok: false, error: `${one.name} ${one.version} of ${base} ${fields.error}` };
    addVersion(schemas, one, fields.value);
  }
  if (wanted.length === 0) return { ok: true, value: fetched };
  const files = [
    packed(MANIFESTS, manifestsOf(wanted)),
    packed("integration-schemas.json.gz", recordIn(schemas)),
  ];
  return { ok: true, value: { ...fetched, files: [...fetched.files, ...files] } };
}

function jsonManifests(files: readonly FetchedFile[]): Manifests | undefined {
  const file = files.find(({ path }) => path === MANIFESTS);
  const json = file === undefined ? undefined : unpackedJson(file.bytes, LARGEST_UNPACKED.others);
  return json?.ok === true ? readManifests(json.value).value : undefined;
}

/** Those that some supported stack would take. */
function selected(
  known: Manifests,
  listed: readonly ListedVersion[],
  files: readonly FetchedFile[],
): readonly ListedVersion[] {
  const all = mergedManifests(known, readManifests(manifestsOf(listed)).value);
  const stacks = supportedStacks(
    readStackMap(yamlFile(files, STACK_MAP)).value,
    readPackageVersion(yamlFile(files, "packages.yaml")).value,
  );
  return listed.filter(({ name, version }) =>
    stacks.some((stack) => candidates(stack.version, all.get(name) ?? []).versions[0] === version),
  );
}

function yamlFile(files: readonly FetchedFile[], path: string): unknown {
  const file = files.find((one) => one.path === path);
  const yaml = file === undefined ? undefined : parsedYaml(new TextDecoder().decode(file.bytes));
  return yaml?.ok === true ? yaml.value : undefined;
}

function manifestsOf(versions: readonly ListedVersion[]): unknown {
  const manifests: NamedVersions = new Map();
  for (const one of versions) addVersion(manifests, one, { name: one.name, conditions: one.conditions });
  return recordIn(manifests);
}

/** By name, then by version: names come from archives and lists that anybody may have made, and an object knows some already. */
type NamedVersions = Map<string, Map<string, unknown>>;

function addVersion(all: NamedVersions, { name, version }: ListedVersion, value: unknown): void {
  const versions = all.get(name) ?? new Map<string, unknown>();
  all.set(name, versions.set(version, value));
}

/** Maps in it as objects, which JSON can hold. */
function recordIn(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  // `fromEntries` defines members: no name of them reaches the prototype.
  return Object.fromEntries(
    [...value].map(([key, member]: readonly [unknown, unknown]) => [key, recordIn(member)]),
  );
}

function packed(name: string, value: unknown): FetchedFile {
  return { path: `registry/${name}`, bytes: gzipSync(JSON.stringify(value)) };
}

async function versionsOf(
  base: string,
  name: string,
  watch: UpdateWatch,
): Promise<Result<readonly ListedVersion[], string>> {
  const url = `${base}/search?package=${encodeURIComponent(name)}&all=true`;
  const answer = await download(url, { ...watch, limit: LISTING_LIMIT });
  if (!answer.ok) return answer;
  const list = jsonIn(() => new TextDecoder().decode(answer.value));
  if (!Array.isArray(list))
    return { ok: false, error: `${url} answers with something that is no list of packages` };
  return { ok: true, value: list.flatMap((entry: unknown) => listedVersion(entry, name)) };
}

function listedVersion(entry: unknown, name: string): readonly ListedVersion[] {
  if (typeof entry !== "object" || entry === null) return [];
  // Checked to be an object: its members are looked at one by one.
  const { name: entryName, version, conditions, download: path } = entry as Readonly<Record<string, unknown>>;
  if (entryName !== name || typeof version !== "string" || typeof path !== "string") return [];
  return path.startsWith("/") ? [{ name, version, conditions, download: path }] : [];
}

function jsonIn(text: () => string): unknown {
  try {
    return JSON.parse(text());
  } catch {
    return undefined;
  }
}
