/** Why a condition holds for an event or does not: a verdict for each of its parts, in any query language. */
import { type Span, textAt } from "../text/span.ts";
import { type JsonObject } from "./event.ts";
import { and3, not3, or3, type Truth } from "./value.ts";

/** `"null"`: not known, so the whole matches no more than with false, but its opposite does not match either. */
export type Verdict = boolean | "null";

/** A part of a condition with its verdict for one event. */
export interface Explanation {
  /** How the verdict follows from those of the children: all must hold, or any, or the one must not. */
  readonly kind: "all" | "any" | "not" | "leaf";
  /** In query offsets. */
  readonly span: Span;
  /** The text of the query there. */
  readonly text: string;
  readonly verdict: Verdict;
  /** What the event has, in words: "was `powershell.exe`". Only leaves have one. */
  readonly reason: string | undefined;
  /** None in a leaf, one in a `not`, one or more in the others. */
  readonly children: readonly Explanation[];
}

/** A condition taken apart, before any event is looked at. */
export type Clause =
  | {
      readonly kind: "all" | "any";
      readonly span: Span;
      readonly children: readonly Clause[];
    }
  | { readonly kind: "not"; readonly span: Span; readonly child: Clause }
  | {
      readonly kind: "leaf";
      readonly span: Span;
      readonly truthOf: (document: JsonObject) => Truth;
      readonly reasonOf: (document: JsonObject) => string | undefined;
    };

/** `text` is the query in which the clause stands. */
export function explained(text: string, clause: Clause, document: JsonObject): Explanation {
  const { kind, span } = clause;
  const common = { kind, span, text: textAt(text, span), reason: undefined, children: [] };
  switch (kind) {
    case "leaf": {
      const reason = clause.reasonOf(document);
      return { ...common, verdict: verdictOf(clause.truthOf(document)), reason };
    }
    case "not": {
      const child = explained(text, clause.child, document);
      return { ...common, verdict: verdictOf(not3(truthOf(child))), children: [child] };
    }
    default: {
      const children = clause.children.map((child) => explained(text, child, document));
      const truths = children.map(truthOf);
      const truth = kind === "all" ? truths.reduce(and3, true) : truths.reduce(or3, false);
      return { ...common, verdict: verdictOf(truth), children };
    }
  }
}

/** How many leaves would have to turn for the clause to be as wanted; 0 if it is so already. */
export function distanceTo(wanted: boolean, clause: Clause, document: JsonObject): number {
  if (clause.kind === "leaf") return clause.truthOf(document) === wanted ? 0 : 1;
  if (clause.kind === "not") return distanceTo(!wanted, clause.child, document);
  const distances = clause.children.map((child) => distanceTo(wanted, child, document));
  return (clause.kind === "all") === wanted
    ? distances.reduce((sum, one) => sum + one, 0)
    : distances.reduce((least, one) => Math.min(least, one), Infinity);
}

/**
 * The smallest parts that keep the whole from being true; none if it is true. Under a `not` they are those that hold
 * and should not.
 */
export function failingClauses(explanation: Explanation): readonly Explanation[] {
  return explanation.verdict === true ? [] : decidingClauses(explanation);
}

/** The smallest parts that make the verdict what it is. */
export function decidingClauses(explanation: Explanation): readonly Explanation[] {
  const { kind, verdict, children } = explanation;
  switch (kind) {
    case "leaf":
      return [explanation];
    case "not":
      return children.flatMap(decidingClauses);
    default: {
      const deciding = children.filter((child) => child.verdict === verdict);
      return deciding.flatMap(decidingClauses);
    }
  }
}

function verdictOf(truth: Truth): Verdict {
  return truth ?? "null";
}

function truthOf({ verdict }: Explanation): Truth {
  return verdict === "null" ? null : verdict;
}
