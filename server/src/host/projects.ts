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
import { keptPromises } from "./keptPromises.ts";
import { pathBelow, pathNamedIn } from "./paths.ts";

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
  readonly repositoryAt: (place: EtcPlace | undefined, switches: Switches) => Promise<Repository>;
  /** What settings say for the files of a folder in place of the environment. */
  readonly switchesFor?: (folder: string) => Promise<Switches>;
}

/** Elastic's variables of the environment, by name. */
export type Switches = Readonly<Record<string, string>>;

export function findProjects(world: ProjectsWorld): Projects {
  const { host, checkIds, settingFor, repositoryAt } = world;
  const configured = keptPromises<Configured>();
  const known = keptPromises<Project>();
  const repositories = keptPromises<Repository>();

  async function find(folder: string): Promise<Project> {
    const place = await etcFolderAbove(host, folder, await settingFor(folder));
    const { config, problems, folder: configFolder } = await configuredIn(folder);
    const repository = await repositoryOf(place, (await world.switchesFor?.(folder)) ?? {});
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
  function repositoryOf(place: EtcPlace | undefined, switches: Switches): Promise<Repository> {
    return repositories.of(JSON.stringify([place, switches]), () => repositoryAt(place, switches));
  }

  /** `etc` stands two folders below the root. */
  function checkoutOf(place: EtcPlace | undefined): string | undefined {
    const above = place?.etcFolder === undefined ? undefined : host.parentOf(place.etcFolder);
    return above === undefined ? undefined : host.parentOf(above);
  }

  function configuredIn(folder: string): Promise<Configured> {
    return configured.of(folder, () => readConfigured(folder));
  }

  async function readConfigured(folder: string): Promise<Configured> {
    const configPath = host.join(folder, CONFIG_NAME);
    const bytes = await host.readFile(configPath);
    if (bytes === undefined && (await host.isThere(configPath)))
      return { ...UNCONFIGURED, problems: [`${configPath} cannot be read`], folder };
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
    of: (folder) => known.of(folder, () => find(folder)),
    forget() {
      known.forgetAll();
      repositories.forgetAll();
      configured.forgetAll();
    },
  };
}

/** The path of a file below a project's root, with `/`; undefined if it is not below it. */
export function pathInProject({ root }: Project, file: string): string | undefined {
  return root === undefined ? undefined : pathBelow(root, file);
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
export function testRootsOf({ config, configFolder }: Project): readonly string[] {
  if (config === undefined || configFolder === undefined) return [];
  return config.testRoots.flatMap((root) => pathNamedIn(configFolder, root) ?? []);
}
