/** What checks of fields ask of the tree of a KQL query beyond its facts. */
import { walk } from "../query/ast.ts";
import {
  childrenOf,
  isLoneStar,
  type KqlAst,
  type KqlIs,
  type KqlNested,
  type KqlQuery,
  type KqlRange,
  wholeName,
} from "../query/kql/index.ts";
import { type QueryParse } from "../query/language.ts";
import { type Span } from "../text/span.ts";
import { type AnalyzedQuery } from "./check.ts";

/** Every node of a KQL query, parents before children. */
export function kqlNodes({ ast }: QueryParse): Iterable<KqlAst> {
  if (ast.kind !== "query") throw new Error("A check for KQL was given a query of another language");
  return walk<KqlAst>(ast as KqlQuery, childrenOf); // Whoever calls has looked at the language.
}

export interface KqlComparison {
  /** With the paths of the braces around it. */
  readonly name: string;
  readonly node: KqlIs | KqlRange | KqlNested;
}

/** Every `field: …`, `field > …` and `field:{ … }` whose field has one name. */
export function kqlComparisons({ parse }: AnalyzedQuery): readonly KqlComparison[] {
  const found: KqlComparison[] = [];
  /** Of nodes inside of `path:{ … }`, the path with its dot. */
  const prefixes = new Map<KqlAst, string>();
  for (const node of kqlNodes(parse)) {
    const prefix = prefixes.get(node) ?? "";
    const isComparison = node.kind === "is" || node.kind === "range" || node.kind === "nested";
    const name = isComparison ? wholeName(node.field, prefix) : undefined;
    if (isComparison && name !== undefined) found.push({ name, node });
    const inner = node.kind === "nested" ? (name === undefined ? "" : `${name}.`) : prefix;
    if (inner !== "") for (const child of childrenOf(node)) prefixes.set(child, inner);
  }
  return found;
}

export interface KqlPattern {
  readonly name: string;
  readonly span: Span;
  /** False for `name.*: *`, which asks for any value. */
  readonly hasValue: boolean;
}

/** Names with `*`: `process.hash.*: *`. Facts leave them out, as no field has such a name. */
export function kqlPatterns({ parse }: AnalyzedQuery): readonly KqlPattern[] {
  const patterns: KqlPattern[] = [];
  for (const node of kqlNodes(parse)) {
    if (node.kind !== "is" && node.kind !== "range") continue;
    const { field, value } = node;
    // A lone star is every field.
    if (field.kind !== "literal" || field.type !== "wildcard" || field.text === "*") continue;
    const hasValue = node.kind === "range" || value.kind !== "literal" || !isLoneStar(value);
    patterns.push({ name: field.text, span: field.span, hasValue });
  }
  return patterns.slice(0, MOST_PATTERNS);
}

/** Each is compared with every name of every schema. */
const MOST_PATTERNS = 20;

/** Where fields stand that are compared by `<`, `<=`, `>` or `>=`. */
export function kqlRangeStarts(parse: QueryParse): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const node of kqlNodes(parse)) if (node.kind === "range") starts.add(node.field.span.start);
  return starts;
}
