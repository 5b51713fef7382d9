/** Where the baseline stands, and how it is read and written. */
import path from "node:path";
import { BASELINE_NAME, type BaselineEntry, baselineText } from "../core/analysis/baseline.ts";
import { nearestBaseline } from "../host/baselines.ts";
import { type WritableHost } from "../host/host.ts";
import { isFileError } from "../host/fileError.ts";
import { pathFrom } from "../host/paths.ts";
import { createFile } from "../host/wholeFile.ts";
import { type Baseline, baselineOf } from "./baseline.ts";
import { UsageError } from "./exit.ts";
import { type JudgedFile } from "./judge.ts";

/** The nearest one upward; undefined if there is none. */
export async function findBaseline(host: WritableHost, cwd: string): Promise<Baseline | undefined> {
  const found = await nearestBaseline(host, cwd);
  if (found === undefined) return undefined;
  const { folder, entries } = found;
  if (entries !== undefined) return { folder, entries };
  const file = path.relative(cwd, path.join(folder, BASELINE_NAME));
  throw new UsageError(`${file} is no baseline: write it again with --write-baseline`);
}

/** Writes the problems of the files in the place of those that the baseline had for them; gives the new one. */
export async function writeBaseline(
  host: WritableHost,
  before: Baseline | undefined,
  folder: string,
  files: readonly JudgedFile[],
): Promise<Baseline> {
  const place = before?.folder ?? folder;
  const judged = new Set(files.map((file) => pathFrom(place, file.path)));
  const kept: BaselineEntry[] = [];
  for (const entry of before?.entries ?? []) {
    // What was not judged now stays as it is, unless its file is gone.
    const isThere =
      !judged.has(entry.path) && (await host.readFile(path.join(place, entry.path))) !== undefined;
    if (isThere) kept.push(entry);
  }
  const baseline = baselineOf(place, files, kept);
  const file = path.join(place, BASELINE_NAME);
  const text = baselineText(baseline.entries);
  const failure = await (before === undefined ? created(file, text) : host.replaceFile(file, text));
  if (failure !== undefined) throw new UsageError(`${file} cannot be written (${failure})`);
  return baseline;
}

/** Gives the system's code if it cannot be done. */
async function created(file: string, text: string): Promise<string | undefined> {
  try {
    return (await createFile(file, text)) ? undefined : "EEXIST";
  } catch (error) {
    if (isFileError(error)) return error.code;
    throw error;
  }
}
