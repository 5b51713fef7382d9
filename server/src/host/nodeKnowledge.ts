/** Knowledge on a machine with files: of the checkout that a rule stands in, else what an update left, else what is packaged. */
import { type EtcPlace, etcFolderAbove } from "./etcPlace.ts";
import { cacheFolder, downloadsFolder } from "./folders.ts";
import { type Host } from "./host.ts";
import { loadKnowledge } from "./knowledge.ts";
import { type KnowledgeStore, type LayerSource, type LoadedLayer, knowledgeStore } from "./knowledgeStore.ts";
import { loadLayer } from "./loadLayer.ts";
import { packagedWorker } from "./schemas.ts";
import { storedSchemas } from "./update/store.ts";

export interface NodeKnowledgeOptions {
  readonly host: Host;
  readonly packageRoot: string;
  /** For what is downloaded and distilled; undefined: nothing is kept, and there are no downloads. */
  readonly dataFolder: () => string | undefined;
  /** The folder of schemas that settings name for the files of a folder. */
  readonly settingFor: (folder: string) => Promise<string | undefined>;
  readonly onChange: () => void;
  /** Hears what is wrong with a file, in one sentence. */
  readonly onProblem: (problem: string) => void;
}

export function nodeKnowledge(options: NodeKnowledgeOptions): KnowledgeStore {
  const { host, onChange, onProblem } = options;
  return knowledgeStore({
    packaged: () => loadKnowledge(host),
    sourceFor: (folder) => sourceFor(options, folder),
    load: (source) => load(options, source),
    onChange,
    onFailure: (source, error) =>
      onProblem(`The schemas in ${source.etcFolder} could not be read: ${String(error)}`),
  });
}

/** Where the schemas for the files of a folder are: those of a checkout before those that were downloaded. */
export async function sourceFor(
  { host, dataFolder, settingFor }: Pick<NodeKnowledgeOptions, "host" | "dataFolder" | "settingFor">,
  folder: string | undefined,
): Promise<LayerSource | undefined> {
  const place: EtcPlace | undefined =
    folder === undefined ? undefined : await etcFolderAbove(host, folder, await settingFor(folder));
  const configFolder = place?.configFolder;
  if (place?.etcFolder !== undefined)
    return { etcFolder: place.etcFolder, configFolder, layer: "checkout", name: place.etcFolder };
  const data = dataFolder();
  const stored = data === undefined ? undefined : await storedSchemas(downloadsFolder(data));
  if (stored === undefined) return undefined;
  const { source, revision } = stored.record;
  return { etcFolder: stored.etcFolder, configFolder, layer: "downloaded", name: `${source} at ${revision}` };
}

async function load(
  { packageRoot, dataFolder, onProblem }: NodeKnowledgeOptions,
  { etcFolder, configFolder, layer }: LayerSource,
): Promise<LoadedLayer> {
  const data = dataFolder();
  return loadLayer({
    etcFolder,
    configFolder,
    layer,
    cacheFolder: data === undefined ? undefined : cacheFolder(data),
    workerFile: packagedWorker(packageRoot),
    onProblem,
  });
}
