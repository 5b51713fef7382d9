/** Where no event matches a step: the one that comes nearest, and what keeps it from matching. */
import { type EqlEvent } from "../../query/eql/index.ts";
import { type EventRecord } from "../event.ts";
import { distanceTo, explained, failingClauses } from "../explain.ts";
import { type Miss } from "../explainedSequence.ts";
import { quoted } from "../excerpt.ts";
import { compileEvent } from "./compile.ts";
import { eventClause } from "./explain.ts";
import { type Slot, stepText } from "./explainSteps.ts";
import { type EqlOptions } from "./plan.ts";

/** `records` come in the order in which they are preferred; none of them matches the step. */
export function noEventMiss(
  text: string,
  slot: Slot,
  records: readonly EventRecord[],
  options: EqlOptions,
): Miss {
  const { event } = slot.step;
  const begun = `no event matches ${slot.label}`;
  const common = { kind: "no-event", ...stepText(text, slot), line: undefined, clauses: [] } as const;
  const sameCategory = recordsInCategory(event, records, options);
  if (sameCategory.length === 0) return { ...common, message: `${begun}${categoryText(event)}` };
  const clause = eventClause(text, event, options);
  if (!clause.ok) return { ...common, message: begun };
  let best: EventRecord | undefined;
  let least = Infinity;
  for (const record of sameCategory) {
    const distance = distanceTo(true, clause.value, record.document);
    if (least <= distance) continue;
    least = distance;
    best = record;
  }
  if (best === undefined) return { ...common, message: begun };
  const clauses = failingClauses(explained(text, clause.value, best.document));
  return { ...common, message: `${begun}; line ${best.line} comes nearest`, line: best.line, clauses };
}

function recordsInCategory(
  event: EqlEvent,
  records: readonly EventRecord[],
  options: EqlOptions,
): readonly EventRecord[] {
  const always = { kind: "boolean", span: event.condition.span, value: true } as const;
  const isInCategory = compileEvent({ ...event, condition: always }, options);
  return isInCategory.ok ? records.filter(({ document }) => isInCategory.value(document)) : [];
}

function categoryText({ category }: EqlEvent): string {
  return category === undefined || category.form === "any"
    ? ""
    : `: none has the category ${quoted(category.value)}`;
}
