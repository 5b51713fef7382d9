/** Judges files one after the other, as `check` and the benchmarks do. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { queryCache } from "../core/analysis/cache.ts";
import { type CheckConfig, type Profile } from "../core/analysis/config.ts";
import { allowsComparison, workspaceChecks } from "../core/analysis/comparing.ts";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { type RunOptions, allDiagnostics } from "../core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../core/analysis/snapshot.ts";
import { summaryOf } from "../core/analysis/summaries.ts";
import { type Workspace } from "../core/checks/check.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { unreadable } from "../core/checks/toml/unreadable.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { type RuleSummary } from "../core/rule/summary.ts";
import { type LineIndex, lineIndexOf } from "../core/text/lineIndex.ts";
import { type Host, decodeText } from "../host/host.ts";
import { dataFolder } from "../host/folders.ts";
import { type KnowledgeStore } from "../host/knowledgeStore.ts";
import { isFileError, nodeHost } from "../host/node.ts";
import { nodeKnowledge } from "../host/nodeKnowledge.ts";
import { type GitBases, baseTextOf, gitBases } from "../host/gitBases.ts";
import { type Project, findProjects, pathBelow, pathInProject, projectSeverities } from "../host/projects.ts";
import { repositoryAt } from "../host/repository.ts";
import { today } from "../host/today.ts";

export interface JudgedFile {
  readonly path: string;
  /** Both are empty where there is nothing to tell: very many files are held until the report is written. */
  readonly text: string;
  readonly lines: LineIndex;
  readonly diagnostics: readonly Diagnostic[];
  /** What other rules are compared with; undefined for what is no rule. */
  readonly summary: RuleSummary | undefined;
  /** It depends on other rules whether a comment in it is needed. */
  readonly needsOthers: boolean;
}

/** A file that was read, with all that is known of its place. */
export interface ReadFile {
  readonly text: string;
  readonly notUtf8At: number | undefined;
  /** The rule with this text in the place of its own. */
  snapshotOf(text: string): Snapshot;
}

export interface Judge {
  /** Undefined for TOML that is no rule. Without the rules around, nothing is compared. */
  judge(file: string, workspace?: Workspace): Promise<JudgedFile | undefined>;
  /** Undefined if it cannot be read. */
  read(file: string): Promise<ReadFile | undefined>;
  projectOf(file: string): Promise<Project>;
  onCrash(file: string): RunOptions["onCrash"];
}

/** What a judge of files on the disk is made of. */
export interface JudgeSetup {
  readonly packageRoot: string;
  /** Undefined: as `rulewright.toml` or the folder says. */
  readonly profile: Profile | undefined;
  /** Paths outside all projects are told from here. */
  readonly cwd: string;
  /** What changes are told against; default: the main branch. */
  readonly bases?: GitBases | undefined;
}

export interface JudgeOptions {
  readonly host: Host;
  /** What is known for the files of a folder. */
  readonly knowledgeFor: (folder: string) => Promise<Knowledge>;
  readonly profile: Profile | undefined;
  readonly cwd: string;
  readonly bases: GitBases;
  readonly today: string;
  readonly warn: (message: string) => void;
}

export function judgeOnDisk(
  { packageRoot, profile, cwd, bases = gitBases() }: JudgeSetup,
  warn: (message: string) => void,
): Judge {
  const host: Host = { ...nodeHost(packageRoot), readFile: readAtOnce };
  const { whole: knowledgeFor } = cliKnowledge(host, packageRoot, warn);
  return judgeWith({ host, knowledgeFor, profile, cwd, bases, today: today(new Date()), warn });
}

/** What the command line knows: all of it, before the first file is judged. */
export function cliKnowledge(
  host: Host,
  packageRoot: string,
  warn: (message: string) => void,
): KnowledgeStore {
  return nodeKnowledge({
    host,
    packageRoot,
    dataFolder: () => dataFolder(process.env, process.platform),
    settingFor: () => Promise.resolve(undefined),
    onChange: () => undefined,
    onProblem: warn,
  });
}

/** For many small files, to wait for each costs more than to read it. */
function readAtOnce(file: string): Promise<Uint8Array | undefined> {
  try {
    return Promise.resolve(readFileSync(file));
  } catch (error) {
    return isFileError(error) ? Promise.resolve(undefined) : Promise.reject(error);
  }
}

export function judgeWith(options: JudgeOptions): Judge {
  const { host, knowledgeFor, profile, cwd, bases, warn } = options;
  const projects = findProjects({
    host,
    checkIds: CHECKS.map((check) => check.id),
    settingFor: () => Promise.resolve(undefined),
    repositoryAt: (place) => repositoryAt(place, process.env),
  });
  const cache = queryCache();
  const warned = new Set<string>();
  const warnOnce = (message: string): void => {
    if (!warned.has(message)) warn(message);
    warned.add(message);
  };
  const onCrash =
    (file: string): RunOptions["onCrash"] =>
    (check, error) =>
      warn(`${check} failed on ${file}: ${stackOf(error)}`);

  async function read(file: string): Promise<ReadFile | undefined> {
    const bytes = await host.readFile(file);
    if (bytes === undefined) return undefined;
    const decoded = decodeText(bytes);
    const folder = path.dirname(file);
    const project = await projects.of(folder);
    for (const problem of project.problems) warnOnce(problem);
    const place = {
      knowledge: await knowledgeFor(folder),
      config: configFor(project, profile, file),
      cache,
      path: pathInProject(project, file) ?? pathBelow(cwd, file),
      repository: project.repository,
      today: options.today,
      baseText: await baseTextOf(await bases.of(project.root ?? cwd), file, bytes, decoded.text),
      ...(decoded.notUtf8At === undefined ? {} : { notUtf8At: decoded.notUtf8At }),
    };
    return { ...decoded, snapshotOf: (text) => snapshotOf({ text, ...place }) };
  }

  return {
    async judge(file, workspace) {
      const found = await read(file);
      if (found === undefined) return unreadableFile(file);
      const { text, notUtf8At } = found;
      const snapshot = found.snapshotOf(text);
      if (!snapshot.isRule() && notUtf8At === undefined) return undefined;
      const diagnostics = allDiagnostics(snapshot, { checks: CHECKS, workspace, onCrash: onCrash(file) });
      const isClean = diagnostics.length === 0;
      return {
        path: file,
        text: isClean ? "" : text,
        lines: isClean ? NO_LINES : snapshot.lines(),
        diagnostics,
        summary: summaryOf(snapshot),
        needsOthers: allowsComparison(snapshot, COMPARISONS),
      };
    },
    read,
    projectOf: (file) => projects.of(path.dirname(file)),
    onCrash,
  };
}

const COMPARISONS = workspaceChecks(CHECKS);

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function configFor(project: Project, profile: Profile | undefined, file: string): CheckConfig {
  return {
    profile: profile ?? project.config?.profile ?? project.profile,
    severities: projectSeverities(project, file),
  };
}

const NO_LINES = lineIndexOf("");

function unreadableFile(file: string): JudgedFile {
  const diagnostic: Diagnostic = {
    check: unreadable.id,
    severity: unreadable.severity,
    span: { start: 0, end: 0 },
    message: "The file cannot be read",
    fixes: [],
    related: [],
    tag: undefined,
  };
  return {
    path: file,
    text: "",
    lines: NO_LINES,
    diagnostics: [diagnostic],
    summary: undefined,
    needsOthers: false,
  };
}
