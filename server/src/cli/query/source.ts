/** Where the events of a query come from: a file, or standard input. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { isFileError } from "../../host/fileError.ts";
import { UsageError } from "../exit.ts";

export interface EventSource {
  /** Undefined: standard input, read once. */
  readonly file: string | undefined;
  dispose(): Promise<void>;
}

const NOTHING_TO_DISPOSE = (): Promise<void> => Promise.resolve();

/** Standard input that must be read twice is kept in a file meanwhile. */
export async function eventSource(
  events: string | undefined,
  cwd: string,
  { isReadTwice }: { readonly isReadTwice: boolean },
): Promise<EventSource> {
  if (events !== undefined && events !== "-") {
    const file = path.resolve(cwd, events);
    try {
      if (!(await stat(file)).isDirectory()) return { file, dispose: NOTHING_TO_DISPOSE };
    } catch (error) {
      if (!isFileError(error)) throw error;
    }
    throw new UsageError(`There is no file of events ${events}`);
  }
  if (!isReadTwice) return { file: undefined, dispose: NOTHING_TO_DISPOSE };
  const folder = await mkdtemp(path.join(tmpdir(), "rulewright-"));
  const file = path.join(folder, "events.ndjson");
  await pipeline(process.stdin, createWriteStream(file));
  return { file, dispose: () => rm(folder, { recursive: true }) };
}
