/** The only place where tests call the analysis: hundreds of fixtures survive a change of its functions. */
import { type CheckConfig } from "../../server/src/core/analysis/config.ts";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { summaryOf } from "../../server/src/core/analysis/summaries.ts";
import { type WorkspaceIndex, workspaceIndex } from "../../server/src/core/analysis/workspace.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { type Knowledge, NO_KNOWLEDGE } from "../../server/src/core/knowledge/knowledge.ts";
import { loadFieldDocs, loadKnowledge } from "../../server/src/host/knowledge.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { type Place } from "./authoredPlace.ts";
import { authoredSchemas } from "./authoredSchemas.ts";
import { root } from "./fixture.ts";

export const ELASTIC: CheckConfig = { profile: "elastic", severities: new Map() };
export const CUSTOM: CheckConfig = { profile: "custom", severities: new Map() };

const host = nodeHost(root);
export const knowledge: Knowledge = await loadKnowledge(host);
export const docs = await loadFieldDocs(host);

/** What is derived from the packaged data alone is shared by all. */
const cache = queryCache();

export function snapshot(
  text: string,
  config: CheckConfig = ELASTIC,
  known: Knowledge = knowledge,
  place: Place = {},
): Snapshot {
  return snapshotOf({ text, knowledge: known, config, cache, ...place });
}

/** The packaged knowledge with the schemas that a fixture declares, if it does. */
export function knowledgeWith(schemas: string | undefined): Knowledge {
  if (schemas === undefined || knowledge.fields === undefined) return knowledge;
  return {
    ...knowledge,
    revision: `${knowledge.revision}, ${schemas}`,
    schemas: authoredSchemas(schemas, knowledge.fields),
  };
}

/** Diagnostics of a rule; a check that throws fails the test. */
export function diagnose(
  text: string,
  config: CheckConfig = ELASTIC,
  known: Knowledge = knowledge,
  place: Place = {},
): readonly Diagnostic[] {
  const own = snapshot(text, config, known, place);
  return allDiagnostics(own, {
    checks: CHECKS,
    workspace: place.neighbours && workspaceOf(own, place.neighbours),
    onCrash: (check, error) => {
      throw new Error(`${check} threw`, { cause: error });
    },
  });
}

/** The rule among others, which are told by path and text. */
function workspaceOf(own: Snapshot, neighbours: ReadonlyMap<string, string>): WorkspaceIndex {
  const others = [...neighbours].map(([path, text]) => snapshot(text, ELASTIC, NO_KNOWLEDGE, { path }));
  return workspaceIndex([own, ...others].flatMap((one) => summaryOf(one) ?? []));
}
