/** The only place where tests call the analysis: hundreds of fixtures survive a change of its functions. */
import { type CheckConfig } from "../../server/src/core/analysis/config.ts";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { loadFieldDocs, loadKnowledge } from "../../server/src/host/knowledge.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { root } from "./fixture.ts";

export const ELASTIC: CheckConfig = { profile: "elastic", severities: new Map() };
export const CUSTOM: CheckConfig = { profile: "custom", severities: new Map() };

const host = nodeHost(root);
export const knowledge: Knowledge = await loadKnowledge(host);
export const docs = await loadFieldDocs(host);

export function snapshot(text: string, config: CheckConfig = ELASTIC): Snapshot {
  return snapshotOf({ text, knowledge, config, cache: queryCache() });
}

/** Diagnostics of a rule; a check that throws fails the test. */
export function diagnose(text: string, config: CheckConfig = ELASTIC): readonly Diagnostic[] {
  return allDiagnostics(snapshot(text, config), {
    checks: CHECKS,
    onCrash: (check, error) => {
      throw new Error(`${check} threw`, { cause: error });
    },
  });
}
