/** Keeps downloaded schemas in a folder of ours: a new state takes the place of the old one whole, or not at all. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gitHash } from "./gitHash.ts";
import { type Result } from "../../core/base/result.ts";
import { putFile } from "../wholeFile.ts";
import { type FetchedFiles } from "./repository.ts";

/** What is written beside the files, so that anybody can hold them against their source. */
export interface UpdateRecord {
  /** Address or path that they came from. */
  readonly source: string;
  readonly revision: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly files: readonly RecordedFile[];
}

export interface RecordedFile {
  readonly path: string;
  readonly size: number;
  readonly gitHash: string;
  readonly sha256: string;
}

export interface StoredSchemas {
  readonly etcFolder: string;
  readonly record: UpdateRecord;
}

const CURRENT = "current.json";
const RECORD = "record.json";

/** What an update left in the folder; undefined if there was none, or it cannot be read. */
export async function storedSchemas(folder: string): Promise<StoredSchemas | undefined> {
  const current = await readJson(path.join(folder, CURRENT));
  const name = memberOf(current, "folder");
  if (typeof name !== "string" || path.basename(name) !== name) return undefined;
  const record = await readJson(path.join(folder, name, RECORD));
  if (!isRecord(record)) return undefined;
  return { etcFolder: path.join(folder, name, "etc"), record };
}

export interface StoreOptions {
  /** Address or path that the files come from. */
  readonly source: string;
  readonly fetchedAt: Date;
  /** Why the files of a folder cannot be used; undefined if they can. */
  readonly problemOf: (etcFolder: string) => Promise<string | undefined>;
}

/** Writes all files beside the old ones, sees whether they can be used, then points at them, then removes the old ones. */
export async function storeSchemas(
  folder: string,
  { source, fetchedAt, problemOf }: StoreOptions,
  { revision, files }: FetchedFiles,
): Promise<Result<StoredSchemas, string>> {
  await mkdir(folder, { recursive: true });
  const name = `schemas-${randomUUID()}`;
  const etcFolder = path.join(folder, name, "etc");
  const record: UpdateRecord = {
    source,
    revision,
    fetchedAt: fetchedAt.toISOString(),
    files: files.map((file) => ({
      path: file.path,
      size: file.bytes.length,
      gitHash: gitHash(file.bytes),
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
    })),
  };
  try {
    for (const file of files) {
      const target = path.join(etcFolder, ...file.path.split("/"));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.bytes, { flush: true });
    }
    const problem = await problemOf(etcFolder);
    if (problem !== undefined) {
      await rm(path.join(folder, name), { recursive: true, force: true });
      return { ok: false, error: problem };
    }
    await writeFile(path.join(folder, name, RECORD), `${JSON.stringify(record, null, 2)}\n`, { flush: true });
    await putFile(path.join(folder, CURRENT), { content: JSON.stringify({ folder: name }), flush: true });
  } catch (error) {
    await rm(path.join(folder, name), { recursive: true, force: true });
    throw error;
  }
  await removeOthers(folder, name);
  return { ok: true, value: { etcFolder, record } };
}

/** What a failed removal leaves behind is removed by the next update. */
async function removeOthers(folder: string, kept: string): Promise<void> {
  const names = await readdir(folder);
  const others = names.filter((name) => name.startsWith("schemas-") && name !== kept);
  await Promise.allSettled(
    others.map((name) => rm(path.join(folder, name), { recursive: true, force: true })),
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  // Checked to be an object.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isRecord(value: unknown): value is UpdateRecord {
  return (
    typeof memberOf(value, "source") === "string" &&
    typeof memberOf(value, "revision") === "string" &&
    typeof memberOf(value, "fetchedAt") === "string" &&
    Array.isArray(memberOf(value, "files"))
  );
}
