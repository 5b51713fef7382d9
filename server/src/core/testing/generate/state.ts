/** What is known of the events while they are made: for each field what it must fulfil, and a value that does. */
import { type JsonObject } from "../../engine/event.ts";
import { compileCondition } from "../../engine/eql/compile.ts";
import { type EqlOptions, type Predicate } from "../../engine/eql/plan.ts";
import { type EqlExpression } from "../../query/eql/index.ts";
import { type Ask } from "./asks.ts";
import { isListField, type System } from "./believable.ts";
import {
  candidateContext,
  type CandidateContext,
  candidatesFor,
  type Held,
  listOfCandidates,
  prefersList,
} from "./candidates.ts";
import { type Literal } from "./goals.ts";

/** A field of one event, or of several whose keys must be the same. */
export type Variable = string;

export interface SolverOptions {
  readonly eql: EqlOptions;
  readonly system: System;
  /** Which fields of which events share a value. */
  readonly variableOf: (event: number, field: string) => Variable;
  /** The field that a name stands for, where it is another index of it. */
  readonly storedField: (field: string) => string;
  /** Values that the fields have in a sample near to this one. */
  readonly preferred: ReadonlyMap<Variable, Held>;
}

/** What one run of the solver carries along. */
export interface Solver extends SolverOptions {
  readonly context: Pick<CandidateContext, "options" | "system" | "asksFor">;
  /** Undefined: the expression cannot be run, and comes true for nobody. */
  readonly predicates: Map<EqlExpression, Predicate | undefined>;
  /** The literal that could not be fulfilled, of those that were tried last. */
  conflict: Literal | undefined;
  steps: number;
}

export interface FieldState {
  readonly literals: readonly Literal[];
  /** Undefined: the field is absent. */
  readonly value: Held | undefined;
}

export interface State {
  readonly fields: ReadonlyMap<Variable, FieldState>;
  /** Literals that compare fields with each other. */
  readonly relations: readonly Literal[];
}

export const EMPTY_STATE: State = { fields: new Map(), relations: [] };

export function solverFor(options: SolverOptions): Solver {
  const cache = new Map<EqlExpression, readonly Ask[]>();
  const context = candidateContext(options.eql, options.system, cache);
  return { ...options, context, predicates: new Map(), conflict: undefined, steps: 0 };
}

/** Does the literal come true in the document? */
export function isFulfilled(
  solver: Solver,
  { expression, isWanted }: Literal,
  document: JsonObject,
): boolean {
  if (expression.kind === "atom") return expression.holds(document) === isWanted;
  if (!solver.predicates.has(expression)) {
    const compiled = compileCondition(expression, solver.eql);
    solver.predicates.set(expression, compiled.ok ? compiled.value : undefined);
  }
  return solver.predicates.get(expression)?.(document) === isWanted;
}

/** Undefined: nothing can fulfil the literal beside what was asked before. */
export function withLiteral(solver: Solver, state: State, literal: Literal): State | undefined {
  const [field, second] = literal.fields;
  if (field === undefined) return isFulfilled(solver, literal, {}) ? state : refused(solver, literal);
  if (second !== undefined) return { ...state, relations: [...state.relations, literal] };
  const variable = solver.variableOf(literal.event, field);
  const before = state.fields.get(variable);
  const literals = [...(before?.literals ?? []), literal];
  const isKept = before !== undefined && !literal.prefersValue && isAccepted(solver, literal, before.value);
  const chosen = isKept ? { value: before.value } : chosenValue(solver, state, variable, literals);
  if (chosen === undefined) return refused(solver, literal);
  return withField(state, variable, { literals, value: chosen.value });
}

export function withField(state: State, variable: Variable, field: FieldState): State {
  return { ...state, fields: new Map(state.fields).set(variable, field) };
}

function refused(solver: Solver, literal: Literal): undefined {
  solver.conflict = literal;
  return undefined;
}

/** Of a literal of one field: does it come true with this value? */
export function isAccepted(solver: Solver, literal: Literal, value: Held | undefined): boolean {
  const [field = ""] = literal.fields;
  const document = value === undefined ? {} : { [solver.storedField(field)]: value };
  return isFulfilled(solver, literal, document);
}

/** A value, or none at all, that fulfils all literals of a field. */
export function chosenValue(
  solver: Solver,
  state: State,
  variable: Variable,
  literals: readonly Literal[],
): { readonly value: Held | undefined } | undefined {
  const isFree = literals.every((literal) => isAccepted(solver, literal, undefined));
  const prefersValue = literals.some((literal) => literal.prefersValue || literal.isWanted);
  if (isFree && !prefersValue) return { value: undefined };
  const value = presentValue(solver, state, variable, literals);
  if (value !== undefined) return { value };
  return isFree ? { value: undefined } : undefined;
}

function presentValue(
  solver: Solver,
  state: State,
  variable: Variable,
  literals: readonly Literal[],
): Held | undefined {
  const field = literals[0]?.fields[0] ?? "";
  const accepts = (value: Held): boolean => literals.every((literal) => isAccepted(solver, literal, value));
  const context: CandidateContext = {
    ...solver.context,
    nameHint: nameHint(solver, state, literals[0]),
    preferred: solver.preferred.get(variable),
  };
  if (prefersList(field, literals)) {
    const list = listFor(solver, context, field, literals);
    if (list !== undefined && accepts(list)) return list;
  }
  let tried = 0;
  for (const candidate of candidatesFor(context, field, literals)) {
    if (accepts(candidate)) return candidate;
    if (MOST_CANDIDATES < ++tried) break;
  }
  // Several values where a field has one would only hide that the query asks for too much.
  const list = mayBeList(solver, field, literals) ? listFor(solver, context, field, literals) : undefined;
  return list !== undefined && accepts(list) ? list : undefined;
}

/** Whoever asks an unknown field for several values in KQL takes it for a text of many words, or for a list. */
function mayBeList({ eql }: Solver, field: string, literals: readonly Literal[]): boolean {
  const isUnknown = eql.types.get(field) === undefined;
  return isListField(field) || (isUnknown && literals.every(({ expression }) => expression.kind === "atom"));
}

const MOST_CANDIDATES = 1500;

function listFor(
  solver: Solver,
  context: CandidateContext,
  field: string,
  literals: readonly Literal[],
): readonly Held[] | undefined {
  const unwanted = literals.filter(({ isWanted }) => !isWanted);
  return listOfCandidates(
    context,
    field,
    literals,
    (value) => unwanted.every((literal) => isAccepted(solver, literal, value)),
    (literal, value) => isAccepted(solver, literal, value),
  );
}

/** `process.executable` ends with `process.name`. */
function nameHint(solver: Solver, { fields }: State, literal: Literal | undefined): string | undefined {
  const field = literal?.fields[0];
  if (literal === undefined || field === undefined) return undefined;
  const sibling = field.replace(/(?:executable|path)$/, "name");
  if (sibling === field) return undefined;
  const value = fields.get(solver.variableOf(literal.event, sibling))?.value;
  return typeof value === "string" ? value : undefined;
}

/** The fields of one event, by name. */
export function documentOf(
  solver: Solver,
  state: State,
  event: number,
  fields: Iterable<string>,
): JsonObject {
  const entries = [...fields].flatMap((field): [string, Held][] => {
    const value = state.fields.get(solver.variableOf(event, field))?.value;
    return value === undefined ? [] : [[solver.storedField(field), value]];
  });
  return Object.fromEntries(entries);
}
