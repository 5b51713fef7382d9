/** What each word of an ES|QL query is, from its form alone: no parser tells, and no schema is asked. */
import { type EsqlToken, esqlTokens } from "../query/esql/lexer.ts";
import { textAt } from "../text/span.ts";
import { piecesOf } from "./semanticTokensPieces.ts";
import { type QueryMark, type TokenModifier, markOf } from "./semanticTokensLegend.ts";

const WORD: readonly TokenModifier[] = ["word"];
const UNVERIFIED: readonly TokenModifier[] = ["unverified"];

export function esqlMarks(text: string): readonly QueryMark[] {
  const reading: Reading = { text, command: "", role: "plain" };
  return esqlTokens(text).flatMap((token) => {
    follow(reading, token);
    return tokenMarks(reading, token);
  });
}

/** How the text of a string is read. */
type StringRole = "plain" | "pattern" | "regex" | "fields";

interface Reading {
  readonly text: string;
  /** In small letters. */
  command: string;
  role: StringRole;
}

/** `like` and `rlike` tell what the strings behind them are, those of a list included; commands that take texts apart do. */
function follow(reading: Reading, { kind, span }: EsqlToken): void {
  const image = textAt(reading.text, span).toLowerCase();
  if (kind === "command") reading.command = image;
  const isOfList = kind === "string" || kind === "comment" || image === "(" || image === ",";
  if (kind === "word-operator" && image === "like") reading.role = "pattern";
  else if (kind === "word-operator" && image === "rlike") reading.role = "regex";
  else if (!isOfList) reading.role = TAKES_APART.has(reading.command) ? "fields" : "plain";
}

const TAKES_APART: ReadonlySet<string> = new Set(["dissect", "grok"]);

function tokenMarks({ text, role }: Reading, { kind, span }: EsqlToken): readonly QueryMark[] {
  const { start, end } = span;
  switch (kind) {
    case "command":
    case "keyword":
      return [markOf(start, end, "keyword")];
    case "word-operator":
      return [markOf(start, end, "operator", WORD)];
    case "operator":
    case "pipe":
      return [markOf(start, end, "operator")];
    case "constant":
    case "function":
    case "comment":
      return [markOf(start, end, kind)];
    case "name":
      return piecesOf(text, markOf(start, end, "property", nameModifiers(textAt(text, span))), NAME_PIECES);
    case "source":
    case "type":
      return [markOf(start, end, "type")];
    case "number":
    case "unit":
      return [markOf(start, end, "number")];
    case "string":
      return stringMarks(text, start, end, role);
    case "parameter":
    case "punctuation":
    case "unknown":
      return [];
  }
}

/** By Elastic's convention, names below `Esql` are columns that the query makes: no schema could have them. */
function nameModifiers(name: string): readonly TokenModifier[] {
  return /^Esql(?:_priv)?\./.test(name) ? [] : UNVERIFIED;
}

const NAME_PIECES = /(?<wildcard>\*)/g;
const ESCAPES = /(?<escape>\\[tnr"\\])/g;

/** Between three quotes a backslash is one. */
const PIECES: Readonly<Record<StringRole, { readonly single: RegExp; readonly triple: RegExp | undefined }>> =
  {
    plain: { single: ESCAPES, triple: undefined },
    regex: { single: ESCAPES, triple: undefined },
    pattern: {
      single: /(?<escape>\\[tnr"\\])|(?<wildcard>[*?])/g,
      triple: /(?<escape>\\[*?\\])|(?<wildcard>[*?])/g,
    },
    fields: {
      single: /(?<escape>\\[tnr"\\])|(?<wildcard>%\{[^}"\r\n]*\})/g,
      triple: /(?<wildcard>%\{[^}"\r\n]*\})/g,
    },
  };

function stringMarks(text: string, start: number, end: number, role: StringRole): readonly QueryMark[] {
  const whole = markOf(start, end, role === "regex" ? "regexp" : "string");
  const pieces = PIECES[role][text.startsWith('"""', start) ? "triple" : "single"];
  return pieces === undefined ? [whole] : piecesOf(text, whole, pieces);
}
