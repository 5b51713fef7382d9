/** A name for the content of files: it changes with any of them. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type LocatedFile } from "./schemaFiles.ts";
import { type FileRead, fileBytes } from "./unpack.ts";

export type ReadFile<T extends LocatedFile = LocatedFile> = T & { readonly bytes: FileRead<Buffer> };

/** Reads files as they lie on the disk. */
export function readFiles<T extends LocatedFile>(files: readonly T[]): Promise<readonly ReadFile<T>[]> {
  return Promise.all(
    files.map(async (located) => ({ ...located, bytes: located.bytes ?? (await fileBytes(located.path)) })),
  );
}

/** `madeBy` names what makes something of them. */
export async function revisionOf(files: readonly ReadFile[], madeBy: string): Promise<string> {
  const lines: string[] = [madeBy];
  for (const { file, bytes } of files) {
    const content = bytes.ok ? await sha256(bytes.value) : bytes.error.text;
    lines.push(`${file.kind} ${file.path} ${content}`);
  }
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

const SLICE = 1024 * 1024;

/** In slices of a few milliseconds, as the editor's server does it while it starts. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += SLICE) {
    hash.update(bytes.subarray(at, at + SLICE));
    if (SLICE <= bytes.length - at) await setImmediate();
  }
  return hash.digest("hex");
}
