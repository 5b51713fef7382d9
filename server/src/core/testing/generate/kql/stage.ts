/** What a rule is run on: its events, what came before them, and the indicators beside them. */
import { momentText } from "../../../engine/value.ts";
import { type JsonObject } from "../../../engine/event.ts";
import { type Result } from "../../../base/result.ts";
import { withField, withoutField } from "../../events/edit.ts";
import { type Refusal } from "../../run/prepared.ts";
import { type Solver, type State } from "../state.ts";

export interface Stage {
  readonly events: readonly JsonObject[];
  readonly history: readonly JsonObject[];
  readonly indicators: readonly JsonObject[];
}

/** A solved event, from which a stage is made. */
export interface Solved {
  readonly solver: Solver;
  readonly state: State;
  readonly document: JsonObject;
}

/** Undefined where it cannot be made of the event. */
export type Staging = (solved: Solved) => Stage | undefined;

/** A stage that nearly alerts, although its events match the query. */
export interface Variant {
  readonly name: string;
  readonly staging: Staging;
}

/** What the type of a rule asks for beside its query. */
export interface TypePlan {
  /** Fields of the event that must have a value. */
  readonly needed: readonly string[];
  readonly staging: Staging;
  readonly variants: readonly Variant[];
}

/** One way to fulfil the type, or several of which any will do. */
export type TypePlans = Result<readonly TypePlan[], Refusal>;

/** When the first event happens: 2026-01-01T09:30:00Z. */
export const START = 1_767_259_800_000;

export function alone(events: readonly JsonObject[]): Stage {
  return { events, history: [], indicators: [] };
}

/** So many milliseconds after the start. */
export function timed(document: JsonObject, after: number): JsonObject {
  return withField(document, "@timestamp", momentText(START + after));
}

/** The events without a field. */
export function without(document: JsonObject, field: string): JsonObject {
  return withoutField(document, field);
}
