/**
 * A literal without quotes takes everything up to the next sign. Where that sign shows that the author meant several
 * things, such as a value, a connective and the next field, they are told apart here.
 */
import { type IToken, type TokenType } from "chevrotain";
import { type Span, spanOf } from "../../text/span.ts";
import { tokenOf } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { isBlankAt } from "./lexer.ts";
import { endsOperand, isOperator, isType, type Place, type Repair } from "./place.ts";
import * as t from "./tokens.ts";

interface Word {
  readonly text: string;
  readonly span: Span;
}

/** What is left to be told apart: words from `from` up to, not including, `to`. */
interface Words {
  readonly all: readonly Word[];
  from: number;
  to: number;
}

export function brokenText(place: Place): Repair | undefined {
  const { token, previous, next, isInBrackets } = place;
  if (!isType(token, t.Unquoted)) return undefined;
  const lacksConnective = endsOperand(previous);
  const holdsField = isOperator(previous) && isOperator(next);
  const isCutOff = next === undefined && isInBrackets;
  const beforeOperand = isType(next, t.LParen, t.Quoted, t.UnclosedQuoted) || isCutOff;
  if (!lacksConnective && !holdsField && !beforeOperand) return undefined;
  const words: Words = { all: wordsOf(token), from: 0, to: 0 };
  words.to = words.all.length;
  const before: IToken[] = [];
  const after: IToken[] = [];
  if (lacksConnective) takeFirst(place, words, before);
  if (holdsField) takeField(place, words, after);
  else if (beforeOperand) takeLast(place, words, after, !lacksConnective && isOperator(previous));
  if (before.length + after.length === 0) return undefined;
  return { tokens: [...before, ...restOf(place, words), ...after], taken: 1 };
}

function wordsOf({ image, startOffset }: IToken): readonly Word[] {
  return [...image.matchAll(/&&|\|\||[,;]|(?:(?!&&|\|\|)[^\s,;])+/g)].map(({ 0: text, index }) => ({
    text,
    span: spanOf(startOffset + index, startOffset + index + text.length),
  }));
}

function takeFirst(place: Place, words: Words, tokens: IToken[]): void {
  const [first] = words.all;
  const token = first && connectiveOf(place, first, "any");
  if (token === undefined) return;
  tokens.push(token);
  words.from++;
}

/** Before an operator the last word is a field, if a value is left before it. */
function takeField(place: Place, words: Words, tokens: IToken[]): void {
  const field = words.all[words.to - 1];
  if (words.to - words.from < 2 || field === undefined) return;
  words.to--;
  const word = words.all[words.to - 1];
  const isAlone = words.to - words.from === 1;
  const token = word && (isAlone ? bareConnective(word) : connectiveOf(place, word, "any"));
  if (token !== undefined) words.to--;
  tokens.push(...(token === undefined ? [] : [token]), tokenOf(t.Unquoted, field.text, field.span.start));
}

function takeLast(place: Place, words: Words, tokens: IToken[], isValue: boolean): void {
  const last = words.all[words.to - 1];
  if (last === undefined || words.to <= words.from) return;
  const isAlone = words.to - words.from === 1;
  if (/^(?:not|!)$/i.test(last.text)) {
    tokens.push(negation(place, last));
    words.to--;
    return;
  }
  const token = connectiveOf(place, last, isAlone && (isValue || words.from === 0) ? "exact" : "any");
  if (token === undefined) return;
  tokens.push(token);
  words.to--;
}

function restOf({ text }: Place, { all, from, to }: Words): readonly IToken[] {
  const [first, last] = [all[from], all[to - 1]];
  if (to <= from || first === undefined || last === undefined) return [];
  const { start } = first.span;
  return [tokenOf(t.Unquoted, text.slice(start, last.span.end), start)];
}

/** Signs that other languages have for the words. */
const SIGNS: ReadonlyMap<string, TokenType> = new Map([
  ["&&", t.And],
  ["&", t.And],
  ["||", t.Or],
  ["|", t.Or],
]);

