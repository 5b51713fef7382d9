/** Conditions of EQL and KQL in one form: what refactorings take apart and put together again. */
import { type SnapshotQuery } from "../../analysis/snapshot.ts";
import { encloses, type Span, textAt } from "../../text/span.ts";
import { eqlConditions } from "./conditionsEql.ts";
import { kqlConditions } from "./conditionsKql.ts";

export type Condition = Logic | Not | Group | Leaf;

export interface Logic {
  readonly kind: "and" | "or";
  readonly span: Span;
  readonly operands: readonly Condition[];
}

export interface Not {
  readonly kind: "not";
  readonly span: Span;
  readonly operand: Condition;
}

/** In parentheses. */
export interface Group {
  readonly kind: "group";
  readonly span: Span;
  readonly inner: Condition;
}

export interface Leaf {
  readonly kind: "leaf";
  readonly span: Span;
  readonly test: ValueTest | undefined;
}

/** A field that has one of several values, or, if negated, none of them. */
export interface ValueTest {
  readonly field: string;
  /** How a list of values is asked for: `in`, `:`, `like~`. */
  readonly operator: string;
  /** Tests with the same key can share one list. */
  readonly key: string;
  readonly isNegated: boolean;
  readonly values: readonly ListedValue[];
  /** Of the list with its parentheses; undefined for a single value. */
  readonly list: Span | undefined;
}

export interface ListedValue {
  /** As written. */
  readonly text: string;
  readonly span: Span;
  /** The same for two values only if they stand for the same. */
  readonly meaning: string;
  /** For the order of a list. */
  readonly sortKey: string | number;
  /** The operator for one value alone would take some of its signs for wildcards. */
  readonly isListOnly: boolean;
}

/** A query as refactorings see it. Spans are in query offsets. */
export interface ConditionView {
  readonly text: string;
  /** The condition of each event that the query looks for. */
  readonly roots: readonly Condition[];
  readonly comments: readonly Span[];
  /** Several events that belong together. */
  readonly isSeries: boolean;
  /** The word between the values of a list: a comma, or ` or `. */
  readonly separator: string;
  writeTest(test: ValueTest, values: readonly ListedValue[]): string;
  /** A test for one value as it comes from an event; undefined if it cannot be written. */
  writeEquality(field: string, value: string): string | undefined;
}

/** Undefined for languages whose conditions we do not take apart. */
export function conditionsOf({ parse, support }: SnapshotQuery): ConditionView | undefined {
  switch (support.id) {
    case "eql":
      return eqlConditions(parse.text);
    case "kuery":
      return kqlConditions(parse.text);
    case "esql":
    case "lucene":
      return undefined;
  }
}

export function childrenIn(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.operands;
    case "not":
      return [condition.operand];
    case "group":
      return [condition.inner];
    case "leaf":
      return [];
  }
}

/** From the root to the innermost condition that holds the range; empty if none does. */
export function pathTo(view: ConditionView, range: Span): readonly Condition[] {
  const path: Condition[] = [];
  let at = view.roots.find(({ span }) => encloses(span, range));
  while (at !== undefined) {
    path.push(at);
    at = childrenIn(at).find(({ span }) => encloses(span, range));
  }
  return path;
}

export function withoutGroup(condition: Condition): Exclude<Condition, Group> {
  return condition.kind === "group" ? withoutGroup(condition.inner) : condition;
}

/** The test that a condition is, parentheses and `not` taken into account. */
export function testOf(condition: Condition): ValueTest | undefined {
  const bare = withoutGroup(condition);
  if (bare.kind === "leaf") return bare.test;
  const test = bare.kind === "not" ? testOf(bare.operand) : undefined;
  return test && { ...test, isNegated: !test.isNegated };
}

export function hasComment({ comments }: ConditionView, span: Span): boolean {
  return comments.some((comment) => comment.start < span.end && span.start < comment.end);
}

/** The same for two conditions only if they are written alike, but for blanks and parentheses around them. */
export function wordingOf({ text }: ConditionView, condition: Condition): string {
  return textAt(text, withoutGroup(condition).span).replace(/\s+/g, " ");
}
