/** Goes through the goals, and back where two of them cannot be fulfilled together. */
import { type Scalar } from "../../engine/value.ts";
import { walk } from "../../query/ast.ts";
import { childrenOf, type EqlAst } from "../../query/eql/index.ts";
import { compared, withValues } from "./expressions.ts";
import { type Goal, literal, type Literal, presence, rankOf } from "./goals.ts";
import { documentOf, isAccepted, isFulfilled, type Solver, type State, withLiteral } from "./state.ts";

/** More tries than this, and the goals are given up. */
const MOST_STEPS = 60_000;

/** States in which all goals are fulfilled, one after the other; undefined now and then, so that the work can be stopped. */
export function* solutions(
  solver: Solver,
  state: State,
  goals: readonly Goal[],
): Generator<State | undefined, void> {
  yield* search(solver, state, merged(goals, []));
}

interface RankedGoal {
  readonly goal: Goal;
  readonly rank: number;
}

/** `rest` is in order. */
function merged(goals: readonly Goal[], rest: readonly RankedGoal[]): readonly RankedGoal[] {
  const ranked = goals.map((goal) => ({ goal, rank: rankOf(goal) }));
  return [...ranked, ...rest].toSorted((left, right) => left.rank - right.rank);
}

function* search(
  solver: Solver,
  start: State,
  goals: readonly RankedGoal[],
): Generator<State | undefined, void> {
  let state = start;
  let pending = goals;
  for (let next = pending[0]; next !== undefined; next = pending[0]) {
    if (MOST_STEPS < ++solver.steps) return;
    if (solver.steps % STEPS_A_YIELD === 0) yield undefined;
    const { goal } = next;
    const rest = pending.slice(1);
    if (goal.kind === "literal") {
      const found = withLiteral(solver, state, goal);
      if (found === undefined) return;
      state = found;
      pending = rest;
    } else if (goal.kind === "all") {
      pending = merged(goal.parts, rest);
    } else {
      for (const part of likeliestFirst(solver, state, goal.parts)) {
        yield* search(solver, state, merged([part], rest));
        if (MOST_STEPS < solver.steps) return;
      }
      return;
    }
  }
  yield* withRelations(solver, state, state.relations, new Set());
}

const STEPS_A_YIELD = 20;

/** What comes true already asks for no change. */
function likeliestFirst(solver: Solver, state: State, parts: readonly Goal[]): readonly Goal[] {
  const fulfilled = parts.filter((part) => isFulfilledBy(solver, state, part));
  return [...fulfilled, ...parts.filter((part) => !fulfilled.includes(part))];
}

function isFulfilledBy(solver: Solver, state: State, goal: Goal): boolean {
  if (goal.kind !== "literal") {
    const isOne = (part: Goal): boolean => isFulfilledBy(solver, state, part);
    return goal.kind === "all" ? goal.parts.every(isOne) : goal.parts.some(isOne);
  }
  const [field, second] = goal.fields;
  if (field === undefined) return isFulfilled(solver, goal, {});
  if (second !== undefined)
    return isFulfilled(solver, goal, documentOf(solver, state, goal.event, goal.fields));
  return isAccepted(solver, goal, state.fields.get(solver.variableOf(goal.event, field))?.value);
}

/** Literals that compare fields: all of these but one are held fast, and the one is made to fit. */
function* withRelations(
  solver: Solver,
  state: State,
  relations: readonly Literal[],
  fast: ReadonlySet<string>,
): Generator<State | undefined, void> {
  const [relation, ...others] = relations;
  if (relation === undefined) {
    yield state;
    return;
  }
  if (MOST_STEPS < ++solver.steps) return;
  const { event, fields, expression: compares } = relation;
  // An atom has one field, and compares it with no other.
  if (compares.kind === "atom") return;
  const variables = fields.map((field) => solver.variableOf(event, field));
  if (isFulfilledBy(solver, state, { ...relation, kind: "literal" })) {
    const held = holdFast(solver, state, relation, fields);
    if (held !== undefined) yield* withRelations(solver, held, others, new Set([...fast, ...variables]));
  }
  for (const [i, target] of fields.entries()) {
    const rest = fields.filter((field) => field !== target);
    if (fast.has(variables[i] ?? "")) continue;
    const filled = withValuesFor(solver, state, relation, rest);
    const held = filled === undefined ? undefined : holdFast(solver, filled, relation, rest);
    if (held === undefined) continue;
    const document = documentOf(solver, held, event, rest);
    const expression = withValues(compares, (field) => {
      return field === target ? undefined : scalarOf(document[solver.storedField(field)]);
    });
    const next = withLiteral(solver, held, {
      ...literal(expression, relation.isWanted, event),
      prefersValue: true,
    });
    if (next !== undefined) yield* withRelations(solver, next, others, new Set([...fast, ...variables]));
  }
  solver.conflict = relation;
}

function scalarOf(value: unknown): string | number | boolean | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isScalar(one) ? one : undefined;
}

function isScalar(value: unknown): value is Exclude<Scalar, null> {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Fields that are compared need values, and numbers where it is reckoned with them. */
function withValuesFor(
  solver: Solver,
  state: State,
  { event, span, expression }: Literal,
  fields: readonly string[],
): State | undefined {
  const nodes = expression.kind === "atom" ? [] : [...walk<EqlAst>(expression, childrenOf)];
  const isReckoned = nodes.some(({ kind }) => kind === "arithmetic");
  let next: State | undefined = state;
  for (const field of fields) {
    if (next?.fields.get(solver.variableOf(event, field))?.value !== undefined) continue;
    const needed = isReckoned
      ? literal(compared(field, ">=", 0, span), true, event)
      : presence(field, span, event);
    if (next !== undefined) next = withLiteral(solver, next, needed);
  }
  return next;
}

/** They keep the values that they have. */
function holdFast(
  solver: Solver,
  state: State,
  { event, span }: Literal,
  fields: readonly string[],
): State | undefined {
  let next: State | undefined = state;
  for (const field of fields) {
    const value = scalarOf(next?.fields.get(solver.variableOf(event, field))?.value);
    if (next === undefined || value === undefined) continue;
    next = withLiteral(solver, next, literal(compared(field, "==", value, span), true, event));
  }
  return next;
}
