/** Which versions of ATT&CK and ATLAS a folder holds, by the names of its files, and the table of redirects beside them. */
import { type Result } from "../base/result.ts";
import { objectIn } from "./attackJson.ts";

export interface VersionedFile {
  readonly name: string;
  /** For people and comparisons: "18.1" of `attack-v18.1.0.json.gz`. */
  readonly version: string;
}

/** Files of ATT&CK among names of files, the oldest version first. The first one is what `rule.threat` is written for. */
export function attackFiles(names: readonly string[]): readonly VersionedFile[] {
  return versionedFiles(names, /^attack-v(\d+(?:\.\d+){0,2})\.json\.gz$/);
}

/** Files of ATLAS, the oldest version first. The last one is the newest. */
export function atlasFiles(names: readonly string[]): readonly VersionedFile[] {
  return versionedFiles(names, /^atlas-v(\d+(?:\.\d+){0,2})\.json\.gz$/);
}

function versionedFiles(names: readonly string[], pattern: RegExp): readonly VersionedFile[] {
  return names
    .flatMap((name) => {
      const version = pattern.exec(name)?.[1];
      return version === undefined ? [] : [{ name, version: shortVersion(version) }];
    })
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** MITRE speaks of 18.1 where Elastic's files say 18.1.0. */
function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.0$/, "$1");
}

/** The newest file of a major version, as Elastic's loader takes it: for "19", that of 19.1 rather than 19.0. */
export function fileForVersion(files: readonly VersionedFile[], version: string): VersionedFile | undefined {
  return files.findLast((file) => majorOf(file.version) === majorOf(version));
}

export function majorOf(version: string): string {
  return version.split(".")[0] ?? version;
}

/** Negative if `a` is the older one. Parts that are no numbers count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map((part) => Number(part) || 0));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export type RedirectsError = { readonly kind: "no-mapping" };

/** The parsed JSON of `attack-technique-redirects.json`: from ids that were revoked to those that took their place. */
export function techniqueRedirects(json: unknown): Result<ReadonlyMap<string, string>, RedirectsError> {
  const mapping = objectIn(objectIn(json)?.["mapping"]);
  if (mapping === undefined) return { ok: false, error: { kind: "no-mapping" } };
  const pairs = Object.entries(mapping).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  return { ok: true, value: new Map(pairs) };
}
