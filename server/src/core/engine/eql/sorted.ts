/** Sorts in pieces, with a yield after each, for a sort of a million items takes longer than anyone may wait. */

type Compare<Item> = (left: Item, right: Item) => number;

export function* sorted<Item>(
  items: readonly Item[],
  compare: Compare<Item>,
): Generator<undefined, readonly Item[]> {
  if (items.length < 2 || (yield* isSorted(items, compare))) return items;
  let runs: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += PIECE) {
    runs.push(items.slice(start, start + PIECE).sort(compare));
    yield;
  }
  while (1 < runs.length) {
    const merged: (readonly Item[])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

const PIECE = 4096;

function* isSorted<Item>(items: readonly Item[], compare: Compare<Item>): Generator<undefined, boolean> {
  let last: Item | undefined;
  for (const [i, item] of items.entries()) {
    if (last !== undefined && 0 < compare(last, item)) return false;
    last = item;
    if (i % PIECE === PIECE - 1) yield;
  }
  return true;
}

function* merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: Compare<Item>,
): Generator<undefined, readonly Item[]> {
  const merged: Item[] = [];
  let leftAt = 0;
  let rightAt = 0;
  while (leftAt < left.length || rightAt < right.length) {
    const one = left[leftAt];
    const other = right[rightAt];
    if (one !== undefined && (other === undefined || compare(one, other) <= 0)) {
      merged.push(one);
      leftAt++;
    } else if (other !== undefined) {
      merged.push(other);
      rightAt++;
    }
    if (merged.length % PIECE === 0) yield;
  }
  return merged;
}
