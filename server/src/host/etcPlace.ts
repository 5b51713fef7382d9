/** Finds the folder of schemas that the rules in a folder are checked with. */
import { type Host, decodeText } from "./host.ts";

export interface EtcPlace {
  /** `detection_rules/etc`; undefined where custom rules stand without a checkout of Elastic's. */
  readonly etcFolder: string | undefined;
  /** Folder of the `_config.yaml` of custom rules, as CUSTOM_RULES_DIR names it; undefined in Elastic's own layout. */
  readonly configFolder: string | undefined;
}

const ETC = "detection_rules/etc";
export const CONFIG = "_config.yaml";
const SCHEMAS = "ecs_schemas";

/**
 * The nearest `_config.yaml` and the nearest checkout upward. `setting` names a checkout, its `etc`
 * or a folder of custom rules, and then nothing else is looked at.
 */
export async function etcFolderAbove(
  host: Host,
  folder: string,
  setting: string | undefined,
): Promise<EtcPlace | undefined> {
  if (setting !== undefined) return etcFolderAt(host, setting);
  let configFolder: string | undefined;
  for (let at: string | undefined = folder; at !== undefined; at = host.parentOf(at)) {
    const etcFolder = host.join(at, ETC);
    if (await host.isFolder(etcFolder)) return { etcFolder, configFolder };
    if (configFolder === undefined && (await isCustomRules(host, at))) configFolder = at;
  }
  return configFolder === undefined ? undefined : customPlace(host, configFolder);
}

async function etcFolderAt(host: Host, folder: string): Promise<EtcPlace | undefined> {
  const etcFolder = host.join(folder, ETC);
  if (await host.isFolder(etcFolder)) return { etcFolder, configFolder: undefined };
  if (await host.isFolder(host.join(folder, SCHEMAS))) return { etcFolder: folder, configFolder: undefined };
  if (!(await isCustomRules(host, folder))) return undefined;
  // The checkout can be further up.
  const above = await etcFolderAbove(host, folder, undefined);
  return above ?? customPlace(host, folder);
}

/** Custom rules may carry copies of Elastic's schemas in an `etc` of their own. */
async function customPlace(host: Host, configFolder: string): Promise<EtcPlace> {
  const own = host.join(configFolder, "etc");
  const hasSchemas = await host.isFolder(host.join(own, SCHEMAS));
  return { etcFolder: hasSchemas ? own : undefined, configFolder };
}

/** Other tools have a `_config.yaml` too; ours names folders of rules. */
async function isCustomRules(host: Host, folder: string): Promise<boolean> {
  // That of `detection_rules/etc` is Elastic's own.
  if (await host.isFolder(host.join(folder, SCHEMAS))) return false;
  const bytes = await host.readFile(host.join(folder, CONFIG));
  return bytes !== undefined && /^["']?rule_dirs["']?\s*:/m.test(decodeText(bytes).text);
}
