/** Reads files of folders that anybody may have filled: no pipe or device, which could last for ever, and nothing vast. */
import { readFile, readFileSync, stat, statSync, type Stats } from "node:fs";
import { promisify } from "node:util";
import { type Result } from "../core/base/result.ts";
import { isFileError } from "./fileError.ts";
import { decodeText } from "./host.ts";

export type LimitedFault =
  /** `code` is the system's, such as ENOENT. */
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "no-file" }
  | { readonly kind: "too-large" };

export type LimitedRead = Result<Buffer, LimitedFault>;

const MEGABYTE = 1024 * 1024;

/** Of rules and settings, in bytes: a hundred times what a long one has. */
export const LARGEST_TEXT = 32 * MEGABYTE;

/** The older interface of Node reads a small file three times as fast as that of promises, and rules are small and many. */
const bytesOf: (file: string) => Promise<Buffer> = promisify(readFile);
const statusOf: (file: string) => Promise<Stats> = promisify(stat);

export async function limitedBytes(file: string, limit: number): Promise<LimitedRead> {
  try {
    // Before it is opened: a pipe would keep us waiting.
    const fault = faultOf(await statusOf(file), limit);
    return fault === undefined ? { ok: true, value: await bytesOf(file) } : { ok: false, error: fault };
  } catch (error) {
    return refused(error);
  }
}

/** The same, for many small files: to wait for each costs more than to read it. */
export function limitedBytesAtOnce(file: string, limit: number): LimitedRead {
  try {
    const fault = faultOf(statSync(file), limit);
    return fault === undefined ? { ok: true, value: readFileSync(file) } : { ok: false, error: fault };
  } catch (error) {
    return refused(error);
  }
}

/** Whatever is wrong with it, there is nothing to read. */
export async function readableBytes(file: string): Promise<Buffer | undefined> {
  const read = await limitedBytes(file, LARGEST_TEXT);
  return read.ok ? read.value : undefined;
}

/** The same as text. */
export async function readableText(file: string): Promise<string | undefined> {
  const bytes = await readableBytes(file);
  return bytes && decodeText(bytes).text;
}

/** "12 MB" */
export function inMegabytes(size: number): string {
  return `${size / MEGABYTE} MB`;
}

function faultOf(status: Stats, limit: number): LimitedFault | undefined {
  if (!status.isFile()) return { kind: "no-file" };
  return limit < status.size ? { kind: "too-large" } : undefined;
}

function refused(error: unknown): LimitedRead {
  if (isFileError(error)) return { ok: false, error: { kind: "refused", code: error.code } };
  throw error;
}
