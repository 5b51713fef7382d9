import { touches } from "../../text/span.ts";
import { type QueryToken, type QueryWordDoc } from "../language.ts";
import { functionNamed, signatureOf } from "./functions.ts";
import { type EqlParse } from "./parse.ts";
import { type EqlAst } from "./ast.ts";
import { EQL_PIPE_WORDS, EQL_UNIT_WORDS, EQL_WORDS, type EqlWord } from "./words.ts";

/** Documentation of the keyword, operator, function, pipe or unit at the offset. */
export function wordAt(
  parse: Pick<EqlParse<EqlAst>, "text" | "tokens">,
  offset: number,
): QueryWordDoc | undefined {
  const tokens = parse.tokens.filter(({ kind }) => kind !== "comment");
  const index = tokens.findLastIndex(
    ({ span }) => touches(span, offset) && span.start < Math.max(offset, span.start + 1),
  );
  const token = tokens[index];
  if (token === undefined) return undefined;
  const imageOf = (other: QueryToken | undefined): string =>
    other === undefined ? "" : parse.text.slice(other.span.start, other.span.end);
  const image = imageOf(token);
  const before = imageOf(tokens[index - 1]);
  const after = imageOf(tokens[index + 1]);
  if (before === "." && token.kind !== "operator") return undefined;
  if (token.kind === "name") {
    const found = nameDoc(image, before, after, imageOf(tokens[index - 2]));
    return found && { span: token.span, ...found };
  }
  const isWord = token.kind === "keyword" || token.kind === "operator" || image === "![";
  if (!isWord) return undefined;
  const isNotIn = image === "not" && (after === "in" || after === "in~");
  const found = EQL_WORDS.get(isNotIn ? after : image);
  return found && { span: token.span, ...found };
}

function nameDoc(image: string, before: string, after: string, beforeThat: string): EqlWord | undefined {
  if (after === "(") {
    const known = functionNamed(image);
    return known && { signature: signatureOf(known), text: known.text, example: known.example };
  }
  if (before === "|") return EQL_PIPE_WORDS.get(image);
  if (before === "with") return EQL_WORDS.get(image);
  const isUnit = /^[\d.]+$/.test(before) && beforeThat.startsWith("=");
  return isUnit ? EQL_UNIT_WORDS.get(image) : undefined;
}
