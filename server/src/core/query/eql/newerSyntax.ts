import { type Span } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type EqlAst, type EqlQuery } from "./ast.ts";
import { childrenOf } from "./children.ts";

/** Syntax that came later than EQL itself. */
export interface EqlFeature {
  /** For messages: "`sample`". */
  readonly name: string;
  /** The first version of Elasticsearch that has it: `8.6`. */
  readonly since: string;
  /** Where the query first makes use of it. */
  readonly span: Span;
}

export function eqlFeatures(query: EqlQuery): readonly EqlFeature[] {
  const found = new Map<string, EqlFeature>();
  for (const node of walk<EqlAst>(query.body, childrenOf)) {
    const feature = featureOf(node);
    if (feature !== undefined && !found.has(feature.name)) found.set(feature.name, feature);
  }
  return [...found.values()];
}

function featureOf(node: EqlAst): EqlFeature | undefined {
  if (node.kind === "sample") return { name: "`sample`", since: "8.6", span: node.keywordSpan };
  if (node.kind === "step" && node.missing)
    return { name: "An event that must not occur", since: "8.9", span: node.openSpan };
  if (node.kind === "runs") return { name: "`runs`", since: "7.16", span: node.nameSpan };
  if (node.kind === "field" && node.optionalSpan !== undefined)
    return { name: "An optional field", since: "7.16", span: node.optionalSpan };
  return undefined;
}
