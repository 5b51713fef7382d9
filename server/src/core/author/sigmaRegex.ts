/** Regular expressions of Sigma, which are those of Perl and find a part of a text, as Lucene's, which must fit all of it. */
import { parseRegex } from "../engine/regexParse.ts";

/** Undefined for what Lucene's have no form for: look-around, flags, boundaries of words, back references. */
export function luceneRegex(pattern: string): string | undefined {
  const begin = pattern.startsWith("^") ? "" : ".*";
  const isEnded = /(?<!\\)(?:\\\\)*\$$/.test(pattern);
  const body = luceneBody(pattern.slice(begin === "" ? 1 : 0, isEnded ? -1 : undefined));
  if (body === undefined) return undefined;
  const end = isEnded ? "" : ".*";
  const hasChoice = body.includes("|");
  // At the top, `^` and `$` belong to one alternative alone.
  if (hasChoice && (begin === "" || isEnded)) return undefined;
  const whole = `${begin}${hasChoice ? `(${body})` : body}${end}`;
  return parseRegex(whole, "exact").ok ? whole : undefined;
}

/** An escape, a set, the beginning of a group, a quantifier that takes as little as it can, or one character. */
const PIECE = /\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\(\?:?|([*+?}])[?+]|[^]/gu;

/** What means something to Lucene alone. */
const LUCENES_OWN = /^["#@&<>~]$/;

function luceneBody(pattern: string): string | undefined {
  let body = "";
  for (const [piece, quantifier] of pattern.matchAll(PIECE)) {
    if (piece === "^" || piece === "$" || piece === "(?" || /^\\[1-9]$/.test(piece)) return undefined;
    if (piece === "(?:") body += "(";
    // How much it takes matters to nobody who asks whether there is a match.
    else if (quantifier !== undefined && piece.endsWith("?")) body += quantifier;
    else if (quantifier !== undefined) return undefined;
    else body += LUCENES_OWN.test(piece) ? `\\${piece}` : piece;
  }
  return body;
}
