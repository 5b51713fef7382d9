/** Finds the baseline that counts for the files of a folder. */
import { BASELINE_NAME, type BaselineEntry, readBaselineEntries } from "../core/analysis/baseline.ts";
import { type Host, decodeText } from "./host.ts";

export interface FoundBaseline {
  /** Its paths are told from here. */
  readonly folder: string;
  /** Undefined if it is none that we wrote. */
  readonly entries: readonly BaselineEntry[] | undefined;
}

/** The nearest one upward; undefined if there is none. */
export async function nearestBaseline(host: Host, start: string): Promise<FoundBaseline | undefined> {
  for (let folder: string | undefined = start; folder !== undefined; folder = host.parentOf(folder)) {
    const bytes = await host.readFile(host.join(folder, BASELINE_NAME));
    if (bytes !== undefined) return { folder, entries: readBaselineEntries(decodeText(bytes).text) };
  }
  return undefined;
}
