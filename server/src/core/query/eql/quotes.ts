import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type SyntaxErrors, tokenSpan } from "../chevrotain.ts";
import { replaceWith } from "../fixes.ts";
import { type EqlStringForm } from "./ast.ts";
import * as t from "./tokens.ts";

/** How a string is written, and the text between its quotes. */
export interface Quotes {
  readonly form: EqlStringForm;
  readonly bodySpan: Span;
}

export function quotesOf(token: IToken): Quotes {
  const { start, end } = tokenSpan(token);
  const quotes = (form: EqlStringForm, open: number, close: number): Quotes => ({
    form,
    bodySpan: spanOf(start + open, Math.max(start + open, end - close)),
  });
  switch (token.tokenType) {
    case t.RawString:
      return quotes("raw", 3, 3);
    case t.UnclosedRaw:
      return quotes("raw", 3, 0);
    case t.UnclosedString:
      return quotes("escaped", 1, 0);
    case t.SingleQuoted:
      return quotes("single", 1, 1);
    case t.UnclosedSingle:
      return quotes("single", 1, 0);
    case t.OldRaw:
      return quotes("old-raw", 2, 1);
    case t.CurlyQuoted:
      return quotes("curly", 1, 1);
    case t.BareText:
      return quotes("bare", 0, 0);
    default:
      return quotes("escaped", 1, 1);
  }
}

/** Reports a string in other quotes than those of the language. */
export function reportQuotes(text: string, token: IToken, errors: SyntaxErrors): void {
  const span = tokenSpan(token);
  const body = (): string => text.slice(quotesOf(token).bodySpan.start, quotesOf(token).bodySpan.end);
  switch (token.tokenType) {
    case t.SingleQuoted:
      return errors.report(span, "Strings take double quotes, not single ones", [
        inDoubleQuotes(span, body()),
      ]);
    case t.CurlyQuoted:
      return errors.report(span, 'Strings take straight double quotes (")', [inDoubleQuotes(span, body())]);
    case t.OldRaw: {
      const isQuotable = !body().includes('"""') && !body().startsWith('"');
      const fixes = isQuotable ? [replaceWith(span, `"""${body()}"""`, "Use triple quotes")] : [];
      const message = 'Strings without escapes take triple double quotes ("""), not a ? before the quotes';
      return errors.report(span, message, fixes);
    }
    default:
      return undefined;
  }
}

/** From the start of the line to the end of the span. */
export function lineAround(text: string, span: Span): Span {
  const before = Math.max(text.lastIndexOf("\n", span.start - 1), text.lastIndexOf("\r", span.start - 1));
  return spanOf(before < span.start ? before + 1 : 0, span.end);
}

/** Escapes stay as they are; a double quote that stood for itself needs one. */
function inDoubleQuotes(span: Span, body: string): Fix {
  const escaped = body.replace(/\\[^]|"/g, (match) => (match === '"' ? '\\"' : match));
  return replaceWith(span, `"${escaped}"`, "Use double quotes");
}

/** A string without its end: it swallows the rest of its line. */
export function isUnclosedText(token: IToken): boolean {
  return [t.UnclosedRaw, t.UnclosedString, t.UnclosedSingle].includes(token.tokenType);
}
