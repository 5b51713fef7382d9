/** Has work done in a thread of its own, where it holds up nothing. */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { type SchemaSource } from "./schemaFiles.ts";
import { fileBytes } from "./unpack.ts";

export interface WorkerJob {
  readonly kind: "schemas" | "attack";
  readonly source: SchemaSource;
  /** Where the answer is kept for the next time; undefined if it is not. */
  readonly cacheFolder: string | undefined;
  /** See `workerRevision`. */
  readonly madeBy: string;
}

/** What the thread made, packed, and the revision of the files that it made it of. */
export interface WorkerAnswer {
  readonly bytes: Uint8Array;
  readonly revision: string;
  /** Why it could not be kept for the next time. */
  readonly cacheProblem: string | undefined;
}

export type WorkerOutcome =
  | { readonly kind: "done"; readonly answer: WorkerAnswer }
  | { readonly kind: "failed"; readonly reason: string };

/** Ten times what the largest known files take on a slow machine. */
const LONGEST_WORK = 120_000;
/** Only files that are not what they say make it need so much. */
const LARGEST_HEAP_MEGABYTES = 2048;
/** Most of what the thread makes is forgotten at once: collected early, it takes a third less memory and no more time. */
const YOUNG_HEAP_MEGABYTES = 8;

/** What another version of the worker made may not be what this one makes of the same files. */
export async function workerRevision(workerFile: string): Promise<string> {
  const bytes = await fileBytes(workerFile);
  return bytes.ok ? createHash("sha256").update(bytes.value).digest("hex") : bytes.error.text;
}

/** `workerFile` is `dist/worker.cjs` of the package. */
export function workerOutcome(workerFile: string, job: WorkerJob): Promise<WorkerOutcome> {
  return new Promise((resolve) => {
    const worker = new Worker(workerFile, {
      workerData: job,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: LARGEST_HEAP_MEGABYTES,
        maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES,
      },
    });
    const timer = setTimeout(() => end({ kind: "failed", reason: "it took too long" }), LONGEST_WORK);
    const end = (outcome: WorkerOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
      void worker.terminate();
    };
    // The other side is our own file, which posts nothing else.
    worker.on("message", (answer: WorkerAnswer) => end({ kind: "done", answer }));
    worker.on("error", (error) => end({ kind: "failed", reason: reasonOf(error) }));
    worker.on("exit", (code) => end({ kind: "failed", reason: `it ended with code ${code}` }));
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? "it ran out of memory"
    : error.message;
}
