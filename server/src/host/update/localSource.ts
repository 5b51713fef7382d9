/** Schema files from a folder or an archive, for machines without a way out. */
import { createReadStream } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Unzip, UnzipInflate } from "fflate";
import { extract } from "tar-stream";
import { type Result } from "../../core/base/result.ts";
import { pathFrom } from "../paths.ts";
import { LARGEST_FILE, STACK_MAP, isSchemaFile } from "./etcFiles.ts";
import { type FetchedFile, type FetchedFiles, type UpdateWatch, versionsIn } from "./repository.ts";

/** Of all files that we take from an archive together. */
const LARGEST_ARCHIVE = 3 * LARGEST_FILE;

/** `location` is a checkout, its `detection_rules/etc`, or an archive (`.zip`, `.tar.gz`, `.tgz`, `.tar`) of either. */
export async function readLocal(location: string, watch: UpdateWatch): Promise<Result<FetchedFiles, string>> {
  watch.onProgress(path.basename(location), 0);
  try {
    const isFolder = (await stat(location)).isDirectory();
    const all = isFolder ? await filesInFolder(location) : await filesInArchive(location, watch.signal);
    if (watch.signal.aborted) return { ok: false, error: "The update was cancelled" };
    return selected(location, all);
  } catch (error) {
    return { ok: false, error: `${location} could not be read: ${reasonOf(error)}` };
  }
}

/** What the libraries of archives say is for those who unpack, not for those who named the file. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && typeof error.code === "string" && error.code.startsWith("Z_"))
    return "it is no archive packed with gzip, or is cut off";
  return /tar header|Unexpected end of data/.test(error.message)
    ? "it is no tar archive, or is cut off"
    : error.message;
}

function selected(location: string, all: readonly FetchedFile[]): Result<FetchedFiles, string> {
  const map = all.find((file) => file.path === STACK_MAP);
  if (map === undefined)
    return { ok: false, error: `${location} holds no ${STACK_MAP}: it is no repository of rules` };
  const versions = versionsIn(new TextDecoder().decode(map.bytes));
  const files = all.filter((file) => isSchemaFile(file.path, versions));
  return { ok: true, value: { revision: path.basename(location), files } };
}

async function filesInFolder(location: string): Promise<readonly FetchedFile[]> {
  const inCheckout = path.join(location, "detection_rules", "etc");
  const isCheckout = await stat(inCheckout).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const etc = isCheckout ? inCheckout : location;
  const names = await readdir(etc, { recursive: true, withFileTypes: true });
  const files: FetchedFile[] = [];
  for (const entry of names) {
    const full = path.join(entry.parentPath, entry.name);
    const relative = pathFrom(etc, full);
    if (!entry.isFile() || !isSchemaFile(relative, undefined) || LARGEST_FILE < (await stat(full)).size)
      continue;
    files.push({ path: relative, bytes: await readFile(full) });
  }
  return files;
}

async function filesInArchive(location: string, signal: AbortSignal): Promise<readonly FetchedFile[]> {
  const keeper = archiveKeeper();
  if (location.endsWith(".zip")) await readZip(location, keeper, signal);
  else await readTar(location, keeper, signal);
  return keeper.files;
}

interface ArchiveKeeper {
  readonly files: readonly FetchedFile[];
  /** The path below `etc`, if an entry of the archive is one of ours. */
  pathOf(entry: string): string | undefined;
  /** Collects one entry. Throws if it, or the archive, unpacks to more than anything that we read. */
  entry(path: string): { add(chunk: Uint8Array): void; end(): void };
}

function archiveKeeper(): ArchiveKeeper {
  const files: FetchedFile[] = [];
  let total = 0;
  return {
    files,
    pathOf(entry) {
      const [, below] = /(?:^|\/)(?:detection_rules\/)?etc\/(.+)$/.exec(entry) ?? [];
      return below !== undefined && isSchemaFile(below, undefined) ? below : undefined;
    },
    entry(file) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      return {
        add(chunk) {
          size += chunk.length;
          total += chunk.length;
          if (LARGEST_FILE < size || LARGEST_ARCHIVE < total)
            throw new Error("it unpacks to more than a repository of rules has");
          chunks.push(chunk);
        },
        end: () => void files.push({ path: file, bytes: Buffer.concat(chunks) }),
      };
    },
  };
}

async function readTar(location: string, keeper: ArchiveKeeper, signal: AbortSignal): Promise<void> {
  const entries = extract();
  entries.on("entry", ({ name }, stream, next) => {
    const below = keeper.pathOf(name);
    const kept = below === undefined ? undefined : keeper.entry(below);
    stream.on("data", (chunk: unknown) => {
      try {
        if (chunk instanceof Uint8Array) kept?.add(chunk);
      } catch (error) {
        entries.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.on("end", () => {
      kept?.end();
      next();
    });
    stream.on("error", next);
    stream.resume();
  });
  const file = createReadStream(location);
  if (location.endsWith(".tar")) await pipeline(file, entries, { signal });
  else await pipeline(file, createGunzip(), entries, { signal });
}

async function readZip(location: string, keeper: ArchiveKeeper, signal: AbortSignal): Promise<void> {
  const unzip = new Unzip((entry) => {
    const below = keeper.pathOf(entry.name);
    if (below === undefined) return;
    const kept = keeper.entry(below);
    entry.ondata = (error, chunk, isLast) => {
      // fflate hands null to a listener whose entry is sound, whatever its types say.
      if (error as Error | null) throw error;
      kept.add(chunk);
      if (isLast) kept.end();
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of createReadStream(location)) {
    signal.throwIfAborted();
    // A stream without an encoding yields bytes.
    unzip.push(chunk as Uint8Array);
  }
  unzip.push(new Uint8Array(0), true);
}
