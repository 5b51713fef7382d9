/** Where a cursor stands among the tokens of a query: the word under it, what is before it, and the bracket around it. */
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { type EqlParse, type EqlTokenKind } from "./parse.ts";

type Token = EqlParse["tokens"][number];

export interface PlacedToken {
  readonly kind: EqlTokenKind;
  readonly span: Span;
  readonly image: string;
}

export interface OpenBracket {
  readonly kind: "step" | "call" | "list" | "group";
  /** What stands before it: a function's name, or the operator that the list belongs to. */
  readonly owner: PlacedToken | undefined;
  readonly span: Span;
  /** The tokens between it and the word. */
  readonly inner: readonly PlacedToken[];
}

export interface EqlPlace {
  readonly text: string;
  /** The name or keyword that the cursor is in or just behind, up to its end; empty where it is in none. */
  readonly word: Span;
  /** The string literal that the cursor is inside of. */
  readonly string: PlacedToken | undefined;
  /** Without comments; the word is not among them. */
  readonly before: readonly PlacedToken[];
  /** The innermost bracket that is open. */
  readonly bracket: OpenBracket | undefined;
  /** The tokens of the event that the place belongs to: from its `[` on, or from the start of the query. */
  readonly event: readonly PlacedToken[];
}

/** Undefined inside a comment. */
export function placeAt(
  { text, tokens }: Pick<EqlParse, "text" | "tokens">,
  offset: number,
): EqlPlace | undefined {
  const touched = tokens.findIndex(({ span }) => span.start < offset && offset <= span.end);
  const token = tokens[touched];
  if (token !== undefined && isInComment(text, token, offset)) return undefined;
  const isInString =
    token?.kind === "string" && (offset < token.span.end || !isClosed(textAt(text, token.span)));
  const chain =
    token !== undefined && isPartOfName(text, token) ? chainAround(text, tokens, touched) : undefined;
  const word = chain ?? spanOf(offset, offset);
  const limit = isInString ? token.span.start : word.start;
  const before = tokens
    .filter(({ kind, span }) => kind !== "comment" && span.end <= limit)
    .map((one) => placed(text, one));
  const open = openBrackets(before);
  const step = open.findLast((index) => before[index]?.image !== "(");
  return {
    text,
    word,
    string: isInString ? placed(text, token) : undefined,
    before,
    bracket: bracketAt(before, open.at(-1)),
    event: bracketAt(before, step)?.inner ?? before,
  };
}

function placed(text: string, { kind, span }: Token): PlacedToken {
  return { kind, span, image: textAt(text, span) };
}

/** Behind a block comment a query goes on; a line comment takes the whole line. */
function isInComment(text: string, { kind, span }: Token, offset: number): boolean {
  if (kind !== "comment") return false;
  return offset < span.end || !textAt(text, span).endsWith("*/");
}

function isClosed(image: string): boolean {
  const quote = /^\??("""|"|'|“|”|„|‘|’)/.exec(image)?.[1] ?? "";
  const body = image.slice(image.indexOf(quote) + quote.length);
  return quote === '"""'
    ? body.endsWith('"""')
    : /["'”“’‘]$/.test(body) && !/(?:^|[^\\])(?:\\\\)*\\["']$/.test(body);
}

function isPartOfName(text: string, { kind, span }: Token): boolean {
  return kind === "name" || kind === "keyword" || textAt(text, span) === ".";
}

/** Names and dots that touch each other: `process.parent.`, keywords among them while the name is not finished. */
function chainAround(text: string, tokens: readonly Token[], index: number): Span {
  let first = index;
  let last = index;
  while (touch(text, tokens[first - 1], tokens[first])) first--;
  while (touch(text, tokens[last], tokens[last + 1])) last++;
  return spanOf(tokens[first]?.span.start ?? 0, tokens[last]?.span.end ?? 0);
}

function touch(text: string, left: Token | undefined, right: Token | undefined): boolean {
  if (left === undefined || right === undefined || left.span.end !== right.span.start) return false;
  if (!isPartOfName(text, left) || !isPartOfName(text, right)) return false;
  return textAt(text, left.span) === "." || textAt(text, right.span) === ".";
}

const LIST_OWNERS = /^(?:in~?|like~?|regex~?|:|==|!=|<=?|>=?)$/;

/** Their places among the tokens: what stands in each is looked at for few of them, as there may be very many. */
function openBrackets(before: readonly PlacedToken[]): readonly number[] {
  const open: number[] = [];
  before.forEach(({ image }, i) => {
    if (image === "(" || image === "[" || image === "![") open.push(i);
    else if (image === ")" && before[open.at(-1) ?? -1]?.image === "(") open.pop();
    else if (image === "]") {
      // Parentheses that are open in an event end with it.
      while (before[open.at(-1) ?? -1]?.image === "(") open.pop();
      open.pop();
    }
  });
  return open;
}

function bracketAt(before: readonly PlacedToken[], index: number | undefined): OpenBracket | undefined {
  const bracket = index === undefined ? undefined : before[index];
  if (index === undefined || bracket === undefined) return undefined;
  const { image, span } = bracket;
  const owner = before[index - 1];
  const inner = before.slice(index + 1);
  if (image !== "(") return { kind: "step", owner: undefined, span, inner };
  if (owner?.kind === "name") return { kind: "call", owner, span, inner };
  if (owner !== undefined && LIST_OWNERS.test(owner.image)) return { kind: "list", owner, span, inner };
  return { kind: "group", owner: undefined, span, inner };
}
