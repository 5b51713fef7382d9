/** Events out of nothing: from a rule's query events that alert, and for each of its clauses some that nearly do. */
import { type Result } from "../base/result.ts";
import { type EqlOptions } from "../engine/eql/plan.ts";
import { defaultEqlOptions } from "../engine/eql/run.ts";
import { type JsonObject } from "../engine/event.ts";
import { shortened } from "../text/excerpt.ts";
import { parseEql } from "../query/eql/index.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { encloses, type Span, textAt } from "../text/span.ts";
import { blueprintOf, keyLiterals, type Term } from "./generate/blueprint.ts";
import { type Goal, type Literal } from "./generate/goals.ts";
import { kqlSamples } from "./generate/kql/samples.ts";
import { firstWithVerdict, type Maker, type Match } from "./generate/maker.ts";
import { type Draft, draftsOf } from "./generate/nearMisses.ts";
import { sceneOf } from "./generate/scene.ts";
import { systemOf } from "./generate/system.ts";
import { prepareRule } from "./runners.ts";
import { type Refusal } from "./run/prepared.ts";
import { ruleSettings } from "./run/settings.ts";

export interface GeneratedSample {
  /** "match", "not `process.name : "cmd.exe"`", "excluded by `user.name == "bob"`", "step 2 after maxspan". */
  readonly name: string;
  readonly expect: "match" | "nomatch";
  readonly events: readonly JsonObject[];
  /** Earlier events, for rules that look for what is new. */
  readonly history?: readonly JsonObject[];
  readonly indicators?: readonly JsonObject[];
  /** The clause or step that it is about, in query offsets; undefined for the match. */
  readonly span: Span | undefined;
}

/** A near miss that cannot be made, or that alerts all the same. */
export interface NotMade {
  readonly name: string;
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly reason: string;
}

export interface Generated {
  readonly match: GeneratedSample;
  readonly nearMisses: readonly GeneratedSample[];
  readonly notMade: readonly NotMade[];
}

export interface GenerateOptions {
  readonly types: FieldTypes;
}

/** Everything that is offered was run, and has the verdict that it promises. Yields often enough to be stopped. */
export function* generateSamples(
  rule: RuleDocument,
  { types }: GenerateOptions,
): Generator<undefined, Result<Generated, Refusal>> {
  const prepared = prepareRule(rule, { types, query: undefined });
  if (!prepared.ok) return prepared;
  const language = rule.queries.find(({ role }) => role === "query")?.language;
  // A query rule without a query is one in KQL.
  if (language === undefined || language === "kuery") return yield* kqlSamples(rule, prepared.value, types);
  if (language !== "eql") return refused("Events can be made for queries in EQL and KQL only", undefined);
  const settings = ruleSettings(rule);
  const { categoryField, timestampField, tiebreakerField } = settings;
  const eql: EqlOptions = { ...defaultEqlOptions, categoryField, timestampField, tiebreakerField, types };
  const { ast, text } = parseEql(prepared.value.query);
  const blueprint = blueprintOf(ast, eql);
  if (blueprint === undefined) return refused("The engine cannot run `join`", undefined);
  const maker: Maker = {
    blueprint,
    eql,
    text,
    prepared: prepared.value,
    system: systemOf(rule, text),
    indexPatterns: settings.indexPatterns ?? [],
    timestampField,
  };
  const match = yield* matching(maker);
  if (!match.ok) return match;
  return { ok: true, value: yield* withNearMisses(maker, match.value) };
}

function refused(reason: string, span: Span | undefined): Result<never, Refusal> {
  return { ok: false, error: { kind: "unsupported", reason, span } };
}

function* matching(maker: Maker): Generator<undefined, Result<Match, Refusal>> {
  const { terms } = maker.blueprint;
  const wanted = terms.filter(({ role }) => role === "event");
  const goals = wanted.flatMap((term): readonly Goal[] => [...asGoals(term), term.goal]);
  const scene = sceneOf(maker.blueprint);
  const tried = yield* firstWithVerdict(maker, goals, scene, "match", undefined);
  if (tried.kind === "made") return { ok: true, value: tried.match };
  const { conflict } = tried;
  if (conflict === undefined) return refused("Events that were made for this query do not alert", undefined);
  const reason = `No event was found of which ${clauseText(maker, conflict)} is true beside the rest`;
  return refused(reason, maker.prepared.toFile(conflict.span));
}

/** With the step that it belongs to. */
function clauseText({ text, blueprint }: Maker, { span, event }: Literal): string {
  const label = blueprint.terms[event]?.label;
  const clause = `\`${shortened(textAt(text, span), LONGEST_CLAUSE)}\``;
  return label === undefined ? clause : `${clause} in ${label}`;
}

const LONGEST_CLAUSE = 60;

function asGoals(term: Term): readonly Goal[] {
  return keyLiterals(term).map((literal) => ({ ...literal, kind: "literal" }));
}

function* withNearMisses(maker: Maker, match: Match): Generator<undefined, Generated> {
  const nearMisses: GeneratedSample[] = [];
  const notMade: NotMade[] = [];
  for (const draft of draftsOf(maker, match)) {
    const { name, span } = draft;
    const made = yield* draftedEvents(maker, match, draft);
    if (made.ok) nearMisses.push({ name, expect: "nomatch", events: made.value, span });
    else notMade.push({ name, span, reason: made.error });
    yield;
  }
  const whole: GeneratedSample = { name: "match", expect: "match", events: match.events, span: undefined };
  return { match: whole, nearMisses, notMade };
}

function* draftedEvents(
  maker: Maker,
  match: Match,
  draft: Draft,
): Generator<undefined, Result<readonly JsonObject[], string>> {
  const tried = yield* firstWithVerdict(maker, draft.goals, draft.scene, "nomatch", match);
  if (tried.kind === "made") return { ok: true, value: tried.match.events };
  if (tried.conflict === undefined) return { ok: false, error: "Such events alert all the same" };
  if (encloses(draft.span, tried.conflict.span)) {
    return { ok: false, error: "The rest of the query leaves no room for such an event" };
  }
  return { ok: false, error: `Cannot be made beside ${clauseText(maker, tried.conflict)}` };
}
