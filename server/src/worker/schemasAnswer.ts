/** Distils the schemas of a checkout and keeps them for the next time. */
import { SCHEMAS_KIND, packedSchemas } from "../host/packedSchemas.ts";
import { distilledEtc } from "../host/readEtc.ts";
import { readFiles, revisionOf } from "../host/revision.ts";
import { schemaFiles } from "../host/schemaFiles.ts";
import { type WorkerAnswer, type WorkerJob } from "../host/workerJob.ts";
import { keptAnswer } from "./keptAnswer.ts";

export async function schemasAnswer({ source, cacheFolder, madeBy }: WorkerJob): Promise<WorkerAnswer> {
  const plan = await schemaFiles(source);
  const files = await readFiles(plan.files);
  const revision = await revisionOf(files, madeBy);
  const bytes = packedSchemas(await distilledEtc(plan, files));
  return keptAnswer(cacheFolder, { kind: SCHEMAS_KIND, key: revision }, bytes);
}
