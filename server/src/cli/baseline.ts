/** Compares what was found with the problems that a project has accepted, and makes such a list. */
import path from "node:path";
import {
  type BaselineEntry,
  baselineEntry,
  baselineKey,
  entriesByPath,
  newProblems,
  openEntries,
} from "../core/analysis/baseline.ts";
import { pathFrom } from "../host/paths.ts";
import { type JudgedFile } from "./judge.ts";

export interface Baseline {
  readonly folder: string;
  readonly entries: readonly BaselineEntry[];
}

export interface Compared {
  readonly files: readonly JudgedFile[];
  /** How many problems the baseline took away. */
  readonly knownCount: number;
  /** What is no longer there; `count` of them. */
  readonly stale: readonly BaselineEntry[];
}

/** Problems of the files, and others that are kept; sorted, so that a change of it is a small one. */
export function baselineOf(
  folder: string,
  files: readonly JudgedFile[],
  kept: readonly BaselineEntry[],
): Baseline {
  const entries = [...countsIn(folder, files).values(), ...kept];
  return { folder, entries: entries.sort((a, b) => (baselineKey(a) < baselineKey(b) ? -1 : 1)) };
}

/** Takes away what the baseline knows. What it knows of files that were not judged is only missed if they are gone. */
export function compared(
  { folder, entries }: Baseline,
  files: readonly JudgedFile[],
  isGone: (file: string) => boolean,
): Compared {
  const byPath = entriesByPath(entries);
  const open = new Map(openEntries(entries));
  let knownCount = 0;
  const kept = files.map((file) => {
    const place = { path: pathFrom(folder, file.path), text: file.text };
    const accepted = openEntries(byPath.get(place.path) ?? []);
    const { diagnostics, open: left } = newProblems(accepted, place, file.diagnostics);
    for (const [key, count] of left) open.set(key, count);
    knownCount += file.diagnostics.length - diagnostics.length;
    return diagnostics === file.diagnostics ? file : { ...file, diagnostics };
  });
  const judged = new Set(files.map((file) => pathFrom(folder, file.path)));
  const stale = entries.flatMap((entry) => {
    const count = open.get(baselineKey(entry)) ?? 0;
    const isSeen = judged.has(entry.path) || isGone(path.join(folder, entry.path));
    return 0 < count && isSeen ? [{ ...entry, count }] : [];
  });
  return { files: kept, knownCount, stale };
}

function countsIn(folder: string, files: readonly JudgedFile[]): ReadonlyMap<string, BaselineEntry> {
  const counts = new Map<string, BaselineEntry>();
  for (const file of files) {
    for (const diagnostic of file.diagnostics) {
      const entry = baselineEntry(pathFrom(folder, file.path), file.text, diagnostic);
      const before = counts.get(baselineKey(entry))?.count ?? 0;
      counts.set(baselineKey(entry), { ...entry, count: before + 1 });
    }
  }
  return counts;
}
