/** How Kibana reads the text of a literal, and how a text is written as one. */
import { endRunStart } from "../../text/ends.ts";
import { type Span } from "../../text/span.ts";
import { type KqlLiteral } from "./ast.ts";

/** An escape in a literal without quotes; `\t`, `\r` and `\n` are tried before words, so `\not` is a line end and `ot`. */
export const UNQUOTED_ESCAPE =
  /\\(?:[trn]|[\\():<>"*{}]|u[0-9a-fA-F]{4}|[oO][rR]|[aA][nN][dD]|[nN][oO][tT])/y;

const UNQUOTED_PART = /\\(?:[trn]|[\\():<>"*{}]|u[0-9a-fA-F]{4}|[oO][rR]|[aA][nN][dD]|[nN][oO][tT])|\*/g;

const QUOTED_ESCAPE = /\\(?:[trn\\"]|u[0-9a-fA-F]{4})/g;

const WHITE_SPACE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\t", "\t"],
  ["\\r", "\r"],
  ["\\n", "\n"],
]);

/** A literal without quotes: white space around it is dropped after escapes are read, as Kibana does. */
export function unquotedLiteral(image: string, span: Span): KqlLiteral {
  const pieces = unquotedPieces(image);
  const text = pieces.join("*");
  return { kind: "literal", span, form: "unquoted", type: typeOf(pieces), text, pieces };
}

/** `image` with its quotes; the closing one may be missing. */
export function quotedLiteral(image: string, span: Span): KqlLiteral {
  const end = isClosed(image) ? image.length - 1 : image.length;
  const text = image.slice(1, end).replace(QUOTED_ESCAPE, decoded);
  return { kind: "literal", span, form: "quoted", type: "string", text, pieces: [text] };
}

/** The text as a literal in quotes. */
export function encodeQuoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** Source text with a backslash before every sign that ends a literal; stars stay wildcards. */
export function escapeUnquoted(source: string): string {
  return source.replace(/[\\():<>"{}]/g, "\\$&");
}

/** Where `f:*` asks whether the field has a value: a lone star without backslash or quotes. */
export function isLoneStar({ type, pieces }: KqlLiteral): boolean {
  return type === "wildcard" && pieces.length === 2 && pieces.every((piece) => piece === "");
}

/**
 * The field of a text without one in the braces of a nested field: Kibana puts the path before the literal null, so that
 * Elasticsearch is asked for a field of this name.
 */
export function nullField(span: Span): KqlLiteral {
  return { kind: "literal", span, form: "unquoted", type: "null", text: "null", pieces: ["null"] };
}

function unquotedPieces(image: string): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let reached = 0;
  for (const { 0: part, index } of image.matchAll(UNQUOTED_PART)) {
    piece += image.slice(reached, index);
    reached = index + part.length;
    if (part === "*") {
      pieces.push(piece);
      piece = "";
    } else piece += decoded(part);
  }
  pieces.push(piece + image.slice(reached));
  const last = pieces.length - 1;
  pieces[0] = (pieces[0] ?? "").trimStart();
  pieces[last] = (pieces[last] ?? "").trimEnd();
  return pieces;
}

function decoded(escape: string): string {
  const whiteSpace = WHITE_SPACE_ESCAPES.get(escape);
  if (whiteSpace !== undefined) return whiteSpace;
  if (escape.startsWith("\\u")) return String.fromCharCode(parseInt(escape.slice(2), 16));
  return escape.slice(1);
}

function typeOf(pieces: readonly string[]): KqlLiteral["type"] {
  if (1 < pieces.length) return "wildcard";
  const [text] = pieces;
  if (text === "null") return "null";
  return text === "true" || text === "false" ? "boolean" : "string";
}

/** Whether the last quote is not part of an escape. */
function isClosed(image: string): boolean {
  if (image.length < 2 || !image.endsWith('"')) return false;
  const inner = image.slice(1, -1);
  return (inner.length - endRunStart(inner, /\\/)) % 2 === 0;
}
