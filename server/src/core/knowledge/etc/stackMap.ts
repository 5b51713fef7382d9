/** Reads `stack-schema-map.yaml`: which versions of the schemas belong to which version of the stack. */
import { objectIn } from "../attackJson.ts";
import { type Reading } from "./reading.ts";
import { type StackVersion, compareStacks, stackVersion, stackVersionText } from "./stackVersion.ts";

export interface StackEntry {
  readonly version: StackVersion;
  readonly ecs: string | undefined;
  readonly beats: string | undefined;
  readonly endgame: string | undefined;
  /** Custom schemas, in the order of the file. */
  readonly custom: readonly CustomFile[];
}

export interface CustomFile {
  readonly name: string;
  /** Absolute, or relative to the folder of the stack map. */
  readonly path: string;
}

/** Entries, the oldest stack first. */
export function readStackMap(value: unknown): Reading<readonly StackEntry[]> {
  const table = objectIn(value);
  if (table === undefined) return { value: [], problems: ["holds no table of stack versions"] };
  const problems: string[] = [];
  const entries = new Map<string, StackEntry>();
  for (const [key, row] of Object.entries(table)) {
    // Elastic's loader passes over an entry without content.
    if (row === null) continue;
    const version = stackVersion(key);
    const columns = objectIn(row);
    if (version === undefined) problems.push(`has \`${key}\`, which is no version`);
    else if (columns === undefined) problems.push(`has no table under \`${key}\``);
    else entries.set(stackVersionText(version), stackEntry(version, columns, problems));
  }
  if (entries.size === 0 && problems.length === 0) problems.push("names no stack version");
  const sorted = [...entries.values()].sort((a, b) => compareStacks(a.version, b.version));
  return { value: sorted, problems };
}

/** A rule is checked on every stack of the map up to the version that the repository builds for. */
export function supportedStacks(
  entries: readonly StackEntry[],
  packageVersion: StackVersion | undefined,
): readonly StackEntry[] {
  if (packageVersion === undefined) return entries;
  return entries.filter(({ version }) => compareStacks(version, packageVersion) <= 0);
}

const OWN_COLUMNS = ["beats", "ecs", "endgame"];

function stackEntry(
  version: StackVersion,
  columns: Readonly<Record<string, unknown>>,
  problems: string[],
): StackEntry {
  const stack = stackVersionText(version);
  const schemaVersion = (column: string): string | undefined => {
    const text = versionText(columns[column]);
    // What stands here becomes part of a path.
    if (text !== undefined && /^[\w.+-]+$/.test(text) && !text.startsWith(".")) return text;
    problems.push(`has no version of \`${column}\` for ${stack}`);
    return undefined;
  };
  const custom = Object.entries(columns).flatMap(([name, path]) => {
    if (OWN_COLUMNS.includes(name)) return [];
    if (typeof path === "string" && path !== "") return [{ name, path }];
    problems.push(`has no path under \`${name}\` for ${stack}`);
    return [];
  });
  return {
    version,
    ecs: schemaVersion("ecs"),
    beats: schemaVersion("beats"),
    endgame: schemaVersion("endgame"),
    custom,
  };
}

function versionText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
