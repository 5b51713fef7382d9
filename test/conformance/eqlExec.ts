import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type EqlResult, runEql } from "../../server/src/core/engine/eql/run.ts";
import { type EqlOptions, type Unsupported } from "../../server/src/core/engine/eql/plan.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { type Dataset, datasetsIn } from "./eqlDatasets.ts";
import { readJsonLines } from "./json.ts";
import { isKnown } from "./known.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

/** Queries over events: event queries, sequences and samples. */
export function execSuite(folder: string): SuiteOutcome {
  const datasetNamed = datasetsIn(path.join(folder, "events"));
  const failures: SuiteFailure[] = [];
  const passes = new Map<string, number>();
  let known = 0;
  let skipped = 0;
  readJsonLines(path.join(folder, "exec.jsonl")).forEach((row, index) => {
    const { query, dataset: name } = row;
    const dataset = typeof name === "string" ? datasetNamed(name) : undefined;
    if (typeof query !== "string" || dataset === undefined) {
      skipped++;
      return;
    }
    const kind = String(row["kind"]);
    const got = answerTo(query, dataset, row);
    const expected = acceptedAnswers(row);
    if (expected.some((answer) => isDeepStrictEqual(answer, got)))
      passes.set(kind, (passes.get(kind) ?? 0) + 1);
    else if (isKnown("eql/exec", query)) known++;
    else failures.push({ index, name: query, expected: expected.length === 1 ? expected[0] : expected, got });
  });
  const passed = [...passes.values()].reduce((sum, count) => sum + count, 0);
  const notes = [...passes].map(([kind, count]) => `${kind}: ${count} passed`);
  return { suite: "eql/exec", passed, failures, known, skipped, notes };
}

interface Answer {
  readonly ids: unknown;
  readonly keys?: unknown;
}

function acceptedAnswers(row: Readonly<Record<string, unknown>>): readonly Answer[] {
  const alternatives: readonly unknown[] =
    row["order"] === "any_of" && Array.isArray(row["any_of"]) ? row["any_of"] : [row["expected"]];
  const keys = Array.isArray(row["join_keys"]) ? { keys: row["join_keys"].map(keyText) } : {};
  return alternatives.map((ids) => ({ ids: withMissing(ids), ...keys }));
}

/** A missing event is written as -1 or null. */
function withMissing(ids: unknown): unknown {
  if (!Array.isArray(ids)) return ids;
  return ids.map((id: unknown) =>
    Array.isArray(id) ? id.map((one: unknown) => (one === -1 ? null : one)) : id,
  );
}

function answerTo(query: string, dataset: Dataset, row: Readonly<Record<string, unknown>>): unknown {
  const { ast, errors } = parseEql(query);
  const [error] = errors;
  if (error !== undefined) return { error: error.message };
  const { size, max_samples_per_key: samples } = row;
  const failures: Unsupported[] = [];
  const options: EqlOptions = {
    ...dataset.options,
    onFailure: (failure) => failures.push(failure),
    ...(typeof size === "number" ? { size } : {}),
    ...(typeof samples === "number" ? { maxSamplesPerKey: samples } : {}),
  };
  const work = runEql(ast, dataset.events, options);
  let step = work.next();
  while (step.done !== true) step = work.next();
  const outcome = step.value;
  if (!outcome.ok) return { unsupported: outcome.error.feature };
  const [failure] = failures;
  if (failure !== undefined) return { failure: failure.feature };
  return answerOf(outcome.value, dataset.idField, row);
}

function answerOf(
  { kind, results }: EqlResult,
  idField: string,
  row: Readonly<Record<string, unknown>>,
): Answer {
  const ids = results.map(({ events }) => events.map((event) => event?.document[idField] ?? null));
  const keys = results.flatMap((result) => result.keys.map(keyText));
  const answer = { ids: kind === "events" ? ids.flat() : ids };
  return Array.isArray(row["join_keys"]) ? { ...answer, keys } : answer;
}

function keyText(key: unknown): string {
  return String(key);
}
