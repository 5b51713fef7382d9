/** Finds what a rule file belongs to: the nearest `rulewright.toml`, and the repository of rules around it. */
import {
  type CheckConfig,
  type ConfigFile,
  type Profile,
  readConfigFile,
  severitiesFor,
} from "../core/analysis/config.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { type Repository } from "../core/knowledge/repository.ts";
import { type EtcPlace, etcFolderAbove } from "./etcPlace.ts";
import { type Host, decodeText } from "./host.ts";

export interface Project {
  /** The folder that paths of rules are told from; undefined where nothing marks one. */
  readonly root: string | undefined;
  readonly repository: Repository;
  /** Elastic's own checkout carries its schemas in `detection_rules/etc`. */
  readonly profile: Profile;
  readonly config: ConfigFile | undefined;
  /** The folder of its `rulewright.toml`. */
  readonly configFolder: string | undefined;
  /** What is wrong in its `rulewright.toml`, each with file and line. */
  readonly problems: readonly string[];
}

export interface Projects {
  /** The project of the files in a folder. Answers are kept until `forget`. */
  of(folder: string): Promise<Project>;
  forget(): void;
}

export const CONFIG_NAME = "rulewright.toml";

/** What `rulewright.toml` says, by itself. */
type Configured = Pick<Project, "config" | "problems"> & { readonly folder: string | undefined };

const UNCONFIGURED: Configured = { config: undefined, problems: [], folder: undefined };

export interface ProjectsWorld {
  readonly host: Host;
  readonly checkIds: readonly string[];
  /** The folder of schemas that settings name for the files of a folder. */
  readonly settingFor: (folder: string) => Promise<string | undefined>;
  readonly repositoryAt: (place: EtcPlace | undefined) => Promise<Repository>;
}

export function findProjects({ host, checkIds, settingFor, repositoryAt }: ProjectsWorld): Projects {
  const configured = new Map<string, Promise<Configured>>();
  const known = new Map<string, Promise<Project>>();
  const repositories = new Map<string, Promise<Repository>>();

  function of(folder: string): Promise<Project> {
    const found = known.get(folder) ?? find(folder);
    known.set(folder, found);
    // What failed once is tried again.
    found.catch(() => known.delete(folder));
    return found;
  }

  async function find(folder: string): Promise<Project> {
    const place = await etcFolderAbove(host, folder, await settingFor(folder));
    const { config, problems, folder: configFolder } = await configuredIn(folder);
    const repository = await repositoryOf(place);
    const root = place?.configFolder ?? checkoutOf(place) ?? configFolder;
    return {
      root,
      repository,
      profile: repository.kind === "elastic" ? "elastic" : "custom",
      config,
      configFolder,
      problems,
    };
  }

  /** Very many folders belong to one repository. */
  function repositoryOf(place: EtcPlace | undefined): Promise<Repository> {
    const key = JSON.stringify(place);
    const found = repositories.get(key) ?? repositoryAt(place);
    repositories.set(key, found);
    found.catch(() => repositories.delete(key));
    return found;
  }

  /** `etc` stands two folders below the root. */
  function checkoutOf(place: EtcPlace | undefined): string | undefined {
    const above = place?.etcFolder === undefined ? undefined : host.parentOf(place.etcFolder);
    return above === undefined ? undefined : host.parentOf(above);
  }

  function configuredIn(folder: string): Promise<Configured> {
    const found = configured.get(folder) ?? readConfigured(folder);
    configured.set(folder, found);
    found.catch(() => configured.delete(folder));
    return found;
  }

  async function readConfigured(folder: string): Promise<Configured> {
    const configPath = host.join(folder, CONFIG_NAME);
    const bytes = await host.readFile(configPath);
    if (bytes === undefined) {
      const parent = host.parentOf(folder);
      return parent === undefined ? UNCONFIGURED : configuredIn(parent);
    }
    const { text } = decodeText(bytes);
    const config = readConfigFile(text, checkIds);
    const lines = lineIndexOf(text);
    const problems = config.problems.map(
      ({ span, message }) => `${configPath}:${lines.positionAt(span.start).line + 1}: ${message}`,
    );
    return { config, problems, folder };
  }

  return {
    of,
    forget() {
      known.clear();
      repositories.clear();
      configured.clear();
    },
  };
}

/** The path of a file below a project's root, with `/`; undefined if it is not below it. */
export function pathInProject({ root }: Project, file: string): string | undefined {
  return root === undefined ? undefined : pathBelow(root, file);
}

export function pathBelow(folder: string, file: string): string | undefined {
  if (!file.startsWith(folder)) return undefined;
  const below = file.slice(folder.length).replaceAll("\\", "/");
  return below.startsWith("/") ? below.slice(1) : undefined;
}

/** Severities that the project's `rulewright.toml` sets for a file. */
export function projectSeverities(
  { config, configFolder }: Project,
  file: string | undefined,
): CheckConfig["severities"] {
  if (config === undefined) return new Map();
  const path = file && configFolder && pathBelow(configFolder, file);
  return severitiesFor(config, path);
}

/** Folders that repeat the folders of the rules, with tests in them, as its `rulewright.toml` names them. */
export function testRootsOf(host: Host, { config, configFolder }: Project): readonly string[] {
  if (config === undefined || configFolder === undefined) return [];
  return config.testRoots.map((root) => host.resolve(configFolder, root));
}
