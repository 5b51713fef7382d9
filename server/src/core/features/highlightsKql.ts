/** Words and brackets of a KQL query that belong together. Spans are in query offsets. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { walk } from "../query/ast.ts";
import { type KqlAst, childrenOf } from "../query/kql/index.ts";
import { type Span, spanOf, touches } from "../text/span.ts";
import { type Highlight, texts } from "./highlightsModel.ts";

export function kqlPairHighlights(query: SnapshotQuery, offset: number): readonly Highlight[] | undefined {
  let found: readonly Span[] | undefined;
  for (const node of walk<KqlAst>(kqlParseOf(query).ast, childrenOf)) {
    const together = togetherIn(node);
    if (together.some((span) => span.start < span.end && touches(span, offset))) found = together;
  }
  return found && texts(...found);
}

function togetherIn(node: KqlAst): readonly Span[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.operatorSpans;
    case "group":
      return [spanOf(node.span.start, node.span.start + 1), ...present(node.closeSpan)];
    case "nested":
      return [node.openSpan, ...present(node.closeSpan)];
    default:
      return [];
  }
}

function present(span: Span | undefined): readonly Span[] {
  return span === undefined ? [] : [span];
}
