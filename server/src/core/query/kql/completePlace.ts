/** Where a cursor stands among the tokens of a KQL query. A literal may hold blanks: the word is what is between them. */
import { endRunStart } from "../../text/ends.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { type KqlParse, type KqlTokenKind } from "./parse.ts";

export interface PlacedToken {
  readonly kind: KqlTokenKind;
  readonly span: Span;
  readonly image: string;
}

export interface OpenBracket {
  /** `list`: the values of a field. `objects`: the braces after a field of objects. */
  readonly kind: "list" | "objects" | "group";
  /** The operator that a list or the braces belong to. */
  readonly owner: PlacedToken | undefined;
  readonly inner: readonly PlacedToken[];
}

export interface KqlPlace {
  readonly text: string;
  /** Empty where the cursor is in no word. */
  readonly word: Span;
  /** The text in quotes that the cursor is inside of. */
  readonly quoted: PlacedToken | undefined;
  /** The words before the cursor's own in the same literal. */
  readonly sameLiteral: PlacedToken | undefined;
  readonly before: readonly PlacedToken[];
  readonly brackets: readonly OpenBracket[];
}

export function placeAt({ text, tokens }: KqlParse, offset: number): KqlPlace {
  const all = tokens.map(({ kind, span }) => ({ kind, span, image: textAt(text, span) }));
  const touched = all.find(({ span }) => span.start < offset && offset <= span.end);
  const quoted = touched !== undefined && isInQuotes(touched, offset) ? touched : undefined;
  const isWord = touched !== undefined && WORDS.has(touched.kind) && !touched.image.startsWith('"');
  const word = isWord ? wordIn(text, touched.span, offset) : spanOf(offset, offset);
  const limit = quoted?.span.start ?? (isWord ? touched.span.start : offset);
  const before = all.filter(({ span }) => span.end <= limit);
  const isLater = isWord && touched.span.start < word.start;
  return {
    text,
    word,
    quoted,
    sameLiteral: isLater ? touched : undefined,
    before,
    brackets: openBrackets(before),
  };
}

const WORDS: ReadonlySet<KqlTokenKind> = new Set(["field", "unquoted", "keyword"]);

function isInQuotes({ image, span }: PlacedToken, offset: number): boolean {
  if (!image.startsWith('"')) return false;
  const isClosed = 1 < image.length && /[^\\](?:\\\\)*"$/.test(image);
  return offset < span.end || !isClosed;
}

function wordIn(text: string, { start, end }: Span, offset: number): Span {
  const before = text.slice(start, offset);
  const after = /^\S*/.exec(text.slice(offset, end))?.[0] ?? "";
  return spanOf(start + endRunStart(before, /\S/), offset + after.length);
}

function openBrackets(before: readonly PlacedToken[]): readonly OpenBracket[] {
  const open: number[] = [];
  before.forEach(({ image, kind }, i) => {
    if (kind !== "punctuation") return;
    if (image === "(" || image === "{") open.push(i);
    else open.pop();
  });
  return open.map((index) => {
    const owner = before[index - 1]?.kind === "operator" ? before[index - 1] : undefined;
    const isBrace = before[index]?.image === "{";
    return {
      kind: isBrace ? "objects" : owner === undefined ? "group" : "list",
      owner,
      // Of very many brackets, few are looked into.
      get inner() {
        return before.slice(index + 1);
      },
    };
  });
}
