/** Events out of nothing for rules of KQL: a match with all that its type needs, and near misses of clauses and type. */
import { type Result } from "../../../base/result.ts";
import { type EqlOptions } from "../../../engine/eql/plan.ts";
import { defaultEqlOptions } from "../../../engine/eql/run.ts";
import { type KqlOptions } from "../../../engine/kql/plan.ts";
import { parseKql } from "../../../query/kql/index.ts";
import { type FieldTypes } from "../../../query/fieldTypes.ts";
import { type RuleDocument } from "../../../rule/model.ts";
import { encloses, textAt } from "../../../text/span.ts";
import { shortened } from "../../../text/excerpt.ts";
import { type Generated, type GeneratedSample, type NotMade } from "../../generate.ts";
import { type PreparedRule, type Refusal } from "../../run/prepared.ts";
import { ruleSettings } from "../../run/settings.ts";
import { asSampleEvents } from "../asSamples.ts";
import { type System } from "../believable.ts";
import { fieldsOfGoal, type Term } from "../blueprint.ts";
import { eventOf } from "../documents.ts";
import { type Goal, isAsking, type Literal, opposite, presence } from "../goals.ts";
import { newSolver } from "../maker.ts";
import { spanOfGoal } from "../nearMisses.ts";
import { solutions } from "../search.ts";
import { EMPTY_STATE, type Solver, type State } from "../state.ts";
import { systemOf } from "../system.ts";
import { filterGoals } from "./filterGoals.ts";
import { goalOfKql } from "./goals.ts";
import { newTermsPlan, QUERY_PLAN, thresholdPlan } from "./plans.ts";
import { type Solved, type Stage, type Staging, START, timed, type TypePlan } from "./stage.ts";
import { singleTerm } from "./term.ts";
import { threatPlans } from "./threatPlans.ts";

/** Everything that is offered was run, and has the verdict that it promises. */
export function* kqlSamples(
  rule: RuleDocument,
  prepared: PreparedRule,
  types: FieldTypes,
): Generator<undefined, Result<Generated, Refusal>> {
  const base = baseOf(rule, prepared, types);
  let conflict: Literal | undefined;
  for (const plan of plansOf(rule, base)) {
    const maker: KqlMaker = { ...base, plan };
    const tried = yield* firstStage(
      maker,
      goalsWith(maker, base.term.goal.parts, []),
      plan.staging,
      "match",
      undefined,
    );
    if (tried.kind === "made") return { ok: true, value: yield* withNearMisses(maker, tried) };
    conflict ??= tried.conflict;
  }
  if (conflict === undefined) return refused("Events that were made for this query do not alert");
  const clause = `\`${clauseText(base, conflict.span)}\``;
  return refused(`No event was found of which ${clause} is true beside the rest`);
}

function refused(reason: string): Result<never, Refusal> {
  return { ok: false, error: { kind: "unsupported", reason, span: undefined } };
}

interface KqlBase {
  readonly rule: RuleDocument;
  readonly prepared: PreparedRule;
  readonly eql: EqlOptions;
  readonly options: KqlOptions;
  readonly system: System;
  readonly text: string;
  readonly term: Term;
  readonly filters: readonly Goal[];
  readonly indexPatterns: readonly string[];
}

interface KqlMaker extends KqlBase {
  readonly plan: TypePlan;
}

function baseOf(rule: RuleDocument, prepared: PreparedRule, types: FieldTypes): KqlBase {
  const options: KqlOptions = { types, now: START };
  const { ast, text } = parseKql(prepared.query);
  return {
    rule,
    prepared,
    eql: { ...defaultEqlOptions, types },
    options,
    system: systemOf(rule, text),
    text,
    term: singleTerm(goalOfKql(ast, options)),
    filters: filterGoals(rule, "filters", options, ast.span),
    indexPatterns: ruleSettings(rule).indexPatterns ?? [],
  };
}

function plansOf(rule: RuleDocument, base: KqlBase): readonly TypePlan[] {
  switch (rule.type) {
    case "threshold":
      return [thresholdPlan(rule)];
    case "new_terms":
      return [newTermsPlan(rule)];
    case "threat_match":
      return threatPlans(base);
    default:
      return [QUERY_PLAN];
  }
}

/** The goals of the query with those of its type and filters. `missing`: fields that need no value. */
function goalsWith(
  { plan, term, filters }: KqlMaker,
  parts: readonly Goal[],
  missing: readonly string[],
): readonly Goal[] {
  const needed = plan.needed
    .filter((field) => !missing.includes(field))
    .map((field): Goal => ({ ...presence(field, term.span, 0), kind: "literal" }));
  return [...parts, ...filters, ...needed];
}

interface Made extends Solved {
  readonly kind: "made";
  readonly stage: Stage;
}

