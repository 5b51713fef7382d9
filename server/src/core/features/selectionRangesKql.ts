/** The parts of a KQL query that a selection can grow to. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { type KqlAst, type KqlLiteral, childrenOf } from "../query/kql/index.ts";
import { type Span, spanOf, touches } from "../text/span.ts";

/** Parts that a cursor at the offset touches, in any order. */
export function kqlSelections(query: SnapshotQuery, offset: number): readonly Span[] {
  const { ast, text } = kqlParseOf(query);
  const spans: Span[] = [];
  const pending: KqlAst[] = [ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    spans.push(node.span, ...innerParts(node, text));
    pending.push(...childrenOf(node).filter(({ span }) => touches(span, offset)));
  }
  return spans;
}

function innerParts(node: KqlAst, text: string): readonly Span[] {
  switch (node.kind) {
    case "group":
      return [spanOf(node.span.start + 1, node.closeSpan?.start ?? node.span.end)];
    case "nested":
      return [
        spanOf(node.openSpan.end, node.closeSpan?.start ?? node.span.end),
        spanOf(node.openSpan.start, node.closeSpan?.end ?? node.span.end),
      ];
    case "literal":
      return literalParts(node, text);
    default:
      return [];
  }
}

/** Between its quotes, or, of a name, up to each of its dots. */
function literalParts({ form, span }: KqlLiteral, text: string): readonly Span[] {
  const image = text.slice(span.start, span.end);
  if (form === "quoted") {
    const end = 1 < image.length && image.endsWith('"') ? span.end - 1 : span.end;
    return [spanOf(span.start + 1, end)];
  }
  const parts: Span[] = [];
  let start = span.start;
  for (const part of image.split(/[.\s]/)) {
    const end = start + part.length;
    parts.push(spanOf(start, end), spanOf(span.start, end));
    start = end + 1;
  }
  return parts;
}
