/** Values of KQL: what they match is decided by quotes, by wildcards and by the type of the field. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { type KqlAst, type KqlLiteral, childrenOf } from "../query/kql/index.ts";
import { touches } from "../text/span.ts";
import { partAt } from "./semanticTokensFields.ts";
import { type QueryText } from "./stringHoverModel.ts";
import { type Letters, patternText } from "./stringHoverPattern.ts";

export function kqlText(query: SnapshotQuery, offset: number): QueryText | undefined {
  const path = pathTo(kqlParseOf(query).ast, offset);
  const literal = path.at(-1);
  const parent = path.findLast(({ kind }) => kind === "is" || kind === "text");
  if (literal?.kind !== "literal" || parent === undefined) return undefined;
  // The field itself has a hover of its own.
  if (parent.kind === "is" && parent.field === literal) return undefined;
  const { span, text: value } = literal;
  if (parent.kind !== "is") return { span, value, meaning: ["Looked for in every field."] };
  return { span, value, meaning: meaningOf(literal, lettersOf(query, parent.field.span.start), path) };
}

function pathTo(ast: KqlAst, offset: number): readonly KqlAst[] {
  const path: KqlAst[] = [];
  for (let node: KqlAst | undefined = ast; node !== undefined;) {
    path.push(node);
    const children: readonly KqlAst[] = childrenOf(node).filter(({ span }) => touches(span, offset));
    node = children.at(-1);
  }
  return path;
}

const ANALYSED: ReadonlySet<string> = new Set(["text", "match_only_text", "semantic_text"]);
const EXACT: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard", "flattened"]);

function lettersOf(query: SnapshotQuery, fieldStart: number): Letters | undefined {
  const ref = query.facts.fields.find(({ span }) => span.start === fieldStart);
  const answer = ref && query.scope()?.answer(ref.name, partAt(query.facts, fieldStart));
  const type = answer?.kind === "known" ? (answer.type ?? "") : "";
  return EXACT.has(type) ? "exact case" : ANALYSED.has(type) ? "words" : undefined;
}

function meaningOf(
  literal: KqlLiteral,
  letters: Letters | undefined,
  path: readonly KqlAst[],
): readonly string[] {
  const isNegated = path.filter(({ kind }) => kind === "not").length % 2 === 1;
  // Of a field that is no text, or of an unknown type, only Elasticsearch can tell.
  const matched =
    letters === undefined ? [] : patternText(literal.pieces, letters, { hasSingle: false, isNegated });
  if (literal.form === "quoted" && literal.text.includes("*"))
    return [...matched, "`*` stands for itself in quotes; without them it would be a wildcard."];
  if (literal.type === "wildcard" && letters === undefined) return ["Each `*` stands for any characters."];
  return matched;
}
