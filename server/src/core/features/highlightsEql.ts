/** Words and brackets of an EQL query that belong together. Spans are in query offsets. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { walk } from "../query/ast.ts";
import {
  type EqlAst,
  type EqlBody,
  type EqlCall,
  type EqlExpression,
  type EqlStep,
  childrenOf,
} from "../query/eql/index.ts";
import { type Span, spanOf, touches } from "../text/span.ts";
import { type Highlight, texts } from "./highlightsModel.ts";

type Series = Exclude<EqlBody, { readonly kind: "event" }>;

/** Keys are tied by their position: the second key of one step equals the second of each other. */
export function eqlKeyHighlights(query: SnapshotQuery, offset: number): readonly Highlight[] | undefined {
  const { body } = eqlParseOf(query).ast;
  if (body.kind === "event") return undefined;
  const steps = stepsOf(body);
  const shared = body.by?.keys.find((key) => touches(key.span, offset));
  if (shared !== undefined) return [...linked([shared]), ...readIn(steps, shared)];
  for (const step of steps) {
    const index = step.by?.keys.findIndex((key) => touches(key.span, offset)) ?? -1;
    if (0 <= index) return steps.flatMap(({ by }) => linked(by?.keys.slice(index, index + 1) ?? []));
  }
  return undefined;
}

function stepsOf(series: Series): readonly EqlStep[] {
  const until = series.kind === "sample" ? undefined : series.until?.step;
  return until === undefined ? series.steps : [...series.steps, until];
}

function linked(keys: readonly EqlExpression[]): readonly Highlight[] {
  return keys.filter(({ span }) => span.start < span.end).map(({ span }) => ({ span, kind: "link" }));
}

/** Where the steps read a key that they share. */
function readIn(steps: readonly EqlStep[], key: EqlExpression): readonly Highlight[] {
  if (key.kind !== "field") return [];
  const found: Highlight[] = [];
  for (const step of steps) {
    for (const node of walk<EqlAst>(step, childrenOf))
      if (node.kind === "field" && node.name === key.name) found.push({ span: node.nameSpan, kind: "read" });
  }
  return found;
}

/** Brackets, a function with its brackets, and the words that hold one condition or series together. */
export function eqlPairHighlights(query: SnapshotQuery, offset: number): readonly Highlight[] | undefined {
  const { ast, text } = eqlParseOf(query);
  // Parents come before children: where two brackets touch, the inner one wins.
  let found: readonly Span[] | undefined;
  for (const node of walk<EqlAst>(ast, childrenOf)) {
    const spans = pairsOf(node, text).find((pair) => pair.some((span) => isAt(span, offset)));
    if (spans !== undefined) found = spans;
  }
  return found && texts(...found);
}

/** A bracket counts where the cursor stands before it, or behind it at the end. */
function isAt(span: Span, offset: number): boolean {
  return span.start < span.end && touches(span, offset);
}

/** Groups of spans that belong together. */
function pairsOf(node: EqlAst, text: string): readonly (readonly Span[])[] {
  switch (node.kind) {
    case "call":
      return [callParts(node, text)];
    case "list":
    case "group":
      return [present(spanOf(node.span.start, node.span.start + 1), node.closeSpan)];
    case "step":
      return [present(node.openSpan, node.closeSpan)];
    case "and":
    case "or":
      return [node.operatorSpans];
    case "sequence":
    case "sample":
    case "join": {
      const until = node.kind === "sample" ? undefined : node.until?.keywordSpan;
      return [present(node.keywordSpan, node.by?.keywordSpan, until)];
    }
    default:
      return [];
  }
}

/** A function's name and its brackets. */
function callParts({ nameSpan, span, closeSpan }: EqlCall, text: string): readonly Span[] {
  const open = text.indexOf("(", nameSpan.end);
  const isOpen = 0 <= open && open < span.end;
  return present(nameSpan, isOpen ? spanOf(open, open + 1) : undefined, closeSpan);
}

function present(...spans: readonly (Span | undefined)[]): readonly Span[] {
  return spans.filter((span) => span !== undefined);
}