const MISSPELT: ReadonlyMap<string, TokenType> = new Map([
  ...["adn", "nad", "andd", "aand", "annd", "ans", "anf", "amd", "ad", "nd", "an"].map(
    (word): [string, TokenType] => [word, t.And],
  ),
  ...["ro", "orr", "oor", "ot", "ir"].map((word): [string, TokenType] => [word, t.Or]),
]);

/** The connective that a word stands for, its mistake reported; undefined if it is none. */
function connectiveOf(place: Place, { text, span }: Word, accepted: "exact" | "any"): IToken | undefined {
  const { errors } = place;
  const word = text.toLowerCase();
  if (word === "and" || word === "or") {
    reportLackingBlanks(place, { text, span });
    return tokenOf(word === "and" ? t.And : t.Or, text, span.start);
  }
  const sign = SIGNS.get(word);
  if (sign !== undefined) {
    const right = sign === t.And ? "and" : "or";
    const fix = replaceWith(span, withBlanks(place, span, right), `Write \`${right}\``);
    errors.report(span, `Expected \`${right}\` instead of ${text}`, [fix]);
    errors.silence(span);
    return tokenOf(sign, text, span.start);
  }
  if (text === "," || text === ";") return separator(place, { text, span });
  const meant = accepted === "any" ? MISSPELT.get(word) : undefined;
  if (meant === undefined) return undefined;
  const right = meant === t.And ? "and" : "or";
  const fix = asGuess(replaceWith(span, right, `Write \`${right}\``));
  errors.report(span, `Expected \`${right}\` instead of \`${text}\``, [fix]);
  errors.silence(span);
  return tokenOf(meant, text, span.start);
}

/** Right after an operator it is the value that is missing. */
function bareConnective({ text, span }: Word): IToken | undefined {
  const word = text.toLowerCase();
  if (word !== "and" && word !== "or") return undefined;
  return tokenOf(word === "and" ? t.And : t.Or, text, span.start);
}

function separator(place: Place, { text, span }: Word): IToken {
  const { isInList, errors } = place;
  const right = isInList ? "or" : "and";
  const fix = asGuess(replaceWith(span, withBlanks(place, span, right), `Write \`${right}\``));
  const what = isInList ? "Values are separated by `or`" : "Conditions are joined by `and` or `or`";
  errors.report(span, `${what}, not by ${text}`, [fix]);
  errors.silence(span);
  return tokenOf(isInList ? t.Or : t.And, text, span.start);
}

function negation(place: Place, { text, span }: Word): IToken {
  const { errors } = place;
  if (text === "!") {
    errors.report(span, "Expected `not` instead of !", [replaceWith(span, "not ", "Write `not`")]);
    errors.silence(span);
  } else reportLackingBlanks(place, { text, span });
  return tokenOf(t.Not, text, span.start);
}

/** `a:"b"and c:d`, `not(a:b)`. */
function reportLackingBlanks({ text, errors }: Place, { text: word, span }: Word): void {
  const lacksBefore = 0 < span.start && !isBlankAt(text, span.start - 1) && !/^not$/i.test(word);
  const lacksAfter = span.end < text.length && !isBlankAt(text, span.end);
  if (!lacksBefore && !lacksAfter) return;
  const side = lacksBefore && lacksAfter ? "on both sides" : lacksBefore ? "before it" : "after it";
  const edits = [
    ...(lacksBefore ? insertAt(span.start, " ", "").edits : []),
    ...(lacksAfter ? insertAt(span.end, " ", "").edits : []),
  ];
  errors.report(span, `\`${word}\` needs a blank ${side}`, [
    { title: edits.length === 1 ? "Insert a blank" : "Insert blanks", safety: "safe", edits },
  ]);
  errors.silence(span);
}

function withBlanks({ text }: Pick<Place, "text">, { start, end }: Span, word: string): string {
  const before = 0 < start && !isBlankAt(text, start - 1) ? " " : "";
  return `${before}${word}${isBlankAt(text, end) ? "" : " "}`;
}