type Tried = Made | { readonly kind: "failed"; readonly conflict: Literal | undefined };

/** Solutions that the rule itself does not confirm are passed over, up to some. */
function* firstStage(
  maker: KqlMaker,
  goals: readonly Goal[],
  staging: Staging,
  expect: "match" | "nomatch",
  near: State | undefined,
): Generator<undefined, Tried> {
  const term: Term = { ...maker.term, goal: { kind: "all", span: maker.term.span, parts: goals } };
  const blueprint = { kind: "event", terms: [term], maxspan: undefined } as const;
  const solver = newSolver({ ...maker, blueprint }, near && { state: near });
  let tries = 0;
  for (const state of solutions(solver, EMPTY_STATE, goals)) {
    if (state === undefined) {
      yield;
      continue;
    }
    for (const solved of dressings(maker, solver, state, term)) {
      const stage = staging(solved);
      if (stage !== undefined && (yield* verdictOf(maker, stage)) === expect)
        return { kind: "made", ...solved, stage };
    }
    if (MOST_TRIES < ++tries) break;
  }
  return { kind: "failed", conflict: tries === 0 ? solver.conflict : undefined };
}

const MOST_TRIES = 12;

function dressings({ indexPatterns }: KqlMaker, solver: Solver, state: State, term: Term): readonly Solved[] {
  return (["full", "none"] as const).map((dressing) => ({
    solver,
    state,
    document: eventOf(solver, state, term, { indexPatterns, dressing }),
  }));
}

function* verdictOf(
  { prepared }: KqlMaker,
  { events, history, indicators }: Stage,
): Generator<undefined, "match" | "nomatch" | undefined> {
  if (events.length === 0) return undefined;
  const outcome = yield* prepared.run({
    events: asSampleEvents(events),
    history: asSampleEvents(history),
    indicators: asSampleEvents(indicators),
    now: undefined,
    index: undefined,
  });
  if (!outcome.ok) return undefined;
  return 0 < outcome.value.alerts.length ? "match" : "nomatch";
}

function* withNearMisses(maker: KqlMaker, match: Made): Generator<undefined, Generated> {
  const nearMisses: GeneratedSample[] = [];
  const notMade: NotMade[] = [];
  const { span } = maker.term;
  // An event without what the type needs still has its surroundings.
  const staging: Staging = (solved) =>
    maker.plan.staging(solved) ?? { ...match.stage, events: [timed(solved.document, 0)] };
  for (const draft of draftsOf(maker)) {
    const tried = yield* firstStage(maker, draft.goals, staging, "nomatch", match.state);
    if (tried.kind === "made") nearMisses.push(sampleOf(draft.name, "nomatch", tried.stage, draft.span));
    else
      notMade.push({ name: draft.name, span: draft.span, reason: reasonFor(maker, draft, tried.conflict) });
    yield;
  }
  for (const variant of maker.plan.variants) {
    const { name } = variant;
    const stage = variant.staging(match);
    const isMiss = stage !== undefined && (yield* verdictOf(maker, stage)) === "nomatch";
    if (isMiss) nearMisses.push(sampleOf(name, "nomatch", stage, span));
    else notMade.push({ name, span, reason: "Such events alert all the same" });
    yield;
  }
  return { match: sampleOf("match", "match", match.stage, undefined), nearMisses, notMade };
}

function sampleOf(
  name: string,
  expect: GeneratedSample["expect"],
  { events, history, indicators }: Stage,
  span: GeneratedSample["span"],
): GeneratedSample {
  return { name, expect, events, history, indicators, span };
}

interface Draft {
  readonly name: string;
  readonly span: NotMade["span"];
  readonly goals: readonly Goal[];
}

/** Everything holds but one clause. */
function* draftsOf(maker: KqlMaker): Generator<Draft> {
  const { parts } = maker.term.goal;
  for (const [i, part] of parts.entries()) {
    const rest = parts.filter((_part, at) => at !== i);
    const span = spanOfGoal(part);
    const clause = `\`${clauseText(maker, span)}\``;
    const name = isAsking(part) ? `not ${clause}` : `excluded by ${clause}`;
    yield { name, span, goals: goalsWith(maker, [...rest, opposite(part)], fieldsOfGoal(part)) };
  }
}

function clauseText({ text }: KqlBase, span: NotMade["span"]): string {
  return shortened(textAt(text, span), LONGEST_CLAUSE);
}

const LONGEST_CLAUSE = 60;

function reasonFor(maker: KqlMaker, { span }: Draft, conflict: Literal | undefined): string {
  if (conflict === undefined) return "Such events alert all the same";
  if (encloses(span, conflict.span)) return "The rest of the query leaves no room for such an event";
  return `Cannot be made beside \`${clauseText(maker, conflict.span)}\``;
}
