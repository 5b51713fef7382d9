/** How many events a second an EQL query takes, from documents in memory to its results. */
import { type EventRecord } from "../../server/src/core/engine/event.ts";
import { defaultEqlOptions, runEql } from "../../server/src/core/engine/eql/run.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { exhausted } from "../engine/exhausted.ts";

export interface Measured {
  readonly name: string;
  readonly query: string;
  /** Events a second; 0: none is set. */
  readonly target: number;
}

export interface Rate {
  readonly name: string;
  /** Median of the rounds. */
  readonly eventsPerSecond: number;
  readonly target: number;
  readonly results: number;
}

const ROUNDS = 9;
const WARMING = 3;

export function rateOf({ name, query, target }: Measured, events: readonly EventRecord[]): Rate {
  const { ast, errors } = parseEql(query);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  const times: number[] = [];
  let results = 0;
  for (let round = 0; round < WARMING + ROUNDS; round++) {
    const started = performance.now();
    const result = exhausted(runEql(ast, events, { ...defaultEqlOptions, size: events.length }));
    if (WARMING <= round) times.push(performance.now() - started);
    if (!result.ok) throw new Error(`unsupported: ${result.error.feature}`);
    results = result.value.results.length;
  }
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  return { name, eventsPerSecond: (events.length / median) * 1000, target, results };
}
