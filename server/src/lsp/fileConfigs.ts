/** What settings, `rulewright.toml` and the folder decide for each file. */
import { type CheckConfig, profileOf, severityOf } from "../core/analysis/config.ts";
import { type Severity } from "../core/checks/check.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { DEFAULT_FORMAT, type FormatOptions, formatOptionsIn } from "../core/format/options.ts";
import { type Repository } from "../core/knowledge/repository.ts";
import { type GitBases } from "../host/gitBases.ts";
import { type Host } from "../host/host.ts";
import {
  CONFIG_NAME,
  type Project,
  type Projects,
  type ProjectsWorld,
  type Switches,
  findProjects,
  projectSeverities,
  testRootsOf,
} from "../host/projects.ts";
import { keptPromises } from "../host/keptPromises.ts";
import { isWithin, pathBelow } from "../host/paths.ts";
import { type RuleFilesOptions, isInRuleFolder } from "../host/ruleFiles.ts";
import { type AcceptedProblems, Baselines } from "./acceptedProblems.ts";
import { switchesIn } from "./elasticSettings.ts";
import { type Log } from "./guard.ts";
import { type Settings } from "./protocol.ts";
import { type FilePlacing } from "./workspaceRules.ts";

export interface FileConfig {
  /** Both are undefined for a text that is not on a disk. */
  readonly file: string | undefined;
  readonly folder: string | undefined;
  /** Where the file stands in its workspace. */
  readonly placing: FilePlacing | undefined;
  readonly repository: Repository | undefined;
  readonly lintRun: "onType" | "onSave";
  /** Whether lenses are shown above queries. */
  readonly showsLenses: boolean;
  readonly checks: CheckConfig;
  readonly accepted: AcceptedProblems | undefined;
  readonly format: FormatOptions;
}

/** What there is beside the files that are open. */
export interface WorkspaceWorld {
  readonly ruleFilesBelow: (folder: string, options: RuleFilesOptions) => Promise<readonly string[]>;
  readonly bases: GitBases;
  /** Of the rules of a folder; `setting` names the folder of schemas. */
  readonly customSchemaFiles: (folder: string, setting: string | undefined) => Promise<readonly string[]>;
  /** The day, as rules write it. */
  readonly today: () => string;
}

export interface FileConfigsWorld {
  readonly host: Host;
  readonly log: Log;
  readonly settingsFor: (uri: string) => Promise<Settings | undefined>;
  readonly pathOf: (uri: string) => string | undefined;
  readonly uriOf: (path: string) => string;
  readonly repositoryAt: ProjectsWorld["repositoryAt"];
  readonly ruleFilesBelow: WorkspaceWorld["ruleFilesBelow"];
  readonly workspaceFolders: () => readonly string[];
}

export class FileConfigs {
  readonly #world: FileConfigsWorld;
  readonly #projects: Projects;
  readonly #configs = keptPromises<FileConfig>();
  readonly #baselines: Baselines;
  readonly #configFiles = new Set<string>();

