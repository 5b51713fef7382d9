import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type TextMap, textMapBuilder } from "../../text/textMap.ts";
import { type EqlString, type EqlStringForm } from "./ast.ts";

/** A stretch of the text between the quotes: copied as it is, or an escape that stands for `value`. */
type Piece =
  | { readonly kind: "copied"; readonly span: Span }
  | { readonly kind: "escape"; readonly span: Span; readonly value: string }
  | { readonly kind: "bad-escape"; readonly span: Span; readonly message: string };

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
]);

export interface StringProblem {
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** The value of the text between the quotes. A bad escape stands for itself; only the first is a problem. */
export function decodeString(
  text: string,
  body: Span,
  form: EqlStringForm,
): { readonly value: string; readonly problem: StringProblem | undefined } {
  const source = text.slice(body.start, body.end);
  if (!hasEscapes(form) || !source.includes("\\")) return { value: source, problem: undefined };
  let value = "";
  const bad: (Piece & { kind: "bad-escape" })[] = [];
  for (const piece of pieces(text, body)) {
    value += piece.kind === "escape" ? piece.value : text.slice(piece.span.start, piece.span.end);
    if (piece.kind === "bad-escape") bad.push(piece);
  }
  const [first] = bad;
  if (first === undefined) return { value, problem: undefined };
  const edits = bad.map(({ span }) => ({ span: spanOf(span.start, span.start), text: "\\" }));
  const fix: Fix = { title: "Double the backslash", safety: "unsafe", edits };
  return { value, problem: { span: first.span, message: first.message, fixes: [fix] } };
}

/** Ties the value of a string literal to where it stands in the query. */
export function mapOfString(text: string, string: EqlString): TextMap {
  const builder = textMapBuilder(string.bodySpan.start);
  const body = string.bodySpan;
  for (const piece of hasEscapes(string.form)
    ? pieces(text, body)
    : [{ kind: "copied", span: body } as const]) {
    const length = piece.span.end - piece.span.start;
    if (piece.kind === "escape") builder.replaced(length, piece.value.length);
    else builder.copied(length);
  }
  return builder.build();
}

/** A text as a string literal in double quotes. */
export function encodeString(value: string): string {
  const escaped = value.replace(/[\\"\b\t\n\f\r]/g, (unit) => {
    const letter = [...SIMPLE_ESCAPES].find(([, meaning]) => meaning === unit)?.[0] ?? unit;
    return `\\${letter}`;
  });
  return `"${escaped}"`;
}

/** The name in backticks: a doubled backtick stands for one. */
export function decodeQuotedName(image: string): string {
  const end = image.length > 1 && image.endsWith("`") ? -1 : image.length;
  return image.slice(1, end).replaceAll("``", "`");
}

function hasEscapes(form: EqlStringForm): boolean {
  return form === "escaped" || form === "single";
}

function* pieces(text: string, body: Span): Generator<Piece> {
  let copiedFrom = body.start;
  for (let offset = body.start; offset < body.end; offset++) {
    if (text[offset] !== "\\") continue;
    if (copiedFrom < offset) yield { kind: "copied", span: spanOf(copiedFrom, offset) };
    const escape = escapeAt(text, offset, body.end);
    yield escape;
    copiedFrom = escape.span.end;
    offset = copiedFrom - 1;
  }
  if (copiedFrom < body.end) yield { kind: "copied", span: spanOf(copiedFrom, body.end) };
}

function escapeAt(text: string, start: number, bodyEnd: number): Piece {
  const letter = text[start + 1] ?? "";
  if (letter === "u") return unicodeEscape(text.slice(start, Math.min(start + 12, bodyEnd)), start);
  const value = SIMPLE_ESCAPES.get(letter);
  const span = spanOf(start, Math.min(start + 2, bodyEnd));
  if (value !== undefined) return { kind: "escape", span, value };
  return { kind: "bad-escape", span, message: `Unknown escape \`\\${letter}\` in a string` };
}

function unicodeEscape(source: string, start: number): Piece {
  const braced = /^\\u\{([0-9a-fA-F]*)\}?/.exec(source);
  const digits = braced?.[1] ?? /^\\u([0-9a-fA-F]{0,4})/.exec(source)?.[1] ?? "";
  const span = spanOf(start, start + (braced?.[0].length ?? 2 + digits.length));
  const bad = (message: string): Piece => ({ kind: "bad-escape", span, message });
  if (braced === null && digits.length !== 4)
    return bad("A `\\u` escape takes exactly four hexadecimal digits");
  if (braced !== null && (digits.length < 2 || 8 < digits.length || !braced[0].endsWith("}"))) {
    return bad("A `\\u{…}` escape takes two to eight hexadecimal digits");
  }
  const code = Number.parseInt(digits, 16);
  if (code === 0) return bad("A string cannot hold the character with code 0");
  if (0x10ffff < code || (0xd800 <= code && code <= 0xdfff))
    return bad(`There is no character with code ${digits}`);
  return { kind: "escape", span, value: String.fromCodePoint(code) };
}
