/** Loads the field schemas of a checkout: from the cache if its files are those of last time, else distilled in a thread. */
import path from "node:path";
import { unreachable } from "../core/base/unreachable.ts";
import { schemaSetOf } from "../core/knowledge/etc/schemaSet.ts";
import { type SchemaPart, type SchemaSet } from "../core/knowledge/schema.ts";
import { cachedBytes } from "./dataCache.ts";
import { SCHEMAS_KIND, unpackedSchemas } from "./packedSchemas.ts";
import { readFiles, revisionOf } from "./revision.ts";
import { type SchemaSource, schemaFiles } from "./schemaFiles.ts";
import { type WorkerAnswer, workerOutcome, workerRevision } from "./workerJob.ts";

export interface LoadOptions extends SchemaSource {
  readonly layer: "checkout" | "downloaded";
  /** Where distilled schemas are kept; undefined if they are not. */
  readonly cacheFolder: string | undefined;
  /** See `packagedWorker`. */
  readonly workerFile: string;
  /** Told what is wrong and with which file, each in one sentence; what is merely not there stands in the parts. */
  onProblem(problem: string): void;
}

/** The worker that is packaged with us. */
export function packagedWorker(packageRoot: string): string {
  return path.join(packageRoot, "dist", "worker.cjs");
}

/**
 * Undefined if nothing could be read; `onProblem` was told why. Without a stack, which nobody can be checked on, the stack map
 * is all that there is to tell.
 */
export async function loadSchemas(options: LoadOptions): Promise<SchemaSet | undefined> {
  const { layer, onProblem } = options;
  const madeBy = await workerRevision(options.workerFile);
  const packed = (await cachedSchemas(options, madeBy)) ?? (await freshSchemas(options, madeBy));
  if (packed === undefined) return undefined;
  const set = schemaSetOf(unpackedSchemas(packed.bytes), { layer, revision: packed.revision });
  const isOfNoStack = set.stacks.length === 0;
  const parts = isOfNoStack ? set.parts.filter(({ name }) => name === STACK_MAP) : set.parts;
  for (const part of parts) {
    if (part.problem !== undefined && (isDefect(part) || isOfNoStack)) onProblem(part.problem);
  }
  return { ...set, parts };
}

const STACK_MAP = "stack map";

/** Which versions there are, the stack map says: that one is there and its file is not is a defect. */
const VERSIONED: ReadonlySet<string> = new Set(["ECS", "Beats", "Endgame"]);

/** Whether somebody should hear of it at once. What a checkout merely lacks is told where parts are listed. */
export function isDefect({ name, state }: SchemaPart): boolean {
  switch (state) {
    case "broken":
      return true;
    case "missing":
      return VERSIONED.has(name);
    case "partial":
      return name !== "integrations";
    case "complete":
      return false;
    default:
      return unreachable(state);
  }
}

type Packed = Pick<WorkerAnswer, "bytes" | "revision">;

async function cachedSchemas(options: LoadOptions, madeBy: string): Promise<Packed | undefined> {
  const folder = options.cacheFolder;
  if (folder === undefined) return undefined;
  const { files } = await schemaFiles(options);
  const revision = await revisionOf(await readFiles(files), madeBy);
  const bytes = await cachedBytes({ folder, kind: SCHEMAS_KIND, key: revision });
  return bytes === undefined ? undefined : { bytes, revision };
}

async function freshSchemas(options: LoadOptions, madeBy: string): Promise<Packed | undefined> {
  const { etcFolder, configFolder, cacheFolder, workerFile, onProblem } = options;
  const source = { etcFolder, configFolder };
  const outcome = await workerOutcome(workerFile, { kind: "schemas", source, cacheFolder, madeBy });
  if (outcome.kind === "done") {
    reportCacheProblem(options, outcome.answer);
    return outcome.answer;
  }
  onProblem(
    `The schemas in ${etcFolder} could not be read, and fields are checked without them: ${outcome.reason}`,
  );
  return undefined;
}

/** What cannot be kept is made again the next time. */
export function reportCacheProblem(
  { cacheFolder, onProblem }: Pick<LoadOptions, "cacheFolder" | "onProblem">,
  { cacheProblem }: WorkerAnswer,
): void {
  if (cacheProblem === undefined || cacheFolder === undefined) return;
  onProblem(
    `The folder ${cacheFolder} cannot be written (${cacheProblem}): schemas are read anew at each start`,
  );
}
