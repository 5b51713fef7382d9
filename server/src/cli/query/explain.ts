/** Why a query says what it says: of one event, or of a sequence over all events. */
import { explainEvent } from "../../core/engine/eql/explain.ts";
import { explainSequence } from "../../core/engine/eql/explainSequence.ts";
import { type EqlOptions } from "../../core/engine/eql/plan.ts";
import { type EventRecord } from "../../core/engine/event.ts";
import { renderExplanation, renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { type EqlParse } from "../../core/query/eql/index.ts";
import { UsageError } from "../exit.ts";
import { type EventBatches } from "./input.ts";

/** As many events of a series are looked at. */
const MOST_EVENTS = 5_000;

/** The explanation as text. For a sequence or sample, of all events up to the line. */
export async function explanationOf(
  { text, ast }: EqlParse,
  line: number,
  options: EqlOptions,
  batches: EventBatches,
): Promise<string> {
  const events = await eventsUpTo(line, batches);
  const last = events[events.length - 1];
  const { body } = ast;
  if (body.kind === "sequence" || body.kind === "sample") {
    const explanation = explainSequence(text, body, events, options);
    return explanation.ok
      ? renderSequenceExplanation(explanation.value)
      : unsupported(explanation.error.feature);
  }
  if (body.kind === "join") return unsupported("`join`");
  if (last?.line !== line) throw new UsageError(`There is no event on line ${line}`);
  const explanation = explainEvent(text, body, last, options);
  return explanation.ok ? renderExplanation(explanation.value) : unsupported(explanation.error.feature);
}

/** The event that stands on the line. */
export async function eventOnLine(line: number, batches: EventBatches): Promise<EventRecord> {
  const last = (await eventsUpTo(line, batches)).at(-1);
  if (last?.line !== line) throw new UsageError(`There is no event on line ${line}`);
  return last;
}

async function eventsUpTo(line: number, batches: EventBatches): Promise<readonly EventRecord[]> {
  let events: EventRecord[] = [];
  for await (const batch of batches) {
    const wanted = batch.filter((record) => record.line <= line);
    events = [...events, ...wanted].slice(-MOST_EVENTS);
    if (wanted.length < batch.length) break;
  }
  return events;
}

function unsupported(feature: string): string {
  return `Unsupported: ${feature}`;
}
