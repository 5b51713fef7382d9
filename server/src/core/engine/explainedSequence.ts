/** Why events make up a sequence or sample, or what came nearest to one. */
import { type Span } from "../text/span.ts";
import { type Explanation } from "./explain.ts";

export type SequenceExplanation = {
  readonly kind: "sequence" | "sample";
  /** What the reader should know, such as that some events were not looked at. */
  readonly notes: readonly string[];
} & (
  | {
      readonly outcome: "matched";
      /** The last few of them, in order. */
      readonly chains: readonly Chain[];
      readonly count: number;
    }
  | {
      readonly outcome: "missed";
      /** The events that came furthest, without those that must be missing; none if even the first step has no event. */
      readonly reached: Chain;
      /** Why it went no further, the nearest miss first, each of another kind. At least one. */
      readonly misses: readonly Miss[];
    }
);

/** The events of one sequence, step by step. */
export interface Chain {
  /** What the events have in common, with the names of the fields of the first step: "`host.id` `a`". */
  readonly keys: readonly string[];
  readonly events: readonly ChainEvent[];
}

export interface ChainEvent {
  /** "step 2", or "step 2, run 1 of 3". */
  readonly step: string;
  /** Of the step, in query offsets, and its text. */
  readonly span: Span;
  readonly text: string;
  /** Undefined where an event must be missing, and is. */
  readonly found: FoundEvent | undefined;
}

export interface FoundEvent {
  readonly line: number;
  readonly time: string | undefined;
}

/**
 * `missing`: an event occurred that must not. `maxspan`: the event came too late. `until`: an end came before it.
 * `order`: it came before the events that it must follow. `key`: it belongs to others. `no-key` and `no-time`: it has
 * none. `same-event`: it is the event of another step. `no-event`: there is none.
 */
export type MissKind =
  "missing" | "maxspan" | "until" | "order" | "key" | "no-key" | "no-time" | "same-event" | "no-event";

export interface Miss {
  readonly kind: MissKind;
  /** Half a sentence: "step 2 (line 4) came 11 s after maxspan". */
  readonly message: string;
  /** The step that has no event, or one that it must not have. */
  readonly step: string;
  readonly span: Span;
  readonly text: string;
  /** The event that is spoken of. */
  readonly line: number | undefined;
  /** For `no-event` what keeps the event that comes nearest from matching. */
  readonly clauses: readonly Explanation[];
}
