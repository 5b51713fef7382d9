/** Tests of one field that `or` joins become one list and the other way round; exclusions that `and` joins likewise. */
import { type SnapshotQuery } from "../../analysis/snapshot.ts";
import { type Edit } from "../../text/edit.ts";
import { type Span, spanOf, touches } from "../../text/span.ts";
import {
  type Condition,
  type ConditionView,
  hasComment,
  type ListedValue,
  type Logic,
  pathTo,
  testOf,
  type ValueTest,
  withoutGroup,
} from "./conditions.ts";
import { inQuery, type Refactoring, refused } from "./refactoring.ts";

/** For the innermost `or` and `and` around the range that have several tests of one field. */
export function chainRefactorings(
  query: SnapshotQuery,
  view: ConditionView,
  range: Span,
): readonly Refactoring[] {
  const path = pathTo(view, range).toReversed();
  const [gathered] = path.flatMap((one) =>
    one.kind === "or" || one.kind === "and" ? gatherings(query, view, one, path, range) : [],
  );
  const spread = path.map((one, i) => spreading(query, view, one, path.slice(i + 1))).find((one) => one);
  return [gathered, spread].filter((one) => one !== undefined);
}

interface Member {
  readonly index: number;
  readonly test: ValueTest;
}

/** With the cursor on one of the tests, those of its field; else those of the field that comes first. */
function gatherings(
  query: SnapshotQuery,
  view: ConditionView,
  chain: Logic,
  path: readonly Condition[],
  range: Span,
): readonly Refactoring[] {
  const isExclusion = chain.kind === "and";
  const byKey = new Map<string, Member[]>();
  chain.operands.forEach((operand, index) => {
    const test = testOf(operand);
    if (test?.isNegated !== isExclusion) return;
    byKey.set(test.key, [...(byKey.get(test.key) ?? []), { index, test }]);
  });
  const several = [...byKey.values()].filter((members) => 1 < members.length);
  const own = chain.operands.findIndex(({ span }) => touches(span, range.start));
  const atCursor = several.find((members) => members.some(({ index }) => index === own));
  const chosen = own < 0 || isWide(chain, range) ? several[0] : atCursor;
  return chosen === undefined ? [] : [gathering(query, view, chain, chosen, parentOf(path, chain))];
}

/** The parentheses around it, if there are some; the path is from within. */
function parentOf(path: readonly Condition[], chain: Condition): Condition | undefined {
  const parent = path[path.indexOf(chain) + 1];
  return parent?.kind === "group" ? parent : undefined;
}

function isWide({ operands }: Logic, range: Span): boolean {
  return 1 < operands.filter(({ span }) => span.start < range.end && range.start < span.end).length;
}

function gathering(
  query: SnapshotQuery,
  view: ConditionView,
  { kind, operands }: Logic,
  members: readonly Member[],
  parent: Condition | undefined,
): Refactoring {
  const [first, ...others] = members;
  if (first === undefined) throw new Error("A list is gathered from two tests at least");
  const { test } = first;
  const heading =
    kind === "or"
      ? ({ kind: "rewrite", title: `Join the tests of \`${test.field}\` in one list` } as const)
      : ({ kind: "extract", title: `Extract the exclusions of \`${test.field}\` into one list` } as const);
  const place = operands[first.index];
  if (place === undefined) return refused(heading, "The first of the tests is missing");
  // What is taken away reaches from the end of the operand before, with the word that joins them.
  const taken = others.map(({ index }) =>
    spanOf(operands[index - 1]?.span.end ?? 0, operands[index]?.span.end ?? 0),
  );
  // A list that is all there is between parentheses needs none.
  const isAll = kind === "or" && members.length === operands.length;
  const whole = parent !== undefined && isAll ? [parent.span] : [];
  if ([place.span, ...taken, ...whole].some((span) => hasComment(view, span)))
    return refused(heading, "A comment stands between the values");
  const values = unique(members.flatMap((member) => member.test.values));
  const written = view.writeTest(test, values);
  if (parent !== undefined && isAll) return inQuery(query, heading, [{ span: parent.span, text: written }]);
  const edits: Edit[] = [
    { span: place.span, text: kind === "or" ? written : `not ${written}` },
    ...taken.map((span) => ({ span, text: "" })),
  ];
  return inQuery(query, heading, edits);
}

export function unique(values: readonly ListedValue[]): readonly ListedValue[] {
  const seen = new Set<string>();
  return values.filter(({ meaning }) => {
    const isNew = !seen.has(meaning);
    seen.add(meaning);
    return isNew;
  });
}

/** One test for each value of a list. */
function spreading(
  query: SnapshotQuery,
  view: ConditionView,
  condition: Condition,
  above: readonly Condition[],
): Refactoring | undefined {
  const test = testOf(condition);
  const isLeaf = withoutGroup(condition).kind === "leaf";
  if (test?.list === undefined || test.values.length < 2) return undefined;
  // A list behind `not` is taken apart together with its `not`.
  const isInNot = above.some((one, i) => one.kind === "not" && above.slice(0, i).every(isGroup));
  if ((isLeaf && isInNot) || condition.kind === "group") return undefined;
  const heading = test.isNegated
    ? ({ kind: "inline", title: `Inline the list of exclusions of \`${test.field}\`` } as const)
    : ({ kind: "rewrite", title: `Write one test for each value of \`${test.field}\`` } as const);
  if (hasComment(view, condition.span)) return refused(heading, "A comment stands between the values");
  if (test.values.some(({ isListOnly }) => isListOnly))
    return refused(heading, "One of the values has a wildcard outside of a list");
  const parts = test.values.map((value) => view.writeTest(test, [value]));
  const [word, each] = test.isNegated ? ["and", (part: string) => `not ${part}`] : ["or", String];
  const joined = parts.map(each).join(` ${word} `);
  const [parent] = above;
  const isFree = parent === undefined || parent.kind === "group" || parent.kind === word;
  return inQuery(query, heading, [{ span: condition.span, text: isFree ? joined : `(${joined})` }]);
}

function isGroup({ kind }: Condition): boolean {
  return kind === "group";
}
