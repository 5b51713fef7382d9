/** Small changes to a KQL query: a clause or value dropped, turned around or made weaker. */
import { walk } from "../../query/ast.ts";
import {
  childrenOf,
  isLoneStar,
  type KqlAst,
  type KqlIs,
  type KqlNot,
  type KqlParse,
  type KqlRange,
  parseKql,
  withoutGroups,
} from "../../query/kql/index.ts";
import { applyEdits, type Edit } from "../../text/edit.ts";
import { shortened } from "../../text/excerpt.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { type Mutation, type MutationKind } from "./eqlMutations.ts";

interface Change {
  readonly kind: MutationKind;
  readonly name: string;
  readonly span: Span;
  readonly edits: readonly Edit[];
}

/** One change each; those that make no query are left out. */
export function* kqlMutations({ text, ast }: KqlParse): Generator<Mutation | undefined> {
  const seen = new Set([text]);
  for (const { kind, name, span, edits } of changesIn(text, ast)) {
    const query = applyEdits(text, edits);
    const isNew = !seen.has(query);
    seen.add(query);
    yield isNew && parseKql(query).errors.length === 0 ? { kind, name, span, query } : undefined;
  }
}

function* changesIn(text: string, query: KqlAst): Generator<Change> {
  const lists = new Set<KqlAst>();
  for (const node of walk<KqlAst>(query, childrenOf)) {
    switch (node.kind) {
      case "and":
      case "or":
        yield* logicChanges(text, node, lists.has(node) ? "value" : "condition");
        break;
      case "not":
        yield notRemoved(text, node);
        break;
      case "is":
        for (const inner of walk<KqlAst>(node.value, childrenOf)) lists.add(inner);
        yield* comparisonChanges(text, node);
        break;
      case "range":
        yield* rangeChanges(text, node);
        break;
      case "nested":
      case "text":
        yield flipped(text, node.span);
        break;
      default:
    }
  }
}

function excerptAt(text: string, span: Span): string {
  return `\`${shortened(textAt(text, span), LONGEST_EXCERPT)}\``;
}

const LONGEST_EXCERPT = 60;

/** More values of one list than this, and only the first ones are left out. */
const MOST_VALUES = 40;

interface Joined {
  readonly kind: "and" | "or";
  readonly span: Span;
  readonly operands: readonly { readonly span: Span }[];
  readonly operatorSpans: readonly Span[];
}

function* logicChanges(text: string, node: Joined, of: "value" | "condition"): Generator<Change> {
  const { operands, operatorSpans, kind } = node;
  for (const [i, { span }] of operands.slice(0, MOST_VALUES).entries()) {
    const what = of === "value" ? "the value " : "";
    const edits = withoutOperand(operands, i);
    yield { kind: "dropped", name: `without ${what}${excerptAt(text, span)}`, span, edits };
  }
  const [first] = operatorSpans;
  if (first === undefined) return;
  const other = kind === "and" ? "or" : "and";
  const turned = operatorSpans.map((span) => ({ span, text: other }));
  const edits = around(node.span, "(", ")", turned);
  yield { kind: "flipped", name: `\`${other}\` instead of \`${kind}\``, span: first, edits };
}

/** With the connective behind it, or before it if it is the last one. */
function withoutOperand(operands: readonly { readonly span: Span }[], i: number): readonly Edit[] {
  const [before, operand, after] = [operands[i - 1], operands[i], operands[i + 1]];
  if (operand === undefined) return [];
  if (after !== undefined) return [{ span: spanOf(operand.span.start, after.span.start), text: "" }];
  return before === undefined ? [] : [{ span: spanOf(before.span.end, operand.span.end), text: "" }];
}

function around(
  { start, end }: Span,
  before: string,
  after: string,
  inner: readonly Edit[],
): readonly Edit[] {
  return [{ span: spanOf(start, start), text: before }, ...inner, { span: spanOf(end, end), text: after }];
}

function flipped(text: string, span: Span): Change {
  return {
    kind: "flipped",
    name: `not ${excerptAt(text, span)}`,
    span,
    edits: around(span, "(not (", "))", []),
  };
}

function* comparisonChanges(text: string, { field, value, span }: KqlIs): Generator<Change> {
  yield flipped(text, span);
  const inner = withoutGroups(value);
  if (field.kind === "hole" || (inner.kind === "literal" && isLoneStar(inner))) return;
  const name = `any value in ${excerptAt(text, span)}`;
  yield { kind: "weakened", name, span, edits: [{ span: value.span, text: "*" }] };
}

const OPPOSITES = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;
const WEAKER: Readonly<Record<string, string>> = { "<": "<=", ">": ">=" };

function* rangeChanges(text: string, { operator, operatorSpan, span }: KqlRange): Generator<Change> {
  const shown = excerptAt(text, span);
  const opposite = [{ span: operatorSpan, text: OPPOSITES[operator] }];
  yield { kind: "flipped", name: `not ${shown}`, span, edits: opposite };
  const weaker = WEAKER[operator];
  if (weaker === undefined) return;
  const name = `\`${weaker}\` instead of \`${operator}\` in ${shown}`;
  yield { kind: "weakened", name, span, edits: [{ span: operatorSpan, text: weaker }] };
}

function notRemoved(text: string, { operatorSpan, operand, span }: KqlNot<KqlAst>): Change {
  const edits = [{ span: spanOf(operatorSpan.start, operand.span.start), text: "" }];
  return { kind: "flipped", name: `without \`not\` before ${excerptAt(text, operand.span)}`, span, edits };
}
