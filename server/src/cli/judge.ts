/** Judges files one after the other, as `check` and the benchmarks do. */
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
import { type FileBase, type GitBases, fileBase } from "../host/gitBases.ts";
import { pathBelow } from "../host/paths.ts";
import { type Project, findProjects, pathInProject, projectSeverities } from "../host/projects.ts";
import { repositoryAt } from "../host/repository.ts";
import { type AskedFile, type Verdict, type Verdicts, contentKey } from "./verdicts.ts";

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

/** The rules around a file. */
export interface Surroundings {
  readonly workspace: Workspace;
  /** Names them all, as they are. */
  readonly revision: string;
}

export interface Judge {
  /** Undefined for TOML that is no rule. Without the rules around, nothing is compared. */
  judge(file: string, around?: Surroundings): Promise<JudgedFile | undefined>;
  /** Undefined if it cannot be read. */
  read(file: string): Promise<ReadFile | undefined>;
  projectOf(file: string): Promise<Project>;
  /** What is known of files since an earlier run. */
  readonly verdicts: Verdicts | undefined;
  onCrash(file: string): RunOptions["onCrash"];
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
  /** Of earlier runs. */
  readonly verdicts?: Verdicts | undefined;
}

export function judgeWith(options: JudgeOptions): Judge {
  const { host, knowledgeFor, profile, cwd, bases, warn, verdicts } = options;
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

  /** What decides the verdict on a file, apart from what is known and the day. */
  async function placeOf(file: string, bytes: Uint8Array): Promise<Place> {
    const project = await projects.of(path.dirname(file));
    for (const problem of project.problems) warnOnce(problem);
    return {
      project,
      config: configFor(project, profile, file),
      path: pathInProject(project, file) ?? pathBelow(cwd, file),
      base: fileBase(await bases.of(project.root ?? cwd), file, bytes),
    };
  }

  async function readAt(file: string, bytes: Uint8Array, place: Place): Promise<ReadFile> {
    const decoded = decodeText(bytes);
    const { notUtf8At } = decoded;
    const input = {
      knowledge: await knowledgeFor(path.dirname(file)),
      config: place.config,
      cache,
      path: place.path,
      repository: place.project.repository,
      today: options.today,
      baseText: await place.base.textOf(decoded.text),
      ...(notUtf8At === undefined ? {} : { notUtf8At }),
    };
    return { ...decoded, snapshotOf: (text) => snapshotOf({ text, ...input }) };
  }

  async function judge(file: string, around?: Surroundings): Promise<JudgedFile | undefined> {
    const bytes = await host.readFile(file);
    if (bytes === undefined) return unreadableFile(file);
    // Before anything else of the folder is read: what changes from now on makes the verdict one of the past.
    const grounds = await verdicts?.groundsOf(path.dirname(file));
    const place = await placeOf(file, bytes);
    const asked = askedFile(file, bytes, place, { cwd, today: options.today, grounds, around });
    const kept = await verdicts?.find(asked);
    if (kept !== undefined) return judgedFile(file, () => decodeText(bytes).text, kept);
    const { text, notUtf8At, snapshotOf: snapshotWith } = await readAt(file, bytes, place);
    const snapshot = snapshotWith(text);
    let hasCrashed = false;
    const tell = onCrash(file);
    const verdict = verdictOn(snapshot, notUtf8At, around?.workspace, (check, error) => {
      hasCrashed = true;
      tell(check, error);
    });
    if (!hasCrashed) await verdicts?.keep(asked, verdict);
    return judgedFile(file, () => text, verdict);
  }

  return {
    judge,
    async read(file) {
      const bytes = await host.readFile(file);
      return bytes && readAt(file, bytes, await placeOf(file, bytes));
    },
    projectOf: (file) => projects.of(path.dirname(file)),
    verdicts,
    onCrash,
  };
}

interface Place {
  readonly project: Project;
  readonly config: CheckConfig;
  /** Below the project's root, or the current folder. */
  readonly path: string | undefined;
  readonly base: FileBase;
}

function askedFile(
  file: string,
  bytes: Uint8Array,
  place: Place,
  run: {
    readonly cwd: string;
    readonly today: string;
    readonly grounds: string | undefined;
    readonly around: Surroundings | undefined;
  },
): AskedFile {
  const { profile, severities } = place.config;
  const { today, grounds = "", around, cwd } = run;
  return {
    path: file,
    root: place.project.root ?? cwd,
    content: contentKey(bytes),
    grounds: [
      grounds,
      place.path ?? "",
      profile,
      JSON.stringify([...severities]),
      place.base.revision,
      today,
    ],
    around: around?.revision,
  };
}

function verdictOn(
  snapshot: Snapshot,
  notUtf8At: number | undefined,
  workspace: Workspace | undefined,
  onCrash: RunOptions["onCrash"],
): Verdict {
  if (!snapshot.isRule() && notUtf8At === undefined) return NO_RULE;
  return {
    isRule: true,
    diagnostics: allDiagnostics(snapshot, { checks: CHECKS, workspace, onCrash }),
    summary: summaryOf(snapshot),
    needsOthers: allowsComparison(snapshot, COMPARISONS),
  };
}

const NO_RULE: Verdict = { isRule: false, diagnostics: [], summary: undefined, needsOthers: false };

function judgedFile(file: string, textOf: () => string, verdict: Verdict): JudgedFile | undefined {
  const { isRule, diagnostics, summary, needsOthers } = verdict;
  if (!isRule) return undefined;
  const text = diagnostics.length === 0 ? "" : textOf();
  return {
    path: file,
    text,
    lines: text === "" ? NO_LINES : lineIndexOf(text),
    diagnostics,
    summary,
    needsOthers,
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
