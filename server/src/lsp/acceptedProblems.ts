/** Problems that baselines accept: the editor does not tell them, as the command line does not. */
import {
  BASELINE_NAME,
  type BaselineEntry,
  entriesByPath,
  newProblems,
  openEntries,
} from "../core/analysis/baseline.ts";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { nearestBaseline } from "../host/baselines.ts";
import { type Host } from "../host/host.ts";
import { keptPromises } from "../host/keptPromises.ts";
import { pathBelow } from "../host/paths.ts";
import { type Log } from "./guard.ts";

/** What a baseline holds of one file. */
export interface AcceptedProblems {
  readonly path: string;
  readonly open: ReadonlyMap<string, number>;
}

/** The diagnostics of a text without those that are accepted. */
export function unaccepted(
  accepted: AcceptedProblems | undefined,
  text: string,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (accepted === undefined) return diagnostics;
  return newProblems(accepted.open, { path: accepted.path, text }, diagnostics).diagnostics;
}

interface Baseline {
  readonly folder: string;
  readonly byPath: ReadonlyMap<string, readonly BaselineEntry[]>;
}

export class Baselines {
  readonly #host: Host;
  readonly #log: Log;
  /** By folder. */
  readonly #known = keptPromises<Baseline | undefined>();

  constructor(host: Host, log: Log) {
    this.#host = host;
    this.#log = log;
  }

  /** Undefined where nothing is accepted. */
  async of(file: string, folder: string): Promise<AcceptedProblems | undefined> {
    const baseline = await this.#known.of(folder, () => this.#read(folder));
    const path = baseline && pathBelow(baseline.folder, file);
    const entries = path === undefined ? undefined : baseline?.byPath.get(path);
    return path === undefined || entries === undefined ? undefined : { path, open: openEntries(entries) };
  }

  forget(): void {
    this.#known.forgetAll();
  }

  async #read(start: string): Promise<Baseline | undefined> {
    const found = await nearestBaseline(this.#host, start);
    if (found === undefined) return undefined;
    const { folder, entries } = found;
    if (entries === undefined) {
      this.#log(`${this.#host.join(folder, BASELINE_NAME)} is no baseline: all problems are told`);
      return undefined;
    }
    return { folder, byPath: entriesByPath(entries) };
  }
}
