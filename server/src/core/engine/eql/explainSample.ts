/** Why events make up a sample, or which of its steps has no event. */
import { type Result } from "../../base/result.ts";
import { type EqlSample } from "../../query/eql/index.ts";
import { type EventRecord } from "../event.ts";
import { type FoundEvent, type Miss, type SequenceExplanation } from "../explainedSequence.ts";
import { noEventMiss } from "./explainCandidate.ts";
import { chainOf, keysOfStep, keyTexts, layoutOf, type Slot, stepText } from "./explainSteps.ts";
import { keyOf } from "./keyTable.ts";
import { type EqlOptions, type KeyValue, type Unsupported } from "./plan.ts";
import { distinctChoices } from "./sample.ts";
import { planSample } from "./sequencePlan.ts";

/** The events of one key tuple. */
interface Group {
  readonly keys: readonly KeyValue[];
  /** For each step those that match it. */
  readonly hits: readonly EventRecord[][];
}

export function* explainSample(
  text: string,
  sample: EqlSample,
  records: readonly EventRecord[],
  notes: readonly string[],
  options: EqlOptions,
): Generator<undefined, Result<SequenceExplanation, Unsupported>> {
  const plan = planSample(sample, options);
  if (!plan.ok) return plan;
  const { slots } = layoutOf(sample.steps, plan.value.terms);
  const groups = yield* groupsOf(slots, records);
  const context: SampleContext = { text, sample, slots, records, options };
  const chains = groups.flatMap(({ keys, hits }) => {
    const choices = distinctChoices(hits, options.maxSamplesPerKey);
    return choices.map((choice) => chainOf(text, slots, choice.map(foundEvent), keysIn(context, keys)));
  });
  const common = { kind: "sample", notes } as const;
  if (chains.length === 0) return { ok: true, value: { ...common, ...nearestMiss(context, groups) } };
  const last = chains.slice(-MOST_CHAINS);
  return { ok: true, value: { ...common, outcome: "matched", chains: last, count: chains.length } };
}

const MOST_CHAINS = 10;

interface SampleContext {
  readonly text: string;
  readonly sample: EqlSample;
  readonly slots: readonly Slot[];
  readonly records: readonly EventRecord[];
  readonly options: EqlOptions;
}

function* groupsOf(
  slots: readonly Slot[],
  records: readonly EventRecord[],
): Generator<undefined, readonly Group[]> {
  const groups = new Map<KeyValue, Group>();
  for (const record of records) {
    for (const [i, { term }] of slots.entries()) {
      if (!term.matches(record.document)) continue;
      for (const keys of term.keysOf(record.document)) {
        const group = groups.get(keyOf(keys)) ?? { keys, hits: slots.map((): EventRecord[] => []) };
        groups.set(keyOf(keys), group);
        group.hits[i]?.push(record);
      }
    }
    yield;
  }
  return [...groups.values()];
}

function foundEvent({ line }: EventRecord): FoundEvent {
  return { line, time: undefined };
}

function keysIn({ sample }: SampleContext, keys: readonly KeyValue[]): readonly string[] {
  const [first] = sample.steps;
  return first === undefined ? [] : keyTexts(keysOfStep(sample, first), keys);
}

type Missed = Pick<SequenceExplanation & { readonly outcome: "missed" }, "outcome" | "reached" | "misses">;

/** Of the keys the one under which most steps have an event. */
function nearestMiss(context: SampleContext, groups: readonly Group[]): Missed {
  const { text, slots } = context;
  const most = groups.reduce((count, group) => Math.max(count, filledCount(group)), 0);
  const best = groups.find((group) => filledCount(group) === most);
  const filled = slots.flatMap((slot, i) => {
    const [record] = best?.hits[i] ?? [];
    return record === undefined ? [] : [{ slot, found: foundEvent(record) }];
  });
  const keys = keysIn(context, best?.keys ?? []);
  const found = filled.map((one) => one.found);
  const reached = chainOf(
    text,
    filled.map(({ slot }) => slot),
    found,
    keys,
  );
  return { outcome: "missed", reached, misses: missesOf(context, best) };
}

function filledCount({ hits }: Group): number {
  return hits.filter((records) => records.length !== 0).length;
}

function missesOf(context: SampleContext, best: Group | undefined): readonly Miss[] {
  const empty = context.slots.filter((_slot, i) => (best?.hits[i] ?? []).length === 0);
  if (empty.length !== 0) return empty.map((slot) => emptyMiss(context, slot, best));
  const { text, slots } = context;
  const lines = new Set(best?.hits.flatMap((records) => records.map(({ line }) => line)));
  const [last] = slots.slice(-1);
  if (last === undefined) return [];
  const message = `the steps need different events, but share ${lineList([...lines])}`;
  return [{ kind: "same-event", message, ...stepText(text, last), line: undefined, clauses: [] }];
}

/** No event of the step has the key. */
function emptyMiss(context: SampleContext, slot: Slot, best: Group | undefined): Miss {
  const { text, records, options, sample } = context;
  const matching = records.filter(({ document }) => slot.term.matches(document));
  const keyed = matching.find(({ document }) => slot.term.keysOf(document).length !== 0);
  const place = { ...stepText(text, slot), clauses: [] };
  if (keyed !== undefined) {
    const [other] = slot.term.keysOf(keyed.document);
    const message =
      `no event of ${slot.label} has the key ${keysIn(context, best?.keys ?? []).join(", ")}` +
      `: line ${keyed.line} has ${keyTexts(keysOfStep(sample, slot.step), other ?? []).join(", ")}`;
    return { kind: "key", message, ...place, line: keyed.line };
  }
  const [first] = matching;
  if (first === undefined) return noEventMiss(text, slot, records, options);
  const message = `${slot.label} (line ${first.line}) has no key`;
  return { kind: "no-key", message, ...place, line: first.line };
}

function lineList(lines: readonly number[]): string {
  return `${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, MOST_LINES).join(", ")}`;
}

const MOST_LINES = 5;
