/** What a checkout of Elastic's knows of packages and versions, for what Kibana receives. Kept while its files stay the same. */
import path from "node:path";
import { type ApiFacts, NO_FACTS } from "../core/kibana/apiRule.ts";
import { type PackageManifests, readPackageManifests } from "../core/kibana/packageVersions.ts";
import { REGISTRY_FOLDER } from "../core/knowledge/etc/etcFiles.ts";
import { etcFolderAbove } from "./etcPlace.ts";
import { type Host } from "./host.ts";
import { stampOf } from "./testFiles.ts";
import { LARGEST_UNPACKED, fileBytes, unpackedJson } from "./unpack.ts";

export interface ApiFactsStore {
  /** Of the rules in a folder. */
  of(folder: string): Promise<ApiFacts>;
}

const MANIFESTS = "integration-manifests.json.gz";
const LOCK = "version.lock.json";

export function apiFactsStore(host: Host): ApiFactsStore {
  const manifests = keptFile(readPackageManifests);
  const locks = keptFile(lockedVersions);
  return {
    async of(folder) {
      const etcFolder = (await etcFolderAbove(host, folder, undefined))?.etcFolder;
      if (etcFolder === undefined) return NO_FACTS;
      const own = await manifests(path.join(etcFolder, MANIFESTS));
      const newer = await manifests(path.join(etcFolder, REGISTRY_FOLDER, MANIFESTS));
      const lock = await locks(path.join(etcFolder, LOCK));
      return { manifests: merged(own, newer), lockedVersion: (id) => lock?.get(id) };
    },
  };
}

/** A file of JSON, read again once it is another one. Undefined if it cannot be read. */
function keptFile<T>(read: (value: unknown) => T): (file: string) => Promise<T | undefined> {
  const kept = new Map<string, { readonly version: string; readonly value: T | undefined }>();
  return async (file) => {
    const version = (await stampOf(file)) ?? "none";
    const known = kept.get(file);
    if (known?.version === version) return known.value;
    const bytes = await fileBytes(file);
    const json = bytes.ok ? unpackedJson(bytes.value, LARGEST_UNPACKED.others) : bytes;
    const value = json.ok ? read(json.value) : undefined;
    kept.set(file, { version, value });
    return value;
  };
}

function merged(
  own: PackageManifests | undefined,
  newer: PackageManifests | undefined,
): PackageManifests | undefined {
  if (own === undefined || newer === undefined) return own ?? newer;
  const all = new Map(own);
  for (const [name, versions] of newer) {
    const known = new Set((own.get(name) ?? []).map(({ version }) => version));
    all.set(name, [...(own.get(name) ?? []), ...versions.filter(({ version }) => !known.has(version))]);
  }
  return all;
}

/** By rule id. */
function lockedVersions(value: unknown): ReadonlyMap<string, number> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([id, entry]: [string, unknown]) => {
      if (typeof entry !== "object" || entry === null || !("version" in entry)) return [];
      return typeof entry.version === "number" ? [[id, entry.version] as const] : [];
    }),
  );
}
