/** Small changes to an EQL query: a clause dropped, turned around or made weaker, a step or key left out. */
import { walk } from "../../query/ast.ts";
import {
  childrenOf,
  type EqlAst,
  type EqlBy,
  type EqlExpression,
  type EqlLogic,
  type EqlParse,
  type EqlSample,
  type EqlSequence,
  parseEql,
  withoutGroups,
} from "../../query/eql/index.ts";
import { shortened } from "../../text/excerpt.ts";
import { applyEdits, type Edit } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";

/** `dropped`: a part is gone. `flipped`: it says the opposite. `weakened`: it lets more through. */
export type MutationKind = "dropped" | "flipped" | "weakened";

export interface Mutation {
  readonly kind: MutationKind;
  /** "without `process.name : "x"`". */
  readonly name: string;
  /** What was changed, in offsets of the query before. */
  readonly span: Span;
  /** The query after. */
  readonly query: string;
}

interface Change {
  readonly kind: MutationKind;
  readonly name: string;
  readonly span: Span;
  readonly edits: readonly Edit[];
}

/** One change each; those that make no query are left out. */
export function* eqlMutations(parse: EqlParse): Generator<Mutation | undefined> {
  const { text, ast } = parse;
  const seen = new Set([text]);
  for (const { kind, name, span, edits } of changesIn(text, ast.body)) {
    const query = applyEdits(text, edits);
    const isNew = !seen.has(query);
    seen.add(query);
    yield isNew && parseEql(query).errors.length === 0 ? { kind, name, span, query } : undefined;
  }
}

function* changesIn(text: string, body: EqlParse["ast"]["body"]): Generator<Change> {
  for (const node of walk<EqlAst>(body, childrenOf)) {
    switch (node.kind) {
      case "event":
        if (node.category !== undefined && node.category.form !== "any") {
          const { span } = node.category;
          yield { kind: "weakened", name: "with any category", span, edits: [{ span, text: "any" }] };
        }
        yield* leafChanges(text, node.condition);
        break;
      case "and":
      case "or":
        yield* logicChanges(text, node);
        for (const operand of node.operands) yield* leafChanges(text, operand);
        break;
      case "not":
        yield notRemoved(text, node);
        break;
      case "match":
      case "in":
        yield* listChanges(text, node);
        break;
      case "sequence":
      case "sample":
        yield* seriesChanges(text, node);
        break;
      case "by":
        yield* keyChanges(text, node);
        break;
      default:
    }
  }
}

function excerptAt(text: string, span: Span): string {
  return `\`${shortened(textAt(text, span), LONGEST_EXCERPT)}\``;
}

const LONGEST_EXCERPT = 60;

function* logicChanges(text: string, node: EqlLogic): Generator<Change> {
  const neutral = node.kind === "and" ? "true" : "false";
  for (const { span } of node.operands) {
    yield {
      kind: "dropped",
      name: `without ${excerptAt(text, span)}`,
      span,
      edits: [{ span, text: neutral }],
    };
  }
  const other = node.kind === "and" ? "or" : "and";
  const [first] = node.operatorSpans;
  if (first === undefined) return;
  const { start, end } = node.span;
  const edits = [
    { span: spanOf(start, start), text: "(" },
    ...node.operatorSpans.map((span) => ({ span, text: other })),
    { span: spanOf(end, end), text: ")" },
  ];
  yield { kind: "flipped", name: `\`${other}\` instead of \`${node.kind}\``, span: first, edits };
}

/** Of a leaf that stands by itself or is joined with others. */
function* leafChanges(text: string, expression: EqlExpression): Generator<Change> {
  const leaf = withoutGroups(expression);
  const { span } = leaf;
  const shown = excerptAt(text, span);
  const flipped = { kind: "flipped", name: `not ${shown}`, span } as const;
  switch (leaf.kind) {
    case "comparison": {
      const operator = OPPOSITES[leaf.operator];
      yield { ...flipped, edits: [{ span: leaf.operatorSpan, text: operator }] };
      yield* weakerComparison(text, leaf);
      return;
    }
    case "match":
    case "in":
    case "call":
    case "field":
      yield { ...flipped, edits: [around(span, "not (", ")")].flat() };
      yield* weakerMatch(text, leaf);
      return;
    default:
      return;
  }
}

