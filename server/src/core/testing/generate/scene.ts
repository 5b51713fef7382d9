/** When the events of a query take place: in order, close enough together, and what is changed of it for near misses. */
import { momentText } from "../../engine/value.ts";
import { type JsonObject } from "../../engine/event.ts";
import { withField } from "../events/edit.ts";
import { type Blueprint, type Term } from "./blueprint.ts";
import { type DocumentOptions, eventOf } from "./documents.ts";
import { type Solver, type State } from "./state.ts";

/** One event of a term, at a time in milliseconds after the start. */
export interface Appearance {
  readonly term: Term;
  readonly at: number;
}

export interface Scene {
  readonly eventsOf: (
    solver: Solver,
    state: State,
    options: DocumentOptions & { readonly timestampField: string },
  ) => readonly JsonObject[];
}

/** 2026-01-01T09:30:00Z */
const START = 1_767_259_800_000;

export function sceneWith(appearances: readonly Appearance[]): Scene {
  const ordered = appearances.toSorted((left, right) => left.at - right.at);
  return {
    eventsOf: (solver, state, options) =>
      ordered.map(({ term, at }) => {
        const event = eventOf(solver, state, term, options);
        const { timestampField } = options;
        return { [timestampField]: momentText(START + at), ...withoutTime(event, timestampField) };
      }),
  };
}

/** A time that the query asks for would not be ours to choose. */
function withoutTime(event: JsonObject, timestampField: string): JsonObject {
  return timestampField === "@timestamp" ? event : withField(event, "@timestamp", momentText(START));
}

/** All that must occur, in order. */
export function sceneOf(blueprint: Blueprint): Scene {
  return sceneWith(appearancesOf(blueprint));
}

export function appearancesOf(blueprint: Blueprint): readonly Appearance[] {
  const pace = paceOf(blueprint);
  let count = 0;
  return blueprint.terms.flatMap((term) => {
    if (term.role !== "event") return [];
    return Array.from({ length: term.runs }, (): Appearance => ({ term, at: pace * count++ }));
  });
}

const SECOND = 1000;

/** Milliseconds from one event to the next. Another event must find room between two. */
export function paceOf({ terms, maxspan }: Blueprint): number {
  const count = terms.reduce((sum, { role, runs }) => sum + (role === "event" ? runs : 0), 0);
  return Math.max(1, Math.min(2 * SECOND, Math.floor((maxspan ?? Infinity) / (count + 1))));
}
