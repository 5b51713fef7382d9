/** The public repository of rules as a source of schema files: its listing, and the files, each held against that. */
import { parse as parseYaml } from "yaml";
import { type Result } from "../../core/base/result.ts";
import { gitHash } from "./gitHash.ts";
import { type DownloadOptions, download } from "./download.ts";
import { ETC_FOLDER, LARGEST_FILE, STACK_MAP, type SchemaVersions, isSchemaFile } from "./etcFiles.ts";

/** A file as it was fetched, by its path below `detection_rules/etc`. */
export interface FetchedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface FetchedFiles {
  /** The commit, or what else names the state that the files are of. */
  readonly revision: string;
  readonly files: readonly FetchedFile[];
}

export interface RepositorySource {
  /** Of an API in GitHub's shape: `https://api.github.com/repos/elastic/detection-rules`. */
  readonly apiUrl: string;
  /** Under which files stand as `<commit>/<path>`; empty: they are asked from the API. */
  readonly filesUrl: string;
  /** Branch, tag or commit. */
  readonly reference: string;
}

export interface UpdateWatch {
  readonly signal: AbortSignal;
  readonly proxy: string | undefined;
  /** Hears what is being fetched, and how much of the whole is done, from 0 to 1. */
  readonly onProgress: (what: string, share: number) => void;
}

interface ListedFile {
  readonly path: string;
  /** Git's hash of the content. */
  readonly sha: string;
  readonly size: number;
}

const GIT_HASH = /^[0-9a-f]{40}$/;
const LISTING_LIMIT = 64 * 1024 * 1024;

export async function fetchRepository(
  source: RepositorySource,
  watch: UpdateWatch,
): Promise<Result<FetchedFiles, string>> {
  watch.onProgress("the list of files", 0);
  const listing = await fetchListing(source, watch);
  if (!listing.ok) return listing;
  const { revision, files } = listing.value;
  const mapEntry = files.find(({ path }) => path === STACK_MAP);
  if (mapEntry === undefined)
    return {
      ok: false,
      error: `${source.apiUrl} lists no ${ETC_FOLDER}${STACK_MAP}: it is no repository of rules`,
    };
  const map = await fetchFile(source, revision, mapEntry, watch);
  if (!map.ok) return map;
  const versions = versionsIn(new TextDecoder().decode(map.value));
  const wanted = files.filter(({ path }) => path !== STACK_MAP && isSchemaFile(path, versions));
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  const fetched: FetchedFile[] = [{ path: STACK_MAP, bytes: map.value }];
  let done = 0;
  for (const file of wanted) {
    const onBytes = (count: number): void => {
      done += count;
      watch.onProgress(file.path, total === 0 ? 1 : Math.min(1, done / total));
    };
    const bytes = await fetchFile(source, revision, file, watch, onBytes);
    if (!bytes.ok) return bytes;
    fetched.push({ path: file.path, bytes: bytes.value });
  }
  return { ok: true, value: { revision, files: fetched } };
}

/** The versions of schemas that any supported stack needs. A map of another shape needs none. */
export function versionsIn(stackMap: string): SchemaVersions {
  const ecs = new Set<string>();
  const beats = new Set<string>();
  const endgame = new Set<string>();
  for (const stack of Object.values(plainYaml(stackMap))) {
    if (typeof stack !== "object" || stack === null) continue;
    // Checked to be an object: its members are looked at one by one.
    const row = stack as Readonly<Record<string, unknown>>;
    for (const [name, versions] of [
      ["ecs", ecs],
      ["beats", beats],
      ["endgame", endgame],
    ] as const) {
      const version = row[name];
      if (typeof version === "string") versions.add(version);
    }
  }
  return { ecs, beats, endgame };
}

function plainYaml(text: string): object {
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 100 });
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // A map that cannot be read names no version; the distiller says what is wrong with it.
    return {};
  }
}

async function fetchListing(
  { apiUrl, reference }: RepositorySource,
  watch: UpdateWatch,
): Promise<Result<{ readonly revision: string; readonly files: readonly ListedFile[] }, string>> {
  const options: DownloadOptions = { ...watch, limit: LISTING_LIMIT };
  const base = apiUrl.replace(/\/$/, "");
  const commit = await download(`${base}/commits/${encodeURIComponent(reference)}`, {
    ...options,
    accept: "application/vnd.github.sha",
  });
  if (!commit.ok) return commit;
  const revision = new TextDecoder().decode(commit.value).trim();
  if (!GIT_HASH.test(revision))
    return { ok: false, error: `${base} does not say which commit ${reference} is` };
  const tree = await download(`${base}/git/trees/${revision}?recursive=1`, options);
  if (!tree.ok) return tree;
  const files = listedFiles(new TextDecoder().decode(tree.value));
  return files === undefined
    ? { ok: false, error: `${base} answers with something that is no listing of files` }
    : { ok: true, value: { revision, files } };
}

function listedFiles(text: string): readonly ListedFile[] | undefined {
  const listing = jsonOf(text);
  if (typeof listing !== "object" || listing === null || !("tree" in listing) || !Array.isArray(listing.tree))
    return undefined;
  // A listing that was cut off would make us believe that files do not exist.
  if ("truncated" in listing && listing.truncated === true) return undefined;
  return listing.tree.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    // Checked to be an object: its members are looked at one by one.
    const { path, sha, size, type } = entry as Readonly<Record<string, unknown>>;
    if (type !== "blob" || typeof path !== "string" || typeof sha !== "string" || typeof size !== "number")
      return [];
    return path.startsWith(ETC_FOLDER) ? [{ path: path.slice(ETC_FOLDER.length), sha, size }] : [];
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function fetchFile(
  { apiUrl, filesUrl }: RepositorySource,
  revision: string,
  file: ListedFile,
  watch: UpdateWatch,
  onBytes?: (count: number) => void,
): Promise<Result<Uint8Array, string>> {
  if (LARGEST_FILE < file.size) return { ok: false, error: `${file.path} is larger than any schema file` };
  const url =
    filesUrl === ""
      ? `${apiUrl.replace(/\/$/, "")}/git/blobs/${file.sha}`
      : `${filesUrl.replace(/\/$/, "")}/${revision}/${ETC_FOLDER}${file.path}`;
  const fetched = await download(url, {
    signal: watch.signal,
    proxy: watch.proxy,
    limit: file.size,
    accept: "application/vnd.github.raw+json",
    ...(onBytes === undefined ? {} : { onBytes }),
  });
  if (!fetched.ok) return fetched;
  const problem = mismatch(file, fetched.value);
  return problem === undefined ? fetched : { ok: false, error: problem };
}

function mismatch({ path, sha, size }: ListedFile, bytes: Uint8Array): string | undefined {
  if (bytes.length !== size) return `${path} has ${bytes.length} bytes, and the listing says ${size}`;
  return gitHash(bytes) === sha ? undefined : `${path} is not what the listing says: its hash differs`;
}