const OPPOSITES = { "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;
const WEAKER: Readonly<Record<string, string>> = { "<": "<=", ">": ">=" };

function around(span: Span, before: string, after: string): readonly Edit[] {
  return [
    { span: spanOf(span.start, span.start), text: before },
    { span: spanOf(span.end, span.end), text: after },
  ];
}

function* weakerComparison(
  text: string,
  { left, right, operator, operatorSpan, span }: EqlExpression & { readonly kind: "comparison" },
): Generator<Change> {
  const weaker = WEAKER[operator];
  const shown = excerptAt(text, span);
  if (weaker !== undefined) {
    const name = `\`${weaker}\` instead of \`${operator}\` in ${shown}`;
    yield { kind: "weakened", name, span, edits: [{ span: operatorSpan, text: weaker }] };
  }
  if (operator !== "==" || withoutGroups(left).kind !== "field" || withoutGroups(right).kind === "null")
    return;
  yield { kind: "weakened", name: `any value in ${shown}`, span, edits: [anyValue(text, left, span)] };
}

function anyValue(text: string, operand: EqlExpression, span: Span): Edit {
  return { span, text: `${textAt(text, operand.span)} != null` };
}

function* weakerMatch(text: string, leaf: EqlExpression): Generator<Change> {
  if (leaf.kind !== "match" && leaf.kind !== "in") return;
  if (withoutGroups(leaf.operand).kind !== "field" || leaf.notSpan !== undefined) return;
  const { span } = leaf;
  const name = `any value in ${excerptAt(text, span)}`;
  yield { kind: "weakened", name, span, edits: [anyValue(text, leaf.operand, span)] };
}

/** More values of one list than this, and only the first ones are left out. */
const MOST_VALUES = 40;

function* listChanges(
  text: string,
  { right }: EqlExpression & { readonly kind: "match" | "in" },
): Generator<Change> {
  if (right.kind !== "list" || right.items.length < 2) return;
  for (const [i, { span }] of right.items.slice(0, MOST_VALUES).entries()) {
    const edits = [withoutItem(right.items, i)].flat();
    yield { kind: "dropped", name: `without the value ${excerptAt(text, span)}`, span, edits };
  }
}

/** With the comma behind it, or before it if it is the last one. */
function withoutItem(items: readonly { readonly span: Span }[], i: number): readonly Edit[] {
  const [before, item, after] = [items[i - 1], items[i], items[i + 1]];
  if (item === undefined) return [];
  if (after !== undefined) return [{ span: spanOf(item.span.start, after.span.start), text: "" }];
  return before === undefined ? [] : [{ span: spanOf(before.span.end, item.span.end), text: "" }];
}

function notRemoved(
  text: string,
  { operatorSpan, operand, span }: EqlExpression & { readonly kind: "not" },
): Change {
  const edits = [{ span: spanOf(operatorSpan.start, operand.span.start), text: "" }];
  return { kind: "flipped", name: `without \`not\` before ${excerptAt(text, operand.span)}`, span, edits };
}

function* seriesChanges(text: string, series: EqlSequence | EqlSample): Generator<Change> {
  for (const [i, { span, missing, openSpan, runs }] of series.steps.entries()) {
    const label = `step ${i + 1}`;
    yield { kind: "dropped", name: `without ${label}`, span, edits: [{ span, text: "" }] };
    if (missing) {
      yield { kind: "flipped", name: `${label} must occur`, span, edits: [{ span: openSpan, text: "[" }] };
    }
    if (runs?.countSpan !== undefined && runs.count !== undefined && 1 < runs.count) {
      const edits = [{ span: runs.countSpan, text: String(runs.count - 1) }];
      yield { kind: "weakened", name: `one run less of ${label}`, span: runs.span, edits };
    }
  }
  if (series.kind !== "sequence") return;
  const { maxspan, until } = series;
  if (maxspan?.amountSpan !== undefined && maxspan.amount !== undefined) {
    const edits = [{ span: maxspan.amountSpan, text: String(maxspan.amount * LONGER) }];
    yield { kind: "weakened", name: `${LONGER} times the maxspan`, span: maxspan.span, edits };
  }
  if (until !== undefined) {
    yield {
      kind: "dropped",
      name: `without ${excerptAt(text, until.span)}`,
      span: until.span,
      edits: [{ span: until.span, text: "" }],
    };
  }
}

const LONGER = 10;

function* keyChanges(text: string, { keys, span }: EqlBy): Generator<Change> {
  for (const [i, key] of keys.entries()) {
    const edits = keys.length === 1 ? [{ span, text: "" }] : withoutItem(keys, i);
    yield { kind: "dropped", name: `without the key ${excerptAt(text, key.span)}`, span: key.span, edits };
  }
}
