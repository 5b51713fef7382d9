/** Samples that were made for a query, and whether they keep what they promise. */
import { expect } from "vitest";
import { failingClauses } from "../../server/src/core/engine/explain.ts";
import { encloses } from "../../server/src/core/text/span.ts";
import { type Generated, generateSamples } from "../../server/src/core/testing/generate.ts";
import { asSampleEvents } from "../../server/src/core/testing/generate/asSamples.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { readyRule, ruleOf } from "./support.ts";

export function generated(query: string, types: FieldTypes = NO_TYPES): Generated {
  const result = exhausted(generateSamples(ruleOf(query), { types }));
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

export function alertCount(query: string, events: Generated["match"]["events"], types: FieldTypes): number {
  const inputs = {
    events: asSampleEvents(events),
    history: [],
    indicators: [],
    now: undefined,
    index: undefined,
  };
  const outcome = exhausted(readyRule(query, types).run(inputs));
  if (!outcome.ok) throw new Error(outcome.error.reason);
  return outcome.value.alerts.length;
}

/** The events alert, the near misses do not, and what keeps these from it lies within the clause that they name. */
export function expectPromises(query: string, { match, nearMisses }: Generated, types: FieldTypes): void {
  expect(alertCount(query, match.events, types)).toBeGreaterThan(0);
  const rule = readyRule(query, types);
  for (const { name, events, span } of nearMisses) {
    expect(alertCount(query, events, types), name).toBe(0);
    const [event] = asSampleEvents(events);
    const explanation = event && rule.explainEvent(event);
    if (explanation === undefined || span === undefined) continue;
    for (const clause of failingClauses(explanation)) expect(encloses(span, clause.span), name).toBe(true);
  }
}
