/** Applies all safe fixes of files, in place. */
import { fixAll } from "../core/analysis/fixAll.ts";
import { runChecks } from "../core/analysis/runChecks.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { type WritableHost } from "../host/host.ts";
import { type Judge } from "./judge.ts";

/** A file that was changed, or should have been. */
export interface FixedFile {
  readonly path: string;
  /** Checks whose findings were mended, one for each fix. */
  readonly checks: readonly string[];
  /** The system's code, such as EACCES, if it could not be written. */
  readonly failure: string | undefined;
}

/** Undefined if there is nothing to mend. */
export async function fixFile(
  judge: Judge,
  host: WritableHost,
  path: string,
): Promise<FixedFile | undefined> {
  const file = await judge.read(path);
  // Bytes that are no UTF-8 would not be written back as they were.
  if (file === undefined || file.notUtf8At !== undefined || !file.snapshotOf(file.text).isRule())
    return undefined;
  const work = fixAll(file.text, (text) =>
    runChecks(file.snapshotOf(text), { checks: CHECKS, onCrash: judge.onCrash(path) }),
  );
  for (;;) {
    const step = work.next();
    if (step.done !== true) continue;
    const { text, fixed } = step.value;
    if (text === file.text) return undefined;
    return { path, checks: fixed, failure: await host.replaceFile(path, text) };
  }
}
