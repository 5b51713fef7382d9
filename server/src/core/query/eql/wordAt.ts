import { type QueryToken, type QueryWordDoc } from "../language.ts";
import { functionNamed, signatureOf } from "./functions.ts";
import { type EqlParse } from "./parse.ts";
import { type EqlAst } from "./ast.ts";
import { EQL_PIPE_WORDS, EQL_UNIT_WORDS, EQL_WORDS, type EqlWord } from "./words.ts";

/** Documentation of the keyword, operator, function, pipe or unit that the cursor stands in or just behind. */
export function wordAt(
  parse: Pick<EqlParse<EqlAst>, "text" | "tokens">,
  offset: number,
): QueryWordDoc | undefined {
  const tokens = parse.tokens.filter(({ kind }) => kind !== "comment");
  const inside = tokens.findIndex(({ span }) => span.start <= offset && offset < span.end);
  const behind = tokens.findIndex(({ span }) => span.end === offset);
  return docAt(parse.text, tokens, inside) ?? docAt(parse.text, tokens, behind);
}

function docAt(text: string, tokens: readonly QueryToken[], index: number): QueryWordDoc | undefined {
  const imageAt = (at: number): string => text.slice(tokens[at]?.span.start ?? 0, tokens[at]?.span.end ?? 0);
  const token = tokens[index];
  if (token === undefined) return undefined;
  const image = imageAt(index);
  const before = imageAt(index - 1);
  const after = imageAt(index + 1);
  if (before === "." && token.kind !== "operator") return undefined;
  if (token.kind === "name") {
    const found = nameDoc(image, before, after, imageAt(index - 2));
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
