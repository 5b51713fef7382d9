/** Judges files one after the other, as `check` and the benchmarks do. */
import path from "node:path";
import { queryCache } from "../core/analysis/cache.ts";
import { type CheckConfig, type Profile } from "../core/analysis/config.ts";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { allDiagnostics } from "../core/analysis/runChecks.ts";
import { snapshotOf } from "../core/analysis/snapshot.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { unreadable } from "../core/checks/toml/unreadable.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { type LineIndex, lineIndexOf } from "../core/text/lineIndex.ts";
import { type Host, decodeText } from "../host/host.ts";
import { type Projects, findProjects } from "../host/projects.ts";

export interface JudgedFile {
  readonly path: string;
  readonly lines: LineIndex;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Judge {
  /** Undefined for TOML that is no rule. */
  judge(file: string): Promise<JudgedFile | undefined>;
}

export interface JudgeOptions {
  readonly host: Host;
  readonly knowledge: Knowledge;
  /** Undefined: as `rulewright.toml` or the folder says. */
  readonly profile: Profile | undefined;
  readonly warn: (message: string) => void;
}

export function judgeWith({ host, knowledge, profile, warn }: JudgeOptions): Judge {
  const projects = findProjects(
    host,
    CHECKS.map((check) => check.id),
  );
  const cache = queryCache();
  const warned = new Set<string>();

  return {
    async judge(file) {
      const bytes = await host.readFile(file);
      if (bytes === undefined) return unreadableFile(file);
      const { text, notUtf8At } = decodeText(bytes);
      const config = await configFor(projects, file, profile, (message) => {
        if (!warned.has(message)) warn(message);
        warned.add(message);
      });
      const snapshot = snapshotOf({
        text,
        knowledge,
        config,
        cache,
        ...(notUtf8At === undefined ? {} : { notUtf8At }),
      });
      if (!snapshot.isRule() && notUtf8At === undefined) return undefined;
      const onCrash = (check: string, error: unknown): void =>
        warn(
          `${check} failed on ${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      return {
        path: file,
        lines: snapshot.lines(),
        diagnostics: allDiagnostics(snapshot, { checks: CHECKS, onCrash }),
      };
    },
  };
}

async function configFor(
  projects: Projects,
  file: string,
  profile: Profile | undefined,
  warn: (message: string) => void,
): Promise<CheckConfig> {
  const project = await projects.of(path.dirname(file));
  for (const problem of project.problems) warn(problem);
  return {
    profile: profile ?? project.config?.profile ?? project.profile,
    severities: project.config?.severities ?? new Map(),
  };
}

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
  return { path: file, lines: lineIndexOf(""), diagnostics: [diagnostic] };
}