  constructor(world: FileConfigsWorld) {
    this.#world = world;
    this.#baselines = new Baselines(world.host, world.log);
    this.#projects = findProjects({
      host: world.host,
      checkIds: CHECKS.map((check) => check.id),
      settingFor: (folder) => this.schemasSetting(folder),
      repositoryAt: world.repositoryAt,
      switchesFor: (folder) => this.switchesFor(folder),
    });
  }

  of(uri: string): Promise<FileConfig> {
    return this.#configs.of(uri, () => this.#read(uri));
  }

  /** Undefined for a file that stands in no workspace. */
  async placeOf(file: string): Promise<FilePlacing | undefined> {
    const folder = this.#world.host.parentOf(file);
    const project = folder === undefined ? undefined : await this.#projectOf(folder);
    return project && this.#placingIn(project, file);
  }

  /** Folders that repeat those of the rules, for the files of a folder. */
  async testRootsFor(folder: string): Promise<readonly string[]> {
    return testRootsOf(await this.#projectOf(folder));
  }

  /** Where the rules below a folder of the workspace are. */
  async ruleFilesBelow(folder: string): Promise<readonly string[]> {
    const isEverywhere = holdsRulesEverywhere(await this.#projectOf(folder));
    return this.#world.ruleFilesBelow(folder, { within: isEverywhere ? "everywhere" : "rule-folders" });
  }

  /** The folder of schemas that settings name. A path that is not absolute counts from the workspace folder. */
  async schemasSetting(folder: string): Promise<string | undefined> {
    const settings = await this.#world.settingsFor(this.#world.uriOf(folder));
    const setting = settings?.schemas?.path ?? "";
    if (setting === "") return undefined;
    const [base = folder] = this.#foldersAround(folder);
    return this.#world.host.resolve(base, setting);
  }

  /** What settings say in place of the environment. */
  async switchesFor(folder: string): Promise<Switches> {
    const settings = await this.#world.settingsFor(this.#world.uriOf(folder));
    const [base = folder] = this.#foldersAround(folder);
    return switchesIn(settings?.elastic, (path) => this.#world.host.resolve(base, path));
  }

  /** Each `rulewright.toml` that was found so far, whether it is still there or not. */
  configFiles(): readonly string[] {
    return [...this.#configFiles];
  }

  close(uri: string): void {
    this.#configs.forget(uri);
  }

  /** Settings, `rulewright.toml` or what a repository decides may have changed. */
  forget(): void {
    this.#configs.forgetAll();
    this.#baselines.forget();
    this.#projects.forget();
  }

  async #projectOf(folder: string): Promise<Project> {
    const project = await this.#projects.of(folder);
    if (project.configFolder !== undefined)
      this.#configFiles.add(this.#world.host.join(project.configFolder, CONFIG_NAME));
    return project;
  }

  /** `rulewright.toml` beats settings; settings beat what the folder looks like. */
  async #read(uri: string): Promise<FileConfig> {
    const settings = await this.#world.settingsFor(uri);
    const file = this.#world.pathOf(uri);
    const folder = file === undefined ? undefined : this.#world.host.parentOf(file);
    const project = folder === undefined ? undefined : await this.#projectOf(folder);
    for (const problem of project?.problems ?? []) this.#world.log(problem);
    const profile =
      project?.config?.profile ?? profileOf(settings?.profile ?? "auto") ?? project?.profile ?? "custom";
    const severities = new Map([
      ...severitiesIn(settings),
      ...(project === undefined ? [] : projectSeverities(project, file)),
    ]);
    return {
      file,
      folder,
      placing: project === undefined || file === undefined ? undefined : this.#placingIn(project, file),
      repository: project?.repository,
      lintRun: settings?.lint?.run === "onSave" ? "onSave" : "onType",
      showsLenses: settings?.lens?.enable !== false,
      checks: { profile, severities },
      accepted:
        file === undefined || folder === undefined ? undefined : await this.#baselines.of(file, folder),
      format: { ...DEFAULT_FORMAT, ...formatOptionsIn(settings?.format ?? {}), ...project?.config?.format },
    };
  }

  /** Of the workspace, the nearest first: one can stand in another. */
  #foldersAround(file: string): readonly string[] {
    const around = this.#world.workspaceFolders().filter((one) => isWithin(one, file));
    return around.toSorted((a, b) => b.length - a.length);
  }

  /** Where no repository is around a file, its path is told from the workspace folder. */
  #placingIn(project: Project, file: string): FilePlacing | undefined {
    const isAmongRules = holdsRulesEverywhere(project) || isInRuleFolder(file);
    for (const root of [project.root, ...this.#foldersAround(file)]) {
      const path = root === undefined ? undefined : pathBelow(root, file);
      if (root !== undefined && path !== undefined) return { root, path, isAmongRules };
    }
    return undefined;
  }
}

/** The folders of a repository of one's own have any names. */
function holdsRulesEverywhere({ repository }: Project): boolean {
  return repository.kind === "custom-rules";
}

function severitiesIn(settings: Settings | undefined): readonly (readonly [string, Severity | "off"])[] {
  return Object.entries(settings?.checks ?? {}).flatMap(([check, word]) => {
    const severity = severityOf(word);
    return severity === undefined ? [] : [[check, severity] as const];
  });
}
