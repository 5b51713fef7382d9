/** The steps of a sequence or sample as an explanation speaks of them: each run of a step by itself. */
import {
  type EqlExpression,
  type EqlSample,
  type EqlSequence,
  type EqlStep,
  withoutGroups,
} from "../../query/eql/index.ts";
import { type Span, textAt } from "../../text/span.ts";
import { type Chain, type FoundEvent } from "../explainedSequence.ts";
import { quoted } from "../excerpt.ts";
import { keyOf } from "./keyTable.ts";
import { type KeyValue } from "./plan.ts";
import { type SequenceTerm } from "./sequence.ts";
import { type Stages, stagesOf } from "./stages.ts";

export interface Slot {
  /** "step 2", or "step 2, run 1 of 3". */
  readonly label: string;
  readonly step: EqlStep;
  readonly term: SequenceTerm;
  readonly isMissing: boolean;
}

export interface Layout extends Stages<Slot> {
  readonly slots: readonly Slot[];
}

/** `terms` are those of the steps, one for each. */
export function layoutOf(steps: readonly EqlStep[], terms: readonly SequenceTerm[]): Layout {
  const slots = steps.flatMap((step, i): readonly Slot[] => {
    const term = terms[i];
    const runs = step.runs?.count ?? 1;
    if (term === undefined) return [];
    return Array.from({ length: runs }, (_run, run) => ({
      label: runs === 1 ? `step ${i + 1}` : `step ${i + 1}, run ${run + 1} of ${runs}`,
      step,
      term,
      isMissing: step.missing,
    }));
  });
  return { slots, ...stagesOf(slots) };
}

/** `found[i]` belongs to `slots[i]`; there may be fewer of them. Null: the event is missing. */
export function chainOf(
  text: string,
  slots: readonly Slot[],
  found: readonly (FoundEvent | null)[],
  keys: readonly string[],
): Chain {
  const events = found.flatMap((event, i) => {
    const slot = slots[i];
    if (slot === undefined) return [];
    return [{ ...stepText(text, slot), found: event ?? undefined }];
  });
  return { keys, events };
}

export function stepText(
  text: string,
  { label, step }: Slot,
): { readonly step: string; readonly span: Span; readonly text: string } {
  return { step: label, span: step.span, text: textAt(text, step.span) };
}

/** The keys of all terms come before the step's own. */
export function keysOfStep({ by }: EqlSequence | EqlSample, step: EqlStep): readonly EqlExpression[] {
  return [...(by?.keys ?? []), ...(step.by?.keys ?? [])];
}

export function keyTexts(keys: readonly EqlExpression[], values: readonly KeyValue[]): readonly string[] {
  return values.map((value, i) => `\`${keyName(keys[i])}\` ${quoted(value)}`);
}

export function keyName(key: EqlExpression | undefined): string {
  const field = key === undefined ? undefined : withoutGroups(key);
  return field?.kind === "field" ? field.name : "";
}

export function hasKey(tuples: readonly (readonly KeyValue[])[], key: KeyValue): boolean {
  return tuples.some((keys) => keyOf(keys) === key);
}
