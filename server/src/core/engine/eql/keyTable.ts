/** What is held for each key of a sequence, in a form that grows and forgets without a pause. */
import { type KeyValue } from "./plan.ts";

export interface KeyTable<Value> {
  readonly get: (key: KeyValue) => Value | undefined;
  readonly set: (key: KeyValue, value: Value) => void;
  /** Removes it. */
  readonly take: (key: KeyValue) => Value | undefined;
  readonly count: () => number;
  /** Forgets whatever was not set since the last time but one. */
  readonly forget: () => void;
}

/** One value for a tuple of keys, such that no two tuples share it. */
export function keyOf(keys: readonly KeyValue[]): KeyValue {
  const [first] = keys;
  if (keys.length <= 1) return first ?? null;
  let text = "";
  for (const key of keys) text += typeof key === "string" ? `${key.length}:${key}` : `${key};`;
  return text;
}

/**
 * A map of a million entries that doubles its room stands still for longer than anyone may wait. So it is split into
 * shards, each of which is rarely large. An entry is in the young or in the old generation, never in both.
 */
export function keyTable<Value extends object>(): KeyTable<Value> {
  let young: (Map<KeyValue, Value> | undefined)[] = [];
  let old: (Map<KeyValue, Value> | undefined)[] = [];
  let youngCount = 0;
  let oldCount = 0;

  function set(key: KeyValue, value: Value): void {
    const index = shardOf(key);
    let shard = young[index];
    if (shard === undefined) {
      shard = new Map();
      young[index] = shard;
    }
    const before = shard.size;
    shard.set(key, value);
    youngCount += shard.size - before;
    if (0 < oldCount && old[index]?.delete(key) === true) oldCount--;
  }

  function get(key: KeyValue): Value | undefined {
    if (youngCount + oldCount === 0) return undefined;
    const index = shardOf(key);
    return young[index]?.get(key) ?? old[index]?.get(key);
  }

  function take(key: KeyValue): Value | undefined {
    if (youngCount + oldCount === 0) return undefined;
    const index = shardOf(key);
    const value = young[index]?.get(key);
    if (value !== undefined) {
      young[index]?.delete(key);
      youngCount--;
      return value;
    }
    const older = old[index]?.get(key);
    if (older === undefined) return undefined;
    old[index]?.delete(key);
    oldCount--;
    return older;
  }

  function forget(): void {
    old = young;
    oldCount = youngCount;
    young = [];
    youngCount = 0;
  }

  return { get, set, take, count: () => youngCount + oldCount, forget };
}

const SHARD_COUNT = 64;
/** Of longer keys only some characters decide upon the shard. */
const CHARACTERS = 48;

function shardOf(key: KeyValue): number {
  if (typeof key === "number") return Math.imul(key, 0x9e3779b1) >>> 26;
  if (typeof key !== "string") return 0;
  const stride = Math.ceil(key.length / CHARACTERS);
  let hash = key.length;
  for (let i = 0; i < key.length; i += stride) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 13)) & (SHARD_COUNT - 1);
}
