/** Reads `integration-manifests.json`: which packages there are, in which versions, and on which stacks those run. */
import compare from "semver/functions/compare.js";
import valid from "semver/functions/valid.js";
import { objectIn, textIn } from "../attackJson.ts";
import { type Reading } from "./reading.ts";
import { type StackRange, stackRange } from "./kibanaRange.ts";

export interface PackageVersion {
  readonly version: string;
  /** Undefined if the manifest does not say on which stacks it runs, or in words that are not understood. */
  readonly stacks: StackRange | undefined;
}

/** Versions by package, the newest first. */
export type Manifests = ReadonlyMap<string, readonly PackageVersion[]>;

export function readManifests(value: unknown): Reading<Manifests> {
  const table = objectIn(value);
  if (table === undefined) return { value: new Map(), problems: ["holds no table of packages"] };
  const packages = new Map<string, readonly PackageVersion[]>();
  const problems: string[] = [];
  for (const [name, content] of Object.entries(table)) {
    const versions = objectIn(content);
    if (versions === undefined) problems.push(`has no table of versions under \`${name}\``);
    packages.set(name, versions === undefined ? UNREAD : packageVersions(name, versions, problems));
  }
  if (packages.size === 0 && problems.length === 0) problems.push("names no package");
  return { value: packages, problems };
}

/** Of a package that is there, though nothing can be said of its versions. */
const UNREAD: readonly PackageVersion[] = [{ version: "?", stacks: undefined }];

function packageVersions(
  name: string,
  versions: Readonly<Record<string, unknown>>,
  problems: string[],
): readonly PackageVersion[] {
  const read: PackageVersion[] = [];
  const strange: PackageVersion[] = [];
  for (const [version, manifest] of Object.entries(versions)) {
    if (valid(version) === null) {
      problems.push(`has \`${version}\` under \`${name}\`, which is no version`);
      strange.push({ version, stacks: undefined });
      continue;
    }
    const stacks = runsOn(manifest);
    if (stacks === undefined) problems.push(`does not say on which stacks ${name} ${version} runs`);
    read.push({ version, stacks });
  }
  // What cannot be put in order may be the newest.
  return [...strange, ...read.sort((a, b) => compare(b.version, a.version))];
}

function runsOn(manifest: unknown): StackRange | undefined {
  const kibana = objectIn(objectIn(objectIn(manifest)?.["conditions"])?.["kibana"]);
  const text = textIn(kibana, "version");
  return text === undefined ? undefined : stackRange(text);
}

/** Versions of both, each once. */
export function mergedManifests(base: Manifests, more: Manifests): Manifests {
  const merged = new Map(base);
  for (const [name, versions] of more) {
    const known = merged.get(name) ?? [];
    const added = versions.filter(({ version }) => !known.some((one) => one.version === version));
    merged.set(name, [...known, ...added].sort(newestFirst));
  }
  return merged;
}

function newestFirst(a: PackageVersion, b: PackageVersion): number {
  if (valid(a.version) === null || valid(b.version) === null) return valid(a.version) === null ? -1 : 1;
  return compare(b.version, a.version);
}
