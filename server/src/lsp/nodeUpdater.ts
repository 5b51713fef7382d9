import { cacheFolder, downloadsFolder } from "../host/folders.ts";
import { fetchedProblem } from "../host/loadLayer.ts";
import { packagedWorker } from "../host/schemas.ts";
import { loadUpdate } from "../host/update/load.ts";
import { type Updater } from "./handlers/knowledge.ts";

/** Fetches schemas with Node. What it needs is loaded at the first update: most sessions have none. */
export function nodeUpdater(packageRoot: string): Updater {
  return {
    async update(storagePath, { source, proxy }, watch) {
      const { updateSchemas } = loadUpdate(packageRoot);
      const result = await updateSchemas(
        downloadsFolder(storagePath),
        source,
        { ...watch, proxy: proxy ?? undefined },
        (etcFolder) =>
          fetchedProblem({
            etcFolder,
            cacheFolder: cacheFolder(storagePath),
            workerFile: packagedWorker(packageRoot),
          }),
      );
      if (!result.ok) return { ok: false, message: result.error };
      const { revision, files } = result.value.record;
      return { ok: true, revision, fileCount: files.length };
    },
  };
}
