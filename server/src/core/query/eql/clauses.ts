/**
 * A condition with its `not` pushed down to the leaves, and each leaf with what is known where it counts:
 * in `a and b`, `b` counts only where `a` holds; in `a or b`, only where `a` does not.
 */
import { cover } from "../../text/span.ts";
import { type EqlExpression } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { type FieldTest, type SignedTest, signedTestOf } from "./fieldTest.ts";

export type Clause = {
  /** The `and` or `or` that it is an operand of stands in a `not`, so that an `all` was written as `or`. */
  readonly isInNot: boolean;
} & (
  | { readonly kind: "all" | "any"; readonly parts: readonly Clause[] }
  | ({ readonly kind: "test" } & SignedTest)
  | { readonly kind: "other" }
);

export interface PlacedTest extends SignedTest {
  readonly isInNot: boolean;
}

/** The condition as a tree of `all`, `any` and leaves, without an `all` in an `all`. */
export function clauseOf(condition: EqlExpression): Clause {
  return signedClause(condition, true, false);
}

function signedClause(expression: EqlExpression, isPositive: boolean, isInNot: boolean): Clause {
  const inner = withoutGroups(expression);
  if (inner.kind === "not") return signedClause(inner.operand, !isPositive, isInNot);
  if (inner.kind === "and" || inner.kind === "or") {
    const kind = (inner.kind === "and") === isPositive ? "all" : "any";
    const parts = inner.operands.map((operand) => signedClause(operand, isPositive, !isPositive));
    return { kind, isInNot, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
  }
  const signed = signedTestOf(inner);
  if (signed === undefined) return { kind: "other", isInNot };
  return { kind: "test", isInNot, test: signed.test, isPositive: signed.isPositive === isPositive };
}

/** What is known of a field where a leaf counts. */
export interface Fact extends PlacedTest {
  /** `all`: otherwise the event does not match. `any`: otherwise it matches anyway. */
  readonly from: "all" | "any";
  /** Stands beside the leaf, under the same `and` or `or`. */
  readonly isSibling: boolean;
}

export interface TestInContext extends PlacedTest {
  /** What the leaf is a part of. */
  readonly parent: "all" | "any";
  /** Facts about the leaf's field. */
  readonly facts: readonly Fact[];
}

interface Context {
  readonly from: "all" | "any";
  readonly part: Clause;
  readonly known: ReadonlyMap<string, readonly Known[]>;
  readonly above: Context | undefined;
}

interface Known extends PlacedTest {
  readonly part: Clause;
}

export function* testsInContext(clause: Clause): Generator<TestInContext> {
  yield* visit(clause, "all", undefined);
}

function* visit(
  clause: Clause,
  parent: "all" | "any",
  context: Context | undefined,
): Generator<TestInContext> {
  if (clause.kind === "other") return;
  if (clause.kind === "test") {
    const { test, isPositive, isInNot } = clause;
    yield { test, isPositive, isInNot, parent, facts: factsIn(context, test.field.name) };
    return;
  }
  const known = knownFrom(clause.kind, clause.parts);
  for (const part of clause.parts) {
    yield* visit(part, clause.kind, { from: clause.kind, part, known, above: context });
  }
}

/** More clauses than this on one field, side by side, and nothing is told of them: it would take too long. */
const MAX_KNOWN = 150;

function factsIn(innermost: Context | undefined, field: string): readonly Fact[] {
  const facts: Fact[] = [];
  for (let context = innermost; context !== undefined; context = context.above) {
    const { from, part } = context;
    const isSibling = context === innermost;
    const all = context.known.get(field) ?? [];
    if (MAX_KNOWN < all.length) continue;
    for (const { part: source, test, isPositive, isInNot } of all) {
      if (source !== part) facts.push({ test, isPositive, isInNot, from, isSibling });
    }
  }
  return facts;
}

/** What each part tells about the others: that it holds in an `all`, that it does not in an `any`. */
function knownFrom(kind: "all" | "any", parts: readonly Clause[]): ReadonlyMap<string, readonly Known[]> {
  const known = new Map<string, Known[]>();
  for (const part of parts) {
    const signed = part.kind === "test" ? part : unionOf(part);
    if (signed === undefined) continue;
    const { test } = signed;
    const isPositive = signed.isPositive === (kind === "all");
    const same = known.get(test.field.name) ?? [];
    same.push({ test, isPositive, isInNot: part.isInNot, part });
    known.set(test.field.name, same);
  }
  return known;
}

/** `f : "a" or f : "b"` is one test, and so is `f != "a" and f != "b"`. */
function unionOf(clause: Clause): SignedTest | undefined {
  if (clause.kind !== "all" && clause.kind !== "any") return undefined;
  const parts: SignedTest[] = [];
  const isPositive = clause.kind === "any";
  for (const part of clause.parts) {
    if (part.kind !== "test" || part.isPositive !== isPositive) return undefined;
    parts.push(part);
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  const { field, span } = first.test;
  if (parts.some(({ test }) => test.field.name !== field.name)) return undefined;
  const test: FieldTest = {
    field,
    span: parts.reduce((whole, part) => cover(whole, part.test.span), span),
    sets: parts.flatMap((part) => part.test.sets),
  };
  return { test, isPositive };
}
