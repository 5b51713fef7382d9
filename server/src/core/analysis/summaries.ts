import { NO_KNOWLEDGE } from "../knowledge/knowledge.ts";
import { type RuleSummary, ruleSummary } from "../rule/summary.ts";
import { readUnjudgedToml } from "../toml/read.ts";
import { type QueryCache } from "./cache.ts";
import { DEFAULT_CONFIG } from "./config.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";

/** What the workspace remembers of a file; undefined if it is no rule, or stands nowhere. */
export function summaryOf(snapshot: Snapshot): RuleSummary | undefined {
  const { path } = snapshot;
  if (path === undefined || !snapshot.isRule()) return undefined;
  const queries = snapshot.queries().map(({ embedded, support, parse, facts }) => ({
    facts,
    exclusions: support.exclusions?.(parse) ?? [],
    map: embedded.host.map,
  }));
  return ruleSummary(snapshot.rule(), path, queries);
}

/** The same of a text: a summary depends on nothing else. Yields where it can be interrupted. */
export function* summarySteps(
  path: string,
  text: string,
  cache: QueryCache,
): Generator<undefined, RuleSummary | undefined> {
  const snapshot = snapshotOf({
    text,
    read: readUnjudgedToml,
    path,
    knowledge: NO_KNOWLEDGE,
    config: DEFAULT_CONFIG,
    cache,
  });
  if (!snapshot.isRule()) return undefined;
  yield;
  snapshot.queries();
  yield;
  return summaryOf(snapshot);
}

/** At once, for whoever has nothing else to do. */
export function summaryOfText(path: string, text: string, cache: QueryCache): RuleSummary | undefined {
  const work = summarySteps(path, text, cache);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
