/** `knowledge update`: the only command that goes out to a network, and only when it is called. */
import path from "node:path";
import { cacheFolder, dataFolder, downloadsFolder } from "../../host/folders.ts";
import { fetchedProblem } from "../../host/loadLayer.ts";
import { packagedWorker } from "../../host/schemas.ts";
import { loadUpdate } from "../../host/update/load.ts";
import { type UpdateSource } from "../../host/update/update.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { progressLine } from "../progress.ts";
import { type Terminal } from "../terminal.ts";

export interface UpdateOptions {
  /** A folder or an archive instead of a repository. */
  readonly from?: string;
  readonly apiUrl: string;
  readonly filesUrl: string;
  readonly registryUrl: string;
  readonly reference: string;
}

export async function knowledgeUpdateCommand(
  options: UpdateOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const { updateSchemas } = loadUpdate(packageRoot);
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once("SIGINT", stop);
  let shown = "";
  const progress = progressLine(terminal, () => shown);
  const data = dataFolder(process.env, process.platform);
  const folder = downloadsFolder(data);
  const workerFile = packagedWorker(packageRoot);
  const problemOf = (etcFolder: string): Promise<string | undefined> =>
    fetchedProblem({ etcFolder, cacheFolder: cacheFolder(data), workerFile });
  const result = await updateSchemas(
    folder,
    sourceOf(options, terminal),
    {
      signal: controller.signal,
      proxy: undefined,
      onProgress(what, share) {
        shown = `Fetching ${what} (${Math.floor(share * 100)} %)`;
        progress.advance(1);
      },
    },
    problemOf,
  );
  process.removeListener("SIGINT", stop);
  progress.clear();
  if (!result.ok) {
    terminal.error(`rulewright: ${result.error}\nThe schemas that were there before are untouched.\n`);
    return EXIT.problems;
  }
  const { files, revision, source } = result.value.record;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  terminal.print(
    `${files.length} files (${(size / 1e6).toFixed(1)} MB) of ${source} at ${revision} are in ${folder}\n`,
  );
  return EXIT.clean;
}

function sourceOf({ from, ...repository }: UpdateOptions, { cwd }: Terminal): UpdateSource {
  if (from !== undefined) return { kind: "local", path: path.resolve(cwd, from) };
  return { kind: "repository", ...repository };
}
