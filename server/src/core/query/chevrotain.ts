import {
  createTokenInstance,
  type ILexerConfig,
  type IParserConfig,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from "chevrotain";
import { type Fix } from "../text/edit.ts";
import { cover, type Span, spanOf, touches } from "../text/span.ts";
import { type QuerySyntaxError } from "./language.ts";

/** More errors than this help nobody; a hostile text could have one per character. */
const MOST_ERRORS = 50;

/** What our parsers are built with. Only tests ask for the slow validation of the grammar. */
export function parserConfig(validation: "skipped" | "full"): IParserConfig {
  return {
    maxLookahead: 2,
    recoveryEnabled: true,
    nodeLocationTracking: "none",
    skipValidations: validation === "skipped",
  };
}

export const lexerConfig: ILexerConfig = { positionTracking: "onlyOffset", ensureOptimizations: true };

/** Tokens that Chevrotain's recovery made up have no position. */
export function tokenSpan(token: IToken): Span {
  const start = Number.isNaN(token.startOffset) ? 0 : token.startOffset;
  return spanOf(start, start + token.image.length);
}

export function tokenEnd(token: IToken): number {
  return tokenSpan(token).end;
}

export function isA(token: IToken | undefined, category: TokenType): boolean {
  return token?.tokenType.CATEGORIES?.includes(category) ?? false;
}

/** The same text, read as another token type. */
export function retyped(token: IToken, tokenType: TokenType): IToken {
  return tokenOf(tokenType, token.image, token.startOffset);
}

export function tokenOf(tokenType: TokenType, image: string, start: number): IToken {
  return createTokenInstance(tokenType, image, start, start + image.length - 1, NaN, NaN, NaN, NaN);
}

/** Collects what is wrong with a text while it is read. */
export interface SyntaxErrors {
  report(span: Span, message: string, fixes?: readonly Fix[]): void;
  /**
   * Something is missing between the tokens that end and start at `gap`; `span` is where that is shown.
   * A gap in or next to silenced text is part of a mistake that has been reported.
   */
  reportGap(gap: Span, span: Span, message: string, fixes?: readonly Fix[]): void;
  /** A mistake that explains whatever else seems wrong in the text that it covers. */
  reportRoot(span: Span, covers: Span, message: string, fixes?: readonly Fix[]): void;
  /** What is missing in or next to this text is not reported. */
  silence(span: Span): void;
  /** Whether something has been reported that goes on to this offset or begins after it. */
  reaches(offset: number): boolean;
  /** In the order of the text, at most one for a place. */
  all(): readonly QuerySyntaxError[];
}

export function syntaxErrors(): SyntaxErrors {
  const errors: QuerySyntaxError[] = [];
  const roots: (QuerySyntaxError & { readonly covers: Span })[] = [];
  const silenced: Span[] = [];

  function report(span: Span, message: string, fixes: readonly Fix[] = []): void {
    if (errors.length < MOST_ERRORS) errors.push({ span, message, fixes });
  }

  function silence(span: Span): void {
    const last = silenced.at(-1);
    if (last !== undefined && last.start <= span.end && span.start <= last.end)
      silenced[silenced.length - 1] = cover(last, span);
    else if (silenced.length < 4 * MOST_ERRORS) silenced.push(span);
  }

  return {
    report,
    silence,
    reportRoot(span, covers, message, fixes = []) {
      if (roots.length < MOST_ERRORS) roots.push({ span, covers, message, fixes });
      silence(covers);
    },
    reportGap(gap, span, message, fixes = []) {
      if (silenced.some((quiet) => quiet.start <= gap.end && gap.start <= quiet.end)) {
        silence(gap);
        return;
      }
      report(span, message, fixes);
      silence(gap);
    },
    reaches(offset) {
      return [...errors, ...roots].some(({ span }) => offset <= span.end);
    },
    all() {
      const unexplained = errors.filter(
        ({ span }) => !roots.some(({ covers }) => touches(covers, span.start)),
      );
      const all = [...unexplained, ...roots.map(({ span, message, fixes }) => ({ span, message, fixes }))];
      const sorted = all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
      return sorted.filter((error, i) => {
        const before = sorted[i - 1]?.span;
        return before === undefined || before.start !== error.span.start || before.end !== error.span.end;
      });
    },
  };
}

/** Says, in the author's words, what a rule of the grammar was waiting for. */
export type Sentences = (rule: string, found: string) => string;

/**
 * Errors of Chevrotain itself. Our grammars accept every sequence of tokens, so these are few, but where one
 * occurs it must stand inside the text: at the end of input Chevrotain has no position.
 */
export function reportRecognitionErrors(
  recognitionErrors: readonly IRecognitionException[],
  textLength: number,
  errors: SyntaxErrors,
  sentenceFor: Sentences,
): void {
  for (const error of recognitionErrors) {
    const rule = error.context.ruleStack.at(-1) ?? "";
    const isAtEnd = Number.isNaN(error.token.startOffset);
    const span = isAtEnd ? spanOf(textLength, textLength) : tokenSpan(error.token);
    errors.report(span, sentenceFor(rule, isAtEnd ? "" : error.token.image));
  }
}
