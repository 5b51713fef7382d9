import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { isA, retyped, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { type Place } from "./place.ts";
import { encodeString } from "./strings.ts";
import { isListItem, isLogical, isPredicate, isType } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

const RUN = /[^\s()[\]{},"'`|“”„‘’]+/y;
/** The further words of a text with blanks: up to where a condition, a list or a line ends. */
const FURTHER_WORDS =
  /(?:[ \t]+(?!(?:and|or|not)\b)[^\s()[\]{},"'`|“”„‘’:=<>!]+)+(?=[ \t]*(?:$|[\r\n)\],|]|and\b|or\b))/iy;
const NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const NO_TEXT = /^[+\-!?:=<>&]|[=<>]|\/[/*]/;
const OPERATOR = /\/[/*]|\b(?:in|like|regex|by|with|where|until|maxspan)\b/i;
const FILE_NAME =
  /\.(?:exe|dll|sys|com|scr|bat|cmd|ps1|vbs|jse?|hta|lnk|msi|sh|py|pl|txt|log|tmp|zip|docx?|xlsx?)$/i;
/** First parts of common fields: a name that begins so was meant as a field, not as a text. */
const FIELD_ROOTS: ReadonlySet<string> = new Set([
  ...["agent", "client", "cloud", "container", "destination", "dll", "dns", "event", "file", "group"],
  ...["host", "network", "observer", "process", "registry", "rule", "server", "source", "threat"],
  ...["url", "user", "winlog"],
]);

/** What `:`, `like` and `regex` match is a `constant`; a field can stand in a list after `in` or after `==`. */
type Role = "constant" | "member" | "compared";

interface BareText {
  readonly token: IToken;
  /** The tokens that the lexer made of it. */
  readonly parts: readonly IToken[];
}

/** `: cmd.exe`, `like *.exe`: texts without their quotes, as other languages take them. All of a list are one slip. */
export function bareText(place: Place, token: IToken): readonly IToken[] | undefined {
  if (isA(token, t.Text) || isType(token, t.LParen, t.LBracket, t.LBrace)) return undefined;
  const role = roleOf(place);
  const first = role === undefined ? undefined : textAt(place, place.index, role);
  if (role === undefined || first === undefined) return undefined;
  if (place.listAfter !== undefined && !endsItem(place.tokens[place.index + first.parts.length]))
    return undefined;
  const list = place.listAfter === undefined ? undefined : restOfList(place, first, role);
  const texts = [first, ...(list?.texts ?? [])];
  for (const { token: text, parts } of texts) {
    parts.forEach((part, i) => place.decided.set(part, i === 0 ? [text] : []));
  }
  for (const { token: word } of list?.words ?? []) place.decided.set(word, [retyped(word, t.Comma)]);
  const edits = texts.map(({ token: text }) => ({ span: tokenSpan(text), text: encodeString(text.image) }));
  const commas = (list?.words ?? []).map(({ token: word, from }) => ({
    span: spanOf(from, tokenEnd(word)),
    text: ",",
  }));
  const title = texts.length === 1 ? "Put it in quotes" : "Put them in quotes";
  const fix: Fix = { title, safety: "unsafe", edits: [...edits, ...commas] };
  place.errors.report(tokenSpan(first.token), "A text needs double quotes", [fix]);
  return [first.token];
}

function roleOf({ before, listAfter }: Place): Role | undefined {
  const previous = before.at(-1);
  const isItem = listAfter !== undefined && isType(previous, t.LParen, t.Comma, t.And, t.Or);
  const operator = isItem ? listAfter : previous;
  if (isA(operator, t.Comparison)) return "compared";
  if (!isPredicate(operator)) return undefined;
  // After `and` a condition may begin, because the list lacks its end.
  return isType(operator, t.In, t.InTilde) || isLogical(previous) ? "member" : "constant";
}

/** The text without quotes that begins with a token. It may take several tokens, but none in part. */
function textAt({ text, tokens }: Place, index: number, role: Role): BareText | undefined {
  const start = tokens[index]?.startOffset ?? text.length;
  const word = matchAt(RUN, text, start);
  if (word === "" || NUMBER.test(word) || NO_TEXT.test(word) || t.KEYWORDS.has(word.toLowerCase()))
    return undefined;
  if (!isMeantAsText(word, role) || text[start + word.length] === "(") return undefined;
  const more = matchAt(FURTHER_WORDS, text, start + word.length);
  const image = OPERATOR.test(more) ? word : word + more;
  const end = start + image.length;
  let last = index;
  for (let next = tokens[last + 1]; next !== undefined && next.startOffset < end; next = tokens[last + 1])
    last++;
  const parts = tokens.slice(index, last + 1);
  const isWhole = parts.every((part) => tokenEnd(part) <= end);
  return isWhole ? { token: tokenOf(t.BareText, image, start), parts } : undefined;
}

function isMeantAsText(word: string, role: Role): boolean {
  if (/^[*/]|\\/.test(word)) return true;
  // `a*2` may be arithmetic where a field may stand.
  if (role !== "constant") return false;
  const [root = ""] = word.split(".");
  return root === word || FILE_NAME.test(word) || !FIELD_ROOTS.has(root);
}

interface ListRest {
  readonly texts: readonly BareText[];
  /** `and`s and `or`s between them, with where the item before each ends. */
  readonly words: readonly { readonly token: IToken; readonly from: number }[];
}

/** The other texts without quotes in the same list, and the words that join what should stand between commas. */
function restOfList(place: Place, first: BareText, role: Role): ListRest {
  const texts: BareText[] = [];
  const words: { readonly token: IToken; readonly from: number }[] = [];
  let index = place.index + first.parts.length;
  for (
    let token = place.tokens[index];
    token !== undefined && isSeparator(token);
    token = place.tokens[index]
  ) {
    const text = textAt(place, index + 1, role);
    const next = index + 1 + (text?.parts.length ?? 1);
    if (!endsItem(place.tokens[next]) || (text === undefined && !isListItem(place.tokens[index + 1]))) break;
    const last = place.tokens[index - 1];
    if (token.tokenType !== t.Comma && last !== undefined) words.push({ token, from: tokenEnd(last) });
    if (text !== undefined) texts.push(text);
    index = next;
  }
  return { texts, words };
}

/** What follows an item of a list, unless the list lacks its end and this is the first operand of a condition. */
function endsItem(token: IToken | undefined): boolean {
  return token === undefined || isSeparator(token) || isType(token, t.RParen, t.RBracket);
}

function isSeparator(token: IToken | undefined): boolean {
  return token?.tokenType === t.Comma || /^(?:and|or)$/i.test(token?.image ?? "");
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? "";
}
