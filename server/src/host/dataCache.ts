/** Keeps what took long to make in a folder, by the content that it was made of. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { isFileError } from "./fileError.ts";
import { namesIn } from "./schemaFiles.ts";
import { putFile } from "./wholeFile.ts";

export interface CacheEntry {
  readonly folder: string;
  /** Letters: entries of a kind push out the oldest of their own kind only. */
  readonly kind: string;
  /** Names the content that it was made of, and the form in which it is kept. */
  readonly key: string;
}

/** As many as there are branches and checkouts that somebody goes back and forth between. */
const KEPT_ENTRIES = 4;

/** The bytes that were kept; undefined if there are none. A file that is not what was written is removed. */
export async function cachedBytes(entry: CacheEntry): Promise<Uint8Array | undefined> {
  const file = fileOf(entry);
  const bytes = await bytesIn(file);
  if (bytes === undefined) return undefined;
  const content = unsealed(bytes);
  if (content === undefined) {
    await rm(file, { force: true });
    return undefined;
  }
  // The time of its last use says which entry to remove. Somebody else may have removed this one.
  await ignoringFileErrors(utimes(file, new Date(), new Date()));
  return content;
}

/** Writes beside and renames, so that nobody sees half of it; then removes the oldest beyond a few. */
export async function cacheBytes(entry: CacheEntry, content: Uint8Array): Promise<void> {
  await mkdir(entry.folder, { recursive: true });
  // What is kept of rules is nobody else's business. It is sealed, and can be made again.
  await putFile(fileOf(entry), { content: sealed(content), mode: 0o600, flush: false });
  await removeOldest(entry);
}

/** The system's code, such as EACCES, if it cannot be written. */
export async function tryCaching(entry: CacheEntry, content: Uint8Array): Promise<string | undefined> {
  try {
    await cacheBytes(entry, content);
    return undefined;
  } catch (error) {
    if (isFileError(error)) return error.code;
    throw error;
  }
}

const SEAL_SIZE = 32;

/** Numbers are kept as they lie in memory, which is not the same on all machines. */
const BYTE_ORDER = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? "little" : "big";

function seal(content: Uint8Array): Buffer {
  return createHash("sha256").update(BYTE_ORDER).update(content).digest();
}

function sealed(content: Uint8Array): Uint8Array {
  return Buffer.concat([seal(content), content]);
}

function unsealed(bytes: Uint8Array): Uint8Array | undefined {
  const content = bytes.subarray(SEAL_SIZE);
  return SEAL_SIZE <= bytes.length && seal(content).equals(bytes.subarray(0, SEAL_SIZE))
    ? content
    : undefined;
}

function fileOf({ folder, kind, key }: CacheEntry): string {
  return path.join(folder, `${kind}-${key}.bin`);
}

async function bytesIn(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

async function removeOldest({ folder, kind }: CacheEntry): Promise<void> {
  const names = (await namesIn(folder)).filter(
    (name) => name.startsWith(`${kind}-`) && name.endsWith(".bin"),
  );
  const files = await Promise.all(names.map((name) => agedFile(path.join(folder, name))));
  const oldest = files.sort((a, b) => b.usedAt - a.usedAt).slice(KEPT_ENTRIES);
  for (const { file } of oldest) await ignoringFileErrors(rm(file, { force: true }));
}

async function agedFile(file: string): Promise<{ readonly file: string; readonly usedAt: number }> {
  const status = await ignoringFileErrors(stat(file));
  return { file, usedAt: status?.mtimeMs ?? 0 };
}

/** Another process may use the same folder. */
async function ignoringFileErrors<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
