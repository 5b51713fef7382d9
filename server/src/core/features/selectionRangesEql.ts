/** The parts of an EQL query that a selection can grow to. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { type EqlAst, childrenOf } from "../query/eql/index.ts";
import { type Span, cover, spanOf, touches } from "../text/span.ts";

/** Parts that a cursor at the offset touches, in any order. */
export function eqlSelections(query: SnapshotQuery, offset: number): readonly Span[] {
  const { ast, text } = eqlParseOf(query);
  const spans: Span[] = [];
  const pending: EqlAst[] = [ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    // A node that covers no text of its own may still have children that do.
    if (!touches(node.span, offset) && node.span.start < node.span.end) continue;
    spans.push(node.span, ...innerParts(node, text));
    pending.push(...childrenOf(node).filter(({ span }) => touches(span, offset)));
  }
  return spans;
}

/** What lies between a node and its children: the inside of brackets, the conditions before and after an operator. */
function innerParts(node: EqlAst, text: string): readonly Span[] {
  switch (node.kind) {
    case "list":
    case "group":
      return [spanOf(node.span.start + 1, node.closeSpan?.start ?? node.span.end)];
    case "call":
      return [node.nameSpan, ...argumentsOf(text, node.nameSpan, node.closeSpan, node.span)];
    case "step":
      return [
        spanOf(node.openSpan.end, node.closeSpan?.start ?? node.event.span.end),
        spanOf(node.openSpan.start, node.closeSpan?.end ?? node.event.span.end),
      ];
    case "field":
      return fieldParts(node.parts.map(({ span }) => span));
    case "string":
      return [node.bodySpan];
    case "sequence":
    case "sample":
    case "join":
      return seriesParts(node);
    default:
      return [];
  }
}

function argumentsOf(text: string, name: Span, close: Span | undefined, whole: Span): readonly Span[] {
  const open = text.indexOf("(", name.end);
  return open < 0 || whole.end <= open ? [] : [spanOf(open + 1, close?.start ?? whole.end)];
}

/** `process`, `process.parent`, `process.parent.name`. */
function fieldParts(parts: readonly Span[]): readonly Span[] {
  const [first] = parts;
  return first === undefined ? [] : [...parts, ...parts.map((part) => cover(first, part))];
}

/** The head of a series, and all of its events. */
function seriesParts(node: EqlAst & { readonly kind: "sequence" | "sample" | "join" }): readonly Span[] {
  const [first] = node.steps;
  const last = node.steps.at(-1);
  if (first === undefined || last === undefined) return [];
  const maxspan = node.kind === "sequence" ? node.maxspan : undefined;
  const headEnd = Math.max(node.keywordSpan.end, node.by?.span.end ?? 0, maxspan?.span.end ?? 0);
  const head = spanOf(node.keywordSpan.start, headEnd);
  return head.end <= first.span.start ? [head, cover(first.span, last.span)] : [];
}
