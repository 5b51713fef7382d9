/** Runs something, and again whenever a rule or a test below the paths of a command line changes. */
import { type FSWatcher, existsSync, statSync, watch } from "node:fs";
import path from "node:path";
import { mayMatter } from "../../host/testFiles.ts";

export interface Watching {
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly run: () => Promise<unknown>;
  /** A run after the first one failed, or a folder cannot be watched any more. */
  readonly onProblem: (error: unknown) => void;
}

/** Editors write a file in several steps. */
const QUIET_MILLISECONDS = 100;

/** Until the process is asked to end, or the first run fails. A change during a run leads to one more run after it. */
export async function runOnChange({ cwd, paths, run, onProblem }: Watching): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = true;
  let isDue = false;

  async function rerun(): Promise<void> {
    isDue = isRunning;
    if (isRunning) return;
    isRunning = true;
    await run().catch(onProblem);
    isRunning = false;
    if (isDue) await rerun();
  }

  function changed(file: string | null): void {
    if (file !== null && !mayMatter(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void rerun(), QUIET_MILLISECONDS);
  }

  // What changes during the first run must not go unnoticed.
  const watchers = watchedFolders(cwd, paths).map((folder): FSWatcher => {
    const watcher = watch(folder, { recursive: true }, (_event, file) => changed(file));
    return watcher.on("error", onProblem);
  });
  try {
    await run();
    isRunning = false;
    if (isDue) void rerun();
    await signalled();
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** Folders themselves; of files and patterns the folder that all of it stands in. Tests of a rule stand below it. */
function watchedFolders(cwd: string, paths: readonly string[]): readonly string[] {
  const folders = (paths.length === 0 ? ["."] : paths).map((one) => {
    let folder = path.resolve(cwd, one);
    while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = path.dirname(folder);
    return path.basename(folder) === "_tests" ? path.dirname(folder) : folder;
  });
  return [...new Set(folders)];
}
