/** What is right for a test case, and whether it came about. */
import { unreachable } from "../../base/unreachable.ts";
import { type TestCase } from "../cases/testCase.ts";
import { type SampleEvent } from "../sampleEvents.ts";

export type Expectation =
  /** Every event is part of an alert. */
  | { readonly kind: "every" }
  | { readonly kind: "count"; readonly least: number; readonly most: number }
  | { readonly kind: "nothing" };

export interface Counts {
  readonly alerts: number;
  /** Events that are part of no alert. */
  readonly silent: readonly SampleEvent[];
}

/** `isPerEvent`: whether every event of the rule stands alone. */
export function expectationOf({ expect, alerts }: TestCase, isPerEvent: boolean): Expectation {
  if (expect === "events") return { kind: "nothing" };
  if (alerts !== undefined) return { kind: "count", ...alerts };
  if (expect === "nomatch") return { kind: "count", least: 0, most: 0 };
  return isPerEvent ? { kind: "every" } : { kind: "count", least: 1, most: Infinity };
}

/** Undefined if it came about. */
export function shortfall(expectation: Expectation, counts: Counts): "too few" | "too many" | undefined {
  switch (expectation.kind) {
    case "nothing":
      return undefined;
    case "every":
      return counts.silent.length === 0 ? undefined : "too few";
    case "count":
      if (counts.alerts < expectation.least) return "too few";
      return expectation.most < counts.alerts ? "too many" : undefined;
    default:
      return unreachable(expectation);
  }
}

export function countText(expectation: Expectation): string {
  switch (expectation.kind) {
    case "nothing":
      return "nothing";
    case "every":
      return "every event alerts";
    case "count": {
      const { least, most } = expectation;
      if (most === 0) return "no alert";
      if (least === most) return `exactly ${alertCount(least)}`;
      if (most === Infinity) return `at least ${alertCount(least)}`;
      return least === 0 ? `at most ${alertCount(most)}` : `${least} to ${alertCount(most)}`;
    }
    default:
      return unreachable(expectation);
  }
}

function alertCount(count: number): string {
  return `${count} ${count === 1 ? "alert" : "alerts"}`;
}
