/** The files of custom schemas that the rules of a folder are checked with. */
import { etcFolderAbove } from "./etcPlace.ts";
import { type Host } from "./host.ts";
import { schemaFiles } from "./schemaFiles.ts";

/** Absolute paths; none outside a folder of custom rules, as Elastic's tools read custom schemas for those alone. */
export async function customSchemaFiles(
  host: Host,
  folder: string,
  setting: string | undefined,
): Promise<readonly string[]> {
  const place = await etcFolderAbove(host, folder, setting);
  if (place?.configFolder === undefined) return [];
  const { configFolder, etcFolder = configFolder } = place;
  const { files } = await schemaFiles({ etcFolder, configFolder });
  return files.filter(({ file }) => file.kind === "custom").map(({ path }) => path);
}
