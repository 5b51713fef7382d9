/** Mutation score: of small changes to a rule's query, how many its test cases notice. */
import { type CaseInputs } from "./cases/inputs.ts";
import { type TestCase } from "./cases/testCase.ts";
import { parseEql } from "../query/eql/index.ts";
import { parseKql } from "../query/kql/index.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Result } from "../base/result.ts";
import { eqlMutations, type Mutation } from "./mutate/eqlMutations.ts";
import { kqlMutations } from "./mutate/kqlMutations.ts";
import { type PreparedRule, type Refusal } from "./run/prepared.ts";
import { runCase } from "./runCase.ts";
import { prepareRule } from "./runners.ts";

/** A case that is ready to run. */
export interface ReadyCase {
  readonly testCase: TestCase;
  readonly inputs: CaseInputs;
}

export interface JudgedMutation {
  readonly mutation: Mutation;
  /** The first case that fails because of it; undefined: no test notices. */
  readonly noticedBy: TestCase | undefined;
}

export interface MutationScore {
  readonly judged: readonly JudgedMutation[];
  readonly noticedCount: number;
  /** Changed queries that Elasticsearch would refuse, or that the engine cannot run: they count for nothing. */
  readonly refusedCount: number;
  /** Cases that do not pass on the rule as it is: they notice nothing. */
  readonly leftOut: readonly TestCase[];
}

/** All changes of the rule's query; none for languages that are not known here. */
export function mutationsOf({ query }: PreparedRule, rule: RuleDocument): readonly Mutation[] {
  const language = rule.queries.find(({ role }) => role === "query")?.language;
  if (language !== "eql" && language !== "kuery") return [];
  const mutations = language === "eql" ? eqlMutations(parseEql(query)) : kqlMutations(parseKql(query));
  return [...mutations].filter((mutation) => mutation !== undefined);
}

/** How many of all changes have been judged. */
export type OnJudged = (done: number, all: number) => void;

/** Yields often enough to be stopped at any time. */
export function* mutationScore(
  rule: RuleDocument,
  types: FieldTypes,
  cases: readonly ReadyCase[],
  onJudged: OnJudged = () => undefined,
): Generator<undefined, Result<MutationScore, Refusal>> {
  const prepared = prepareRule(rule, { types, query: undefined });
  if (!prepared.ok) return prepared;
  const passing: ReadyCase[] = [];
  for (const one of cases) if (yield* isPassed(one, prepared)) passing.push(one);
  const leftOut = cases.filter((one) => !passing.includes(one)).map(({ testCase }) => testCase);
  const judged: JudgedMutation[] = [];
  let refusedCount = 0;
  const mutations = mutationsOf(prepared.value, rule);
  for (const [i, mutation] of mutations.entries()) {
    onJudged(i, mutations.length);
    const mutated = prepareRule(rule, { types, query: mutation.query });
    yield;
    if (mutated.ok) judged.push({ mutation, noticedBy: yield* noticing(passing, mutated) });
    else refusedCount++;
  }
  const noticedCount = judged.filter(({ noticedBy }) => noticedBy !== undefined).length;
  return { ok: true, value: { judged, noticedCount, refusedCount, leftOut } };
}

type Prepared = Result<PreparedRule, Refusal>;

function* isPassed({ testCase, inputs }: ReadyCase, prepared: Prepared): Generator<undefined, boolean> {
  const report = yield* runCase(testCase, prepared, { ok: true, value: inputs });
  return report.outcome === "passed";
}

function* noticing(
  cases: readonly ReadyCase[],
  prepared: Prepared,
): Generator<undefined, TestCase | undefined> {
  for (const one of cases) if (!(yield* isPassed(one, prepared))) return one.testCase;
  return undefined;
}
