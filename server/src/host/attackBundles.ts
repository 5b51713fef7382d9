/** The bundles of ATT&CK and ATLAS in a folder, and what is kept of them. */
import path from "node:path";
import { type AttackData } from "../core/knowledge/attackData.ts";
import { atlasFiles, attackFiles } from "../core/knowledge/attackFiles.ts";
import { type FileFault } from "../core/knowledge/etc/schemaParts.ts";
import { unversioned } from "../core/knowledge/etc/etcFiles.ts";
import { type LocatedFile, namesIn } from "./schemaFiles.ts";

/** Of entries of the cache. */
export const ATTACK_KIND = "attack";

export interface BundleFile extends LocatedFile {
  readonly framework: "MITRE ATT&CK" | "MITRE ATLAS";
  readonly version: string;
}

export interface ReadBundle {
  readonly path: string;
  readonly version: string;
  readonly framework: "MITRE ATT&CK" | "MITRE ATLAS";
  readonly data: AttackData | undefined;
  /** Why there is none. */
  readonly fault: FileFault | undefined;
}

/** Those of ATT&CK first, the oldest version of each first. */
export async function bundleFiles(etcFolder: string): Promise<readonly BundleFile[]> {
  const names = await namesIn(etcFolder);
  return [
    ...attackFiles(names).map((file) => ({ ...file, framework: "MITRE ATT&CK" as const })),
    ...atlasFiles(names).map((file) => ({ ...file, framework: "MITRE ATLAS" as const })),
  ].map(({ name, version, framework }) => ({
    file: unversioned("attack", name),
    path: path.join(etcFolder, name),
    bytes: undefined,
    framework,
    version,
  }));
}

export function packedBundles(bundles: readonly ReadBundle[]): Uint8Array {
  return Buffer.from(JSON.stringify(bundles));
}

/** Of bytes that `packedBundles` made: whoever kept them vouches for that. */
export function unpackedBundles(bytes: Uint8Array): readonly ReadBundle[] {
  return JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"),
  ) as readonly ReadBundle[];
}
