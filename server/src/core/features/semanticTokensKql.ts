/** What each word of a KQL query is. Its lexer knows already; what a literal stands for is told from its text. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { type FieldRef } from "../query/facts.ts";
import { type KqlParse } from "../query/kql/index.ts";
import { UNQUOTED_ESCAPE } from "../query/kql/literals.ts";
import { textAt } from "../text/span.ts";
import { type AnswerAt } from "./semanticTokensFields.ts";
import { type QueryMark, type TokenModifier, type TokenType, markOf } from "./semanticTokensLegend.ts";

type KqlToken = KqlParse["tokens"][number];

export function kqlMarks(query: SnapshotQuery, answerAt: AnswerAt): readonly QueryMark[] {
  const { text, tokens } = kqlParseOf(query);
  const refs = new Map(query.facts.fields.map((ref) => [ref.span.start, ref]));
  return tokens.flatMap((token) => tokenMarks(text, token, refs.get(token.span.start), answerAt));
}

const WORD: readonly TokenModifier[] = ["word"];

function tokenMarks(
  text: string,
  { kind, span }: KqlToken,
  ref: FieldRef | undefined,
  answerAt: AnswerAt,
): readonly QueryMark[] {
  const { start, end } = span;
  switch (kind) {
    case "keyword":
      return [markOf(start, end, "operator", WORD)];
    case "operator":
      return [markOf(start, end, "operator")];
    case "field": {
      // A pattern of names, or the path before braces, has no verdict of its own.
      const answer = ref && answerAt(ref.name, start);
      return pieces(text, start, end, "property", answer === undefined ? [] : [answer.kind]);
    }
    case "quoted":
      return pieces(text, start, end, "string", []);
    case "unquoted":
      return pieces(text, start, end, valueType(textAt(text, span)), []);
    case "punctuation":
    case "unknown":
      return [];
  }
}

function valueType(image: string): TokenType {
  if (image === "true" || image === "false" || image === "null") return "constant";
  return /^-?\d+(?:\.\d+)?$/.test(image) ? "number" : "string";
}

/** A literal with its wildcards and escapes. In quotes a star is a star, and fewer escapes have a meaning. */
function pieces(
  text: string,
  start: number,
  end: number,
  type: TokenType,
  modifiers: readonly TokenModifier[],
): readonly QueryMark[] {
  const isQuoted = text.charAt(start) === '"';
  const marks: QueryMark[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const special = specialAt(text, at, isQuoted);
    if (special === undefined) continue;
    if (from < at) marks.push(markOf(from, at, type, modifiers));
    from = Math.min(at + special.length, end);
    marks.push(markOf(at, from, special.type));
    at = from - 1;
  }
  if (from < end) marks.push(markOf(from, end, type, modifiers));
  return marks;
}

function specialAt(
  text: string,
  at: number,
  isQuoted: boolean,
): { readonly type: "wildcard" | "escape"; readonly length: number } | undefined {
  const sign = text.charAt(at);
  if (sign === "*") return isQuoted ? undefined : { type: "wildcard", length: 1 };
  if (sign !== "\\") return undefined;
  UNQUOTED_ESCAPE.lastIndex = at;
  const escape = UNQUOTED_ESCAPE.exec(text)?.[0];
  if (escape === undefined || (isQuoted && !/^\\(?:[trn\\"]$|u)/.test(escape))) return undefined;
  return { type: "escape", length: escape.length };
}
