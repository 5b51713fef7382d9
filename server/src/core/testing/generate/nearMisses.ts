/** What is left of a match if one thing is wrong: a clause that fails, an exclusion that holds, a step out of its place. */
import { shortened } from "../../text/excerpt.ts";
import { cover, type Span, textAt } from "../../text/span.ts";
import { type Maker, type Match } from "./maker.ts";
import { type Blueprint, keyLiterals, type Term } from "./blueprint.ts";
import { compared } from "./expressions.ts";
import { forEvent, type Goal, isAsking, literal, opposite } from "./goals.ts";
import { type Appearance, appearancesOf, paceOf, type Scene, sceneOf, sceneWith } from "./scene.ts";

/** A near miss before its events are made. */
export interface Draft {
  readonly name: string;
  /** The clause or step that it is about, in query offsets. */
  readonly span: Span;
  readonly goals: readonly Goal[];
  readonly scene: Scene;
}

export function* draftsOf(maker: Maker, match: Match): Generator<Draft> {
  const { blueprint } = maker;
  const wanted = blueprint.terms.filter(({ role }) => role === "event");
  for (const term of wanted) yield* clauseDrafts(maker, wanted, term);
  if (blueprint.kind === "event") return;
  const goals = wanted.flatMap(goalsOf);
  yield* stepDrafts(blueprint, wanted, goals);
  yield* keyDrafts(match, blueprint, wanted);
  if (blueprint.kind === "sequence") yield* timeDrafts(blueprint, wanted, goals);
  yield* intruderDrafts(blueprint, goals);
}

function goalsOf(term: Term): readonly Goal[] {
  return [...keyGoals(term), term.goal];
}

function keyGoals(term: Term): readonly Goal[] {
  return keyLiterals(term).map((one) => ({ ...one, kind: "literal" }));
}

/** Everything holds but one clause of one event. */
function* clauseDrafts({ text, blueprint }: Maker, wanted: readonly Term[], term: Term): Generator<Draft> {
  const scene = sceneOf(blueprint);
  const others = wanted.filter((one) => one !== term).flatMap(goalsOf);
  const { parts } = term.goal;
  for (const [i, part] of parts.entries()) {
    const rest = parts.filter((_part, at) => at !== i);
    const span = spanOfGoal(part);
    const clause = `\`${shortened(textAt(text, span), LONGEST_CLAUSE)}\``;
    const what = isAsking(part) ? `not ${clause}` : `excluded by ${clause}`;
    const name = term.label === undefined ? what : `${term.label}: ${what}`;
    yield { name, span, scene, goals: [...others, ...keyGoals(term), ...rest, opposite(part)] };
  }
}

const LONGEST_CLAUSE = 60;

/** Where a choice is made up of several clauses, all of them. */
export function spanOfGoal(goal: Goal): Span {
  if (goal.kind === "literal" || goal.parts.length === 0) return goal.span;
  return goal.parts.map(spanOfGoal).reduce(cover);
}

function* stepDrafts(
  blueprint: Blueprint,
  wanted: readonly Term[],
  goals: readonly Goal[],
): Generator<Draft> {
  const all = appearancesOf(blueprint);
  for (const term of wanted) {
    const own = all.filter((one) => one.term === term);
    const others = all.filter((one) => one.term !== term);
    const label = term.label ?? "the event";
    if (others.length !== 0) {
      yield { name: `${label} does not occur`, span: term.span, goals, scene: sceneWith(others) };
    }
    if (1 < term.runs) {
      const fewer = sceneWith([...others, ...own.slice(1)]);
      yield { name: `${label} occurs once too little`, span: term.span, goals, scene: fewer };
    }
  }
}

/** One event belongs to others: of its keys one is different. */
function* keyDrafts(match: Match, blueprint: Blueprint, wanted: readonly Term[]): Generator<Draft> {
  const last = wanted.at(-1);
  if (last === undefined || wanted.length < 2) return;
  // Nothing ties a term of another position to the keys of the others.
  const apart: Term = { ...last, position: blueprint.terms.length };
  const scene = sceneWith(
    appearancesOf(blueprint).map((one) => (one.term === last ? { ...one, term: apart } : one)),
  );
  const others = wanted.filter((one) => one !== last).flatMap(goalsOf);
  for (const key of last.keys) {
    const keys = last.keys.flatMap(
      (one) => keyGoal(match, last, one, apart, one === key ? "!=" : "==") ?? [],
    );
    if (keys.length !== last.keys.length) continue;
    const goals = [...others, ...keyGoals(apart), ...keys, forEvent(last.goal, apart.position)];
    yield { name: `${last.label ?? ""} has another \`${key.field}\``, span: key.span, goals, scene };
  }
}

/** The key of the match, or another. */
function keyGoal(
  { solver, state }: Match,
  last: Term,
  { field, span }: Term["keys"][number],
  apart: Term,
  operator: "==" | "!=",
): Goal | undefined {
  const value = state.fields.get(solver.variableOf(last.position, field))?.value;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const expression = compared(field, operator, value, span);
  return { ...literal(expression, true, apart.position), prefersValue: operator === "!=" };
}

function* timeDrafts(
  blueprint: Blueprint,
  wanted: readonly Term[],
  goals: readonly Goal[],
): Generator<Draft> {
  const all = appearancesOf(blueprint);
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined || all.length < 2) return;
  const { maxspan } = blueprint;
  const end = all.at(-1);
  if (maxspan !== undefined && end !== undefined) {
    const late = [...all.slice(0, -1), { ...end, at: maxspan + LATE }];
    const name = `${last.label ?? ""} comes after maxspan`;
    yield { name, span: last.span, goals, scene: sceneWith(late) };
  }
  if (1 < wanted.length) {
    const latest = all.at(-1)?.at ?? 0;
    const reversed = all.map((one): Appearance => ({ ...one, at: latest - one.at }));
    yield {
      name: "the steps come in the opposite order",
      span: cover(first.span, last.span),
      goals,
      scene: sceneWith(reversed),
    };
  }
}

const LATE = 1000;

/** An event that must be missing occurs, or one that ends what was begun. */
function* intruderDrafts(blueprint: Blueprint, goals: readonly Goal[]): Generator<Draft> {
  const all = appearancesOf(blueprint);
  const pace = paceOf(blueprint);
  for (const term of blueprint.terms) {
    if (term.role === "event") continue;
    const before = all.findLast((one) => one.term.position < term.position);
    const isUntil = term.role === "until";
    const last = all.at(-1)?.at ?? 0;
    const at = isUntil ? last - pace / 2 : before === undefined ? -pace / 2 : before.at + pace / 2;
    const intruder: Appearance = { term, at };
    const name = isUntil
      ? "until comes before the last step"
      : `${term.label ?? ""} occurs, which must be missing`;
    yield {
      name,
      span: term.span,
      goals: [...goals, ...goalsOf(term)],
      scene: sceneWith([...all, intruder]),
    };
  }
}
