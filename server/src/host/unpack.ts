/** Reads files of data that may be missing, cut off or far larger than they say. */
import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip, gunzipSync } from "node:zlib";
import { type Result } from "../core/base/result.ts";
import { unreachable } from "../core/base/unreachable.ts";
import { type FileFault } from "../core/knowledge/etc/schemaParts.ts";
import { type LimitedFault, inMegabytes, limitedBytes } from "./limitedFile.ts";

const MEGABYTE = 1024 * 1024;

/** Elastic's largest is 8 MB: what is larger is not read. */
const LARGEST_FILE = 128 * MEGABYTE;

/** How large a file may be once it is unpacked: several times what Elastic's are, far from what a packed bomb gives. */
export const LARGEST_UNPACKED = { integrations: 512 * MEGABYTE, others: 64 * MEGABYTE } as const;

export type FileRead<T> = Result<T, FileFault>;

/** The bytes of a file as it lies on the disk. */
export async function fileBytes(path: string): Promise<FileRead<Buffer>> {
  const read = await limitedBytes(path, LARGEST_FILE);
  return read.ok ? read : { ok: false, error: faultOf(read.error) };
}

function faultOf(error: LimitedFault): FileFault {
  switch (error.kind) {
    case "no-file":
      return { kind: "broken", text: "is no file" };
    case "too-large":
      return { kind: "broken", text: `is larger than ${inMegabytes(LARGEST_FILE)}` };
    case "refused":
      return error.code === "ENOENT" || error.code === "ENOTDIR"
        ? { kind: "missing", text: "is missing" }
        : { kind: "broken", text: `cannot be read (${error.code})` };
    default:
      return unreachable(error);
  }
}

/** The text of a file, unpacked if it is packed. */
export function unpackedText(bytes: Uint8Array, limit: number): FileRead<string> {
  try {
    const plain = isPacked(bytes) ? gunzipSync(bytes, { maxOutputLength: limit }) : bytes;
    if (limit < plain.length) return broken(`holds more than ${inMegabytes(limit)}`);
    return { ok: true, value: new TextDecoder("utf-8", { fatal: true }).decode(plain) };
  } catch (error) {
    return faultAbove(error, limit);
  }
}

/** The parsed JSON of a file. */
export function unpackedJson(bytes: Uint8Array, limit: number): FileRead<unknown> {
  const text = unpackedText(bytes, limit);
  if (!text.ok) return text;
  try {
    return { ok: true, value: JSON.parse(text.value) as unknown };
  } catch {
    return broken("is no JSON, or is cut off");
  }
}

/** Short texts are forgotten sooner than long ones. */
const PIECE = 64 * 1024;

/** Gives the text of a packed file to `push` piece by piece, until that wants no more. */
export async function unpackPieces(
  bytes: Uint8Array,
  limit: number,
  push: (piece: string) => "more" | "enough",
): Promise<FileRead<undefined>> {
  const decoder = new StringDecoder("utf8");
  const source = Readable.from([bytes], { objectMode: false });
  const stream = isPacked(bytes) ? source.pipe(createGunzip({ chunkSize: PIECE })) : source;
  let length = 0;
  try {
    for await (const chunk of stream) {
      // A stream without an encoding yields buffers.
      const piece = chunk as Buffer;
      length += piece.length;
      if (limit < length) return broken(`holds more than ${inMegabytes(limit)}`);
      if (push(decoder.write(piece)) === "enough") break;
    }
    return { ok: true, value: undefined };
  } catch (error) {
    return faultAbove(error, limit);
  } finally {
    stream.destroy();
  }
}

function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export type UnpackFault =
  | { readonly kind: "too-large" }
  /** `text` goes on after the name of the file. */
  | { readonly kind: "damaged"; readonly text: string };

/** What zlib and the decoder of texts throw. */
export function unpackFault(error: unknown): UnpackFault {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ERR_BUFFER_TOO_LARGE":
      return { kind: "too-large" };
    case "Z_BUF_ERROR":
      return { kind: "damaged", text: "is cut off" };
    case "Z_DATA_ERROR":
    case "Z_NEED_DICT":
      return { kind: "damaged", text: "cannot be unpacked" };
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
    case "ERR_STRING_TOO_LONG":
      return { kind: "damaged", text: "is no text" };
    default:
      throw error;
  }
}

function faultAbove(error: unknown, limit: number): FileRead<never> {
  const fault = unpackFault(error);
  return broken(fault.kind === "too-large" ? `holds more than ${inMegabytes(limit)}` : fault.text);
}

function broken(text: string): { readonly ok: false; readonly error: FileFault } {
  return { ok: false, error: { kind: "broken", text } };
}
