/** Finds what a rule file belongs to: the nearest `rulewright.toml`, and whether this is a checkout of Elastic's rules. */
import { type Profile, type ConfigFile, readConfigFile } from "../core/analysis/config.ts";
import { type Host, decodeText } from "./host.ts";

export interface Project {
  /** Elastic's own checkout carries its schemas in `detection_rules/etc`. */
  readonly profile: Profile;
  readonly config: ConfigFile | undefined;
  readonly configPath: string | undefined;
}

export interface Projects {
  /** The project of the files in a folder. Answers are kept until `forget`. */
  of(folder: string): Promise<Project>;
  forget(): void;
}

export const CONFIG_NAME = "rulewright.toml";
const NO_PROJECT: Project = { profile: "custom", config: undefined, configPath: undefined };

export function findProjects(host: Host, checkIds: readonly string[]): Projects {
  const known = new Map<string, Promise<Project>>();

  function of(folder: string): Promise<Project> {
    const found = known.get(folder) ?? find(folder);
    known.set(folder, found);
    return found;
  }

  async function find(folder: string): Promise<Project> {
    const parent = host.parentOf(folder);
    const above = parent === undefined ? NO_PROJECT : await of(parent);
    const configPath = host.join(folder, CONFIG_NAME);
    const bytes = await host.readFile(configPath);
    const config = bytes && readConfigFile(decodeText(bytes).text, checkIds);
    const isCheckout = await host.isFolder(host.join(folder, "detection_rules/etc"));
    const profile = isCheckout ? "elastic" : above.profile;
    return config === undefined ? { ...above, profile } : { profile, config, configPath };
  }

  return { of, forget: () => known.clear() };
}
