/** Finds what a rule file belongs to: the nearest `rulewright.toml`, and whether this is a checkout of Elastic's rules. */
import { type Profile, type ConfigFile, readConfigFile } from "../core/analysis/config.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { type Host, decodeText } from "./host.ts";

export interface Project {
  /** Elastic's own checkout carries its schemas in `detection_rules/etc`. */
  readonly profile: Profile;
  readonly config: ConfigFile | undefined;
  /** What is wrong in its `rulewright.toml`, each with file and line. */
  readonly problems: readonly string[];
}

export interface Projects {
  /** The project of the files in a folder. Answers are kept until `forget`. */
  of(folder: string): Promise<Project>;
  forget(): void;
}

export const CONFIG_NAME = "rulewright.toml";
const NO_PROJECT: Project = { profile: "custom", config: undefined, problems: [] };

export function findProjects(host: Host, checkIds: readonly string[]): Projects {
  const known = new Map<string, Promise<Project>>();

  function of(folder: string): Promise<Project> {
    const found = known.get(folder) ?? find(folder);
    known.set(folder, found);
    // What failed once is tried again.
    found.catch(() => known.delete(folder));
    return found;
  }

  async function find(folder: string): Promise<Project> {
    const parent = host.parentOf(folder);
    const above = parent === undefined ? NO_PROJECT : await of(parent);
    const configPath = host.join(folder, CONFIG_NAME);
    const bytes = await host.readFile(configPath);
    const isCheckout = await host.isFolder(host.join(folder, "detection_rules/etc"));
    const profile = isCheckout ? "elastic" : above.profile;
    if (bytes === undefined) return { ...above, profile };
    const { text } = decodeText(bytes);
    const config = readConfigFile(text, checkIds);
    const lines = lineIndexOf(text);
    const problems = config.problems.map(
      ({ span, message }) => `${configPath}:${lines.positionAt(span.start).line + 1}: ${message}`,
    );
    return { profile, config, problems };
  }

  return { of, forget: () => known.clear() };
}
