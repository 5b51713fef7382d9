import { spanOf, textAt } from "../../text/span.ts";
import { type QueryToken, type QueryWordDoc } from "../language.ts";
import { type KqlParse } from "./parse.ts";
import { KQL_WORDS } from "./words.ts";

/** Documentation of the keyword, operator or wildcard that the cursor stands in or just behind. */
export function wordAt({ text, tokens }: KqlParse, offset: number): QueryWordDoc | undefined {
  const inside = tokens.find(({ span }) => span.start <= offset && offset < span.end);
  const behind = tokens.find(({ span }) => span.end === offset);
  return docOf(text, inside, offset) ?? docOf(text, behind, offset - 1);
}

function docOf(text: string, token: QueryToken | undefined, offset: number): QueryWordDoc | undefined {
  if (token === undefined) return undefined;
  const { kind, span } = token;
  const image = textAt(text, span);
  if (kind === "unquoted" || kind === "field") {
    if (image === "null" && kind === "unquoted") return found(image, token);
    const isStar = text.charAt(offset) === "*" && text.charAt(offset - 1) !== "\\";
    return isStar ? found("*", { kind, span: spanOf(offset, offset + 1) }) : undefined;
  }
  if (kind === "punctuation") return found(image === "}" ? "{" : image, token);
  return kind === "keyword" || kind === "operator" ? found(image.toLowerCase(), token) : undefined;
}

function found(word: string, { span }: QueryToken): QueryWordDoc | undefined {
  const doc = KQL_WORDS.get(word);
  return doc && { span, ...doc };
}
