/** What all checks say of a text as if it stood in a checkout of the rules: the way Elastic's CI sees it. */
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { summaryOf } from "../../server/src/core/analysis/summaries.ts";
import { type WorkspaceIndex, workspaceIndex } from "../../server/src/core/analysis/workspace.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { type Repository } from "../../server/src/core/knowledge/repository.ts";
import { ELASTIC } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";

export interface RulesJudge {
  /** A text in the place of the file of its path. */
  read(path: string, text: string): Snapshot;
  /** With what comes of comparing it with the other rules. */
  told(snapshot: Snapshot): readonly Diagnostic[];
}

export function rulesJudge(
  rules: readonly CorpusRule[],
  knowledge: Knowledge,
  repository: Repository,
): RulesJudge {
  const cache = queryCache();
  const read = (path: string, text: string): Snapshot =>
    snapshotOf({ text, knowledge, config: ELASTIC, cache, path, repository });
  const index = workspaceIndex(rules.flatMap((rule) => summaryOf(read(rule.path, rule.text)) ?? []));
  return {
    read,
    told(snapshot) {
      const workspace: WorkspaceIndex =
        snapshot.path === undefined ? index : index.with(snapshot.path, summaryOf(snapshot)).index;
      const onCrash = (check: string, error: unknown): never => {
        throw new Error(`${check} threw`, { cause: error });
      };
      return allDiagnostics(snapshot, { checks: CHECKS, workspace, onCrash });
    },
  };
}
