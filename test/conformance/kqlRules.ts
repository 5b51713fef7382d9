/** Every KQL query of the public rules: it is read without error, and formatting keeps its tree. */
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { type Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { DEFAULT_LAYOUT, formatQuery } from "../../server/src/core/features/formatQuery.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { snapshot } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { shapeOf } from "../support/shape.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const WIDTHS = [DEFAULT_LAYOUT.width, 60];

export function rulesSuite(rules: readonly CorpusRule[]): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let queryCount = 0;
  let changedCount = 0;
  let milliseconds = 0;
  for (const { path, text } of rules) {
    const read = snapshot(text);
    const queries = kqlQueries(read);
    if (queries.length === 0) continue;
    queryCount += queries.length;
    const errors = queries.flatMap((query) => parseKql(query).errors);
    const started = performance.now();
    for (const query of queries) parseKql(query);
    milliseconds += performance.now() - started;
    if (formattedText(read, DEFAULT_LAYOUT.width) !== text) changedCount++;
    const [error] = errors;
    const problem =
      error?.message ?? WIDTHS.map((width) => problemOf(text, width)).find((one) => one !== undefined);
    if (problem !== undefined)
      failures.push({ index: queryCount, name: path, expected: "the same query", got: problem });
  }
  const mean = milliseconds / Math.max(queryCount, 1);
  return {
    suite: "kql/rules",
    passed: queryCount - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [
      `${changedCount} of ${queryCount} queries would change, at widths ${WIDTHS.join(" and ")}`,
      `${mean.toFixed(2)} ms to parse a query in the mean`,
    ],
  };
}

function kqlQueries(read: Snapshot): readonly string[] {
  return read.queries().flatMap(({ embedded, support }) => (support.id === "kuery" ? [embedded.text] : []));
}

function formattedText(read: Snapshot, width: number): string | undefined {
  const edits = [];
  for (const query of read.queries()) {
    if (query.support.id !== "kuery") continue;
    const formatting = formatQuery(read, query, { ...DEFAULT_LAYOUT, width });
    if (formatting.kind === "left-alone") return undefined;
    if (formatting.kind === "formatted") edits.push(...formatting.edits);
  }
  return applyEdits(read.text, edits);
}

function problemOf(text: string, width: number): string | undefined {
  const before = snapshot(text);
  const changed = formattedText(before, width);
  if (changed === undefined) return `width ${width}: left alone`;
  const after = snapshot(changed);
  const [old, now] = [kqlQueries(before), kqlQueries(after)];
  const isSame = old.every((query, i) => shapeOf(parseKql(query)) === shapeOf(parseKql(now[i] ?? "")));
  if (!isSame || old.length !== now.length) return `width ${width}: another query`;
  return formattedText(after, width) === changed ? undefined : `width ${width}: changes again`;
}
