/** Options of the loaders, with a worker that counts how often it is started. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type LoadOptions } from "../../server/src/host/schemas.ts";
import { root } from "../support/fixture.ts";
import { temporaryFolder } from "./tinyEtc.ts";

export interface Loader {
  readonly options: LoadOptions;
  readonly cacheFolder: string;
  readonly problems: readonly string[];
  /** How often work was done in a thread. */
  starts(): number;
}

/** The worker as it stands in the sources, which Node can run. */
const WORKER = pathToFileURL(path.join(root, "server/src/worker/main.ts")).href;

/** `body` is what the thread does in place of its work. */
export function loaderOf(
  source: Pick<LoadOptions, "etcFolder" | "configFolder">,
  body: string = `await import(${JSON.stringify(WORKER)});`,
): Loader {
  const folder = temporaryFolder();
  const [workerFile, log, cacheFolder] = ["worker.mjs", "starts", "cache"].map((name) =>
    path.join(folder, name),
  );
  if (workerFile === undefined || log === undefined || cacheFolder === undefined)
    throw new Error("unreachable");
  const count = `import { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(log)}, "x");\n`;
  writeFileSync(workerFile, `${count}${body}`);
  const problems: string[] = [];
  return {
    options: {
      ...source,
      cacheFolder,
      layer: "checkout",
      workerFile,
      onProblem: (problem) => problems.push(problem),
    },
    cacheFolder,
    problems,
    starts: () => (existsSync(log) ? readFileSync(log).length : 0),
  };
}
