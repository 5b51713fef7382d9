/** What the thread made, kept in the cache if there is one. */
import { tryCaching } from "../host/dataCache.ts";
import { type WorkerAnswer } from "../host/workerJob.ts";

export async function keptAnswer(
  cacheFolder: string | undefined,
  { kind, key }: { readonly kind: string; readonly key: string },
  bytes: Uint8Array,
): Promise<WorkerAnswer> {
  const cacheProblem =
    cacheFolder === undefined ? undefined : await tryCaching({ folder: cacheFolder, kind, key }, bytes);
  return { bytes, revision: key, cacheProblem };
}
