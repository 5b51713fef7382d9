/** Which small changes of a rule's query its tests notice, with a page that leads to those that none does. */
import { type CancellationToken } from "vscode-languageserver";
import { type JudgedMutation, type MutationScore, mutationScore } from "../../core/testing/mutate.ts";
import { type MutationResult } from "../protocolMutations.ts";
import { mutationPage } from "./mutationPage.ts";
import { queryPlaces } from "./places.ts";
import { cancelled, type OneRule, type TestService } from "./testService.ts";

export interface MutationProgress {
  /** Such as "12 of 40 changes". */
  readonly message: string;
  readonly percentage: number;
}

/** Null for what is no rule. Throws if it was cancelled. */
export async function mutateQuery(
  service: TestService,
  uri: string,
  token: CancellationToken,
  onProgress: (step: MutationProgress) => void,
): Promise<MutationResult | null> {
  const one = await service.rule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return null;
  const ready = one.cases.flatMap(({ testCase, inputs }) =>
    // Scratch events and known misses assert nothing, so that no change could fail them.
    inputs.ok && testCase.expect !== "events" && !testCase.isTodo ? [{ testCase, inputs: inputs.value }] : [],
  );
  if (ready.length === 0) return { ok: false, message: "The rule has no tests that could notice a change" };
  const judging = mutationScore(one.rule.rule, one.types, ready, wholePercents(onProgress));
  const score = await one.options.drive(judging);
  if (score === undefined || token.isCancellationRequested) throw cancelled();
  if (!score.ok) return { ok: false, message: score.error.reason };
  const { judged, refusedCount } = score.value;
  if (judged.length === 0 && refusedCount === 0)
    return { ok: false, message: "The query has nothing that could be changed" };
  return resultOf(one, uri, score.value);
}

function resultOf(one: OneRule, uri: string, score: MutationScore): MutationResult {
  const places = queryPlaces(one.rule);
  const judged = score.judged.toSorted(byPlace);
  const changes = judged.flatMap(({ mutation: { kind, name, span }, noticedBy }) =>
    places === undefined ? [] : [{ kind, name, range: places(span), noticedBy: noticedBy?.name ?? null }],
  );
  const { noticedCount, refusedCount } = score;
  const leftOut = score.leftOut.map(({ name }) => name);
  const found = { changes, noticedCount, refusedCount, leftOut };
  const ruleName = one.rule.rule.name?.value ?? one.rule.path;
  return { ok: true, ...found, page: mutationPage({ ...found, ruleName, uri }) };
}

function byPlace({ mutation: one }: JudgedMutation, { mutation: other }: JudgedMutation): number {
  return one.span.start - other.span.start || one.span.end - other.span.end;
}

/** A message for each change would be more than anybody can see. */
function wholePercents(onProgress: (step: MutationProgress) => void): (done: number, all: number) => void {
  let last = -1;
  return (done, all) => {
    const percentage = Math.floor((100 * done) / all);
    if (percentage === last) return;
    last = percentage;
    onProgress({ message: `${done} of ${all} changes`, percentage });
  };
}
