/** `head` and `tail`, and the bound on results that holds without them. */
import { type Result } from "../../base/result.ts";
import { type EqlQuery, pipeCount } from "../../query/eql/index.ts";
import { type EqlOptions, type Unsupported } from "./plan.ts";

/** Keeps so many results from one end. */
export interface Cut {
  readonly end: "head" | "tail";
  readonly count: number;
}

/** What is kept, cut after cut; the first is the bound that Elasticsearch puts before a query's own pipes. */
export interface Cuts {
  readonly first: Cut;
  readonly others: readonly Cut[];
}

export function cutsOf(query: EqlQuery, options: EqlOptions): Result<Cuts, Unsupported> {
  const cuts: Cut[] = [];
  for (const pipe of query.pipes) {
    const count = pipeCount(pipe);
    if ((pipe.name !== "head" && pipe.name !== "tail") || count === undefined) {
      const feature = `the pipe \`${pipe.name ?? ""}\``;
      return { ok: false, error: { kind: "unsupported", feature, span: pipe.span } };
    }
    cuts.push({ end: pipe.name, count });
  }
  const end = cuts[0]?.end ?? options.resultPosition;
  return { ok: true, value: { first: { end, count: options.size }, others: cuts } };
}

export function cut<Item>(items: readonly Item[], { end, count }: Cut): readonly Item[] {
  if (items.length <= count) return items;
  return end === "head" ? items.slice(0, count) : items.slice(items.length - count);
}

/** How many items are gathered before they are cut. */
export function roomFor({ count }: Cut): number {
  return count * 2 + SPARE;
}

const SPARE = 1024;

/** Takes results in order and keeps no more than the cuts can let through. */
export interface Collector<Item> {
  readonly add: (items: readonly Item[]) => void;
  /** Nothing that comes can change the outcome. */
  readonly isFull: () => boolean;
  readonly all: () => readonly Item[];
}

export function collector<Item>({ first, others }: Cuts): Collector<Item> {
  let kept: Item[] = [];
  const needed = first.end === "head" ? mostNeeded(first, others) : Infinity;
  const isFull = (): boolean => needed <= kept.length;

  function add(items: readonly Item[]): void {
    for (const item of items) if (!isFull()) kept.push(item);
    if (roomFor(first) < kept.length) kept = [...cut(kept, first)];
  }

  return { add, isFull, all: () => others.reduce(cut, cut(kept, first)) };
}

/** How many of the first results the cuts ask for: after a `tail`, a `head` says nothing of it any more. */
function mostNeeded(first: Cut, others: readonly Cut[]): number {
  const tail = others.findIndex(({ end }) => end === "tail");
  const heads = tail === -1 ? others : others.slice(0, tail);
  return Math.min(first.count, ...heads.map(({ count }) => count));
}
