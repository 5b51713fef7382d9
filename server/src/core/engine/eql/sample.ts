/** Samples: documents that share their keys, a different one for each term, whatever their times. */
import { type EventRecord } from "../event.ts";
import { compareAddresses, parseAddress } from "../ip.ts";
import { type ValueType } from "../value.ts";
import { compareVersions } from "../version.ts";
import { keyOf, keyTable } from "./keyTable.ts";
import { type KeyValue } from "./plan.ts";
import { sorted } from "./sorted.ts";
import { type FoundSequence, type SequenceTerm } from "./sequence.ts";

export interface SamplePlan {
  readonly terms: readonly SequenceTerm[];
  /** Types of the fields of the keys, by which their values stand in order. */
  readonly keyTypes: readonly (ValueType | undefined)[];
  readonly maxSamplesPerKey: number;
  /** How many samples are wanted in all. */
  readonly size: number;
}

export interface SampleGatherer {
  readonly push: (record: EventRecord) => void;
  readonly finish: () => Generator<undefined, readonly FoundSequence<EventRecord>[]>;
}

/** The documents of one key tuple. */
interface Group {
  readonly keys: readonly KeyValue[];
  /** For each term those that match it, as they come. */
  readonly hits: readonly EventRecord[][];
}

export function sampleGatherer({ terms, keyTypes, maxSamplesPerKey, size }: SamplePlan): SampleGatherer {
  const known = keyTable<Group>();
  const groups: Group[] = [];
  // In order to choose once more, another document must be tried that neither is taken nor leaves a term without one.
  const enough = maxSamplesPerKey + 2 * terms.length;

  function push(record: EventRecord): void {
    for (const [i, { matches, keysOf }] of terms.entries()) {
      if (!matches(record.document)) continue;
      for (const keys of keysOf(record.document)) {
        const hits = groupOf(keys).hits[i];
        if (hits !== undefined && hits.length < enough) hits.push(record);
      }
    }
  }

  function groupOf(keys: readonly KeyValue[]): Group {
    const key = keyOf(keys);
    const found = known.get(key);
    if (found !== undefined) return found;
    const group = { keys, hits: terms.map((): EventRecord[] => []) };
    known.set(key, group);
    groups.push(group);
    return group;
  }

  function* finish(): Generator<undefined, readonly FoundSequence<EventRecord>[]> {
    const candidates: Group[] = [];
    for (const [i, group] of groups.entries()) {
      if (group.hits.every((hits) => 0 < hits.length)) candidates.push(group);
      if (i % PIECE === 0) yield;
    }
    const samples: FoundSequence<EventRecord>[] = [];
    for (const { keys, hits } of yield* sorted(candidates, byKeys(keyTypes))) {
      for (const events of distinctChoices(hits, maxSamplesPerKey)) samples.push({ keys, events });
      if (size <= samples.length) break;
      yield;
    }
    return samples.slice(0, size);
  }

  return { push, finish };
}

const PIECE = 1024;

/** One of each list, no two the same: the first `limit` such choices, in the order of the lists. */
export function distinctChoices<Item>(
  lists: readonly (readonly Item[])[],
  limit: number,
): readonly (readonly Item[])[] {
  const choices: (readonly Item[])[] = [];
  const chosen: Item[] = [];

  function choose(): void {
    const list = lists[chosen.length];
    if (list === undefined) {
      choices.push([...chosen]);
      return;
    }
    for (const item of list) {
      if (limit <= choices.length) return;
      if (chosen.includes(item)) continue;
      chosen.push(item);
      if (canGoOn(lists, chosen)) choose();
      chosen.pop();
    }
  }

  if (canGoOn(lists, chosen)) choose();
  return choices;
}

/** Is there an item left for each of the other lists? Asked before each step, so that no search is in vain. */
function canGoOn<Item>(lists: readonly (readonly Item[])[], chosen: readonly Item[]): boolean {
  const others = lists.slice(chosen.length).filter((list) => list.length < lists.length);
  const listOf = new Map<Item, readonly Item[]>();

  function findItem(list: readonly Item[], tried: Set<Item>): boolean {
    for (const item of list) {
      if (chosen.includes(item) || tried.has(item)) continue;
      tried.add(item);
      const owner = listOf.get(item);
      if (owner !== undefined && !findItem(owner, tried)) continue;
      listOf.set(item, list);
      return true;
    }
    return false;
  }

  return others.every((list) => findItem(list, new Set()));
}

function byKeys(types: SamplePlan["keyTypes"]): (left: Group, right: Group) => number {
  return (left, right) => {
    for (const [i, one] of left.keys.entries()) {
      const order = compareKeys(one, right.keys[i] ?? null, types[i]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Nothing before false, true, numbers and text. */
function compareKeys(left: KeyValue, right: KeyValue, type: ValueType | undefined): number {
  const byKind = rankOf(left) - rankOf(right);
  if (byKind !== 0 || left === right || left === null || right === null) return byKind;
  if (typeof left !== "string" || typeof right !== "string") return left < right ? -1 : 1;
  if (type === "version") return compareVersions(left, right);
  const addresses = type === "ip" ? [parseAddress(left), parseAddress(right)] : [];
  const [one, other] = addresses;
  if (one !== undefined && other !== undefined) return compareAddresses(one, other);
  return left < right ? -1 : 1;
}

const KINDS: readonly string[] = ["object", "boolean", "number", "string"];

/** Null is an object to JavaScript. */
function rankOf(value: KeyValue): number {
  return KINDS.indexOf(typeof value);
}
