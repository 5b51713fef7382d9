/** Makes events for goals, and asks the rule itself whether they have the verdict that they should have. */
import { type EqlOptions } from "../../engine/eql/plan.ts";
import { type JsonObject } from "../../engine/event.ts";
import { type PreparedRule } from "../run/prepared.ts";
import { asSampleEvents } from "./asSamples.ts";
import { type System } from "./believable.ts";
import { type Blueprint, variables } from "./blueprint.ts";
import { type Goal, type Literal } from "./goals.ts";
import { type Scene } from "./scene.ts";
import { solutions } from "./search.ts";
import { EMPTY_STATE, type Solver, solverFor, type State } from "./state.ts";

/** What everything is made from. */
export interface Maker {
  readonly blueprint: Blueprint;
  readonly eql: EqlOptions;
  readonly text: string;
  readonly prepared: PreparedRule;
  readonly system: System;
  readonly indexPatterns: readonly string[];
  readonly timestampField: string;
}

export interface Match {
  readonly solver: Solver;
  readonly state: State;
  readonly events: readonly JsonObject[];
}

export type Tried =
  | { readonly kind: "made"; readonly match: Match }
  /** `conflict`: what could not be fulfilled; undefined if events were made, with another verdict. */
  | { readonly kind: "failed"; readonly conflict: Literal | undefined };

/** Solutions that the engine does not confirm are passed over, up to some. */
export function* firstWithVerdict(
  maker: Maker,
  goals: readonly Goal[],
  scene: Scene,
  expect: "match" | "nomatch",
  near: Match | undefined,
): Generator<undefined, Tried> {
  const solver = newSolver(maker, near);
  let tries = 0;
  for (const state of solutions(solver, EMPTY_STATE, goals)) {
    if (state === undefined) {
      yield;
      continue;
    }
    for (const dressing of ["full", "none"] as const) {
      const events = scene.eventsOf(solver, state, { ...maker, dressing });
      if ((yield* verdictOf(maker, events)) === expect)
        return { kind: "made", match: { solver, state, events } };
    }
    if (MOST_TRIES < ++tries) break;
  }
  return { kind: "failed", conflict: tries === 0 ? solver.conflict : undefined };
}

const MOST_TRIES = 12;

export function newSolver(
  { blueprint, eql, system }: Pick<Maker, "blueprint" | "eql" | "system">,
  near: Pick<Match, "state"> | undefined,
): Solver {
  const storedField = (field: string): string => {
    const parent = field.slice(0, Math.max(0, field.lastIndexOf(".")));
    const isSubfield = eql.types.get(field) !== undefined && eql.types.get(parent) !== undefined;
    return isSubfield && !OBJECTS.includes(eql.types.get(parent)?.type ?? "") ? parent : field;
  };
  const fields = near === undefined ? [] : [...near.state.fields];
  const preferred = new Map(
    fields.flatMap(([variable, { value }]) => (value === undefined ? [] : [[variable, value] as const])),
  );
  return solverFor({
    eql,
    system,
    storedField,
    variableOf: variables(blueprint.terms, storedField),
    preferred,
  });
}

const OBJECTS = ["object", "nested", "flattened", "alias"];

/** As the rule itself says; undefined if it cannot be run on these events. */
export function* verdictOf(
  { prepared }: Maker,
  documents: readonly JsonObject[],
): Generator<undefined, "match" | "nomatch" | undefined> {
  const events = asSampleEvents(documents);
  const outcome = yield* prepared.run({
    events,
    history: [],
    indicators: [],
    now: undefined,
    index: undefined,
  });
  if (!outcome.ok) return undefined;
  return 0 < outcome.value.alerts.length ? "match" : "nomatch";
}
