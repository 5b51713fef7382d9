/** Reads the syntax of Lucene's regular expressions, with all of its optional operators. */
import { lazy } from "../base/lazy.ts";
import { type Result } from "../base/result.ts";
import { type CasedLetter, casedLetters, foldCharacter } from "./fold.ts";
import { type Folding } from "./pattern.ts";
import { intervalNode } from "./regexInterval.ts";
import {
  ANY_CHARACTER,
  ANY_TEXT,
  type CharacterRange,
  characterOf,
  complementOfRanges,
  type RegexNode,
  repeated,
  unionOfRanges,
} from "./regexTree.ts";

/** Why Lucene refuses it, in a few words. */
export type RegexProblem = string;

/** Deeper nesting is refused. */
const MOST_LEVELS = 200;

interface Reader {
  readonly characters: readonly string[];
  readonly folding: Folding;
  at: number;
  levels: number;
  problem: RegexProblem | undefined;
}

const NOTHING: RegexNode = { kind: "sequence", items: [] };

/** With a folding other than `exact` the tree is to be used on folded text. */
export function parseRegex(pattern: string, folding: Folding): Result<RegexNode, RegexProblem> {
  const reader: Reader = { characters: [...pattern], folding, at: 0, levels: 0, problem: undefined };
  if (pattern === "") return { ok: true, value: NOTHING };
  const node = readUnion(reader);
  if (reader.at < reader.characters.length) refuse(reader, "a closing parenthesis too many");
  return reader.problem === undefined ? { ok: true, value: node } : { ok: false, error: reader.problem };
}

function readUnion(reader: Reader): RegexNode {
  const items = [readIntersection(reader)];
  while (take(reader, "|")) items.push(readIntersection(reader));
  return joined("union", items);
}

function readIntersection(reader: Reader): RegexNode {
  const items = [readSequence(reader)];
  while (take(reader, "&")) items.push(readSequence(reader));
  return joined("intersection", items);
}

function readSequence(reader: Reader): RegexNode {
  const items = [readRepeat(reader)];
  while (isMore(reader) && !")|&".includes(peek(reader))) items.push(readRepeat(reader));
  return joined("sequence", items);
}

function readRepeat(reader: Reader): RegexNode {
  let item = readComplement(reader);
  let depth = 0;
  while (isMore(reader)) {
    const before = item;
    if (take(reader, "?")) item = repeated(item, 0, 1);
    else if (take(reader, "*")) item = repeated(item, 0, undefined);
    else if (take(reader, "+")) item = repeated(item, 1, undefined);
    else if (take(reader, "{")) item = readCounts(reader, item);
    else break;
    if (item.kind === "repeat" && item.item === before && MOST_REPEATS < ++depth) {
      refuse(reader, "so many repetitions");
    }
  }
  return item;
}

/** Of one thing: each of them at least doubles what there is to run. */
const MOST_REPEATS = 20;

function readCounts(reader: Reader, item: RegexNode): RegexNode {
  const least = readNumber(reader);
  const hasComma = take(reader, ",");
  const most = hasComma ? readNumber(reader) : least;
  if (least === undefined) refuse(reader, "a `{` without a number after it");
  if (!take(reader, "}")) refuse(reader, "a `{` without `}`");
  if (least !== undefined && most !== undefined && most < least)
    refuse(reader, "a repetition from more to less");
  return repeated(item, least ?? 0, most);
}

function readNumber(reader: Reader): number | undefined {
  const from = reader.at;
  while (/^\d$/.test(peek(reader))) reader.at++;
  return from === reader.at ? undefined : Number(reader.characters.slice(from, reader.at).join(""));
}

/** `~` belongs to what follows it directly: `~ab` is `(~a)b`. */
function readComplement(reader: Reader): RegexNode {
  let isComplement = false;
  while (take(reader, "~")) isComplement = !isComplement;
  const item = readSimple(reader);
  return isComplement ? { kind: "complement", item } : item;
}

function readSimple(reader: Reader): RegexNode {
  const character = next(reader);
  switch (character) {
    case "":
      refuse(reader, "an end where more must follow");
      return NOTHING;
    case ".":
      return ANY_CHARACTER;
    case "#":
      return { kind: "set", ranges: [] };
    case "@":
      return ANY_TEXT;
    case "[":
      return readSet(reader);
    case "(":
      return readGroup(reader);
    case '"':
      return joined(
        "sequence",
        [...readUntil(reader, '"')].map((one) => letter(reader, one)),
      );
    case "<":
      return readInterval(reader);
    case "\\":
      return readEscape(reader);
    default:
      return letter(reader, character);
  }
}

function readGroup(reader: Reader): RegexNode {
  if (take(reader, ")")) return NOTHING;
  if (MOST_LEVELS <= reader.levels) {
    refuse(reader, `parentheses more than ${MOST_LEVELS} deep`);
    return NOTHING;
  }
  reader.levels++;
  const node = readUnion(reader);
  reader.levels--;
  if (!take(reader, ")")) refuse(reader, "a parenthesis that is not closed");
  return node;
}

function readInterval(reader: Reader): RegexNode {
  const node = intervalNode(readUntil(reader, ">"));
  if (node === undefined) refuse(reader, "`<` without a range of numbers after it");
  return node ?? NOTHING;
}

function readUntil(reader: Reader, end: string): string {
  const from = reader.at;
  while (isMore(reader) && peek(reader) !== end) reader.at++;
  const text = reader.characters.slice(from, reader.at).join("");
  if (!take(reader, end)) refuse(reader, `a \`${reader.characters[from - 1] ?? ""}\` without its end`);
  return text;
}

function readSet(reader: Reader): RegexNode {
  const isNegated = take(reader, "^");
  const ranges = [...readSetItem(reader)];
  while (isMore(reader) && peek(reader) !== "]") ranges.push(...readSetItem(reader));
  if (!take(reader, "]")) refuse(reader, "a `[` without `]`");
  return { kind: "set", ranges: isNegated ? complementOfRanges(ranges) : unionOfRanges(ranges) };
}

/** The first item may be a `]`. A `-` before the end stands for itself. */
function readSetItem(reader: Reader): readonly CharacterRange[] {
  const shorthand = takeShorthand(reader);
  if (shorthand !== undefined) return shorthand;
  const first = readSetCharacter(reader);
  if (peek(reader) !== "-" || reader.characters[reader.at + 1] === "]")
    return foldRange(reader, first, first);
  reader.at++;
  const last = readSetCharacter(reader);
  if (last < first) refuse(reader, "a range from a later character to an earlier one");
  return foldRange(reader, first, last);
}

function readSetCharacter(reader: Reader): number {
  if (take(reader, "\\")) checkEscape(reader);
  const character = next(reader);
  if (character === "") refuse(reader, "a `[` without `]`");
  return character.codePointAt(0) ?? 0;
}

function readEscape(reader: Reader): RegexNode {
  reader.at--;
  const shorthand = takeShorthand(reader);
  if (shorthand !== undefined) return { kind: "set", ranges: shorthand };
  reader.at++;
  checkEscape(reader);
  const character = next(reader);
  if (character === "") refuse(reader, "a backslash at its end");
  return letter(reader, character);
}

/** Lucene refuses a backslash before a letter that means nothing with it. */
function checkEscape(reader: Reader): void {
  if (/^[a-zA-Z]$/.test(peek(reader))) refuse(reader, `the escape \`\\${peek(reader)}\``);
}

const DIGITS: readonly CharacterRange[] = [[0x30, 0x39]];
const SPACES: readonly CharacterRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const WORDS: readonly CharacterRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

const SHORTHANDS: ReadonlyMap<string, readonly CharacterRange[]> = new Map([
  ["d", DIGITS],
  ["D", complementOfRanges(DIGITS)],
  ["s", SPACES],
  ["S", complementOfRanges(SPACES)],
  ["w", WORDS],
  ["W", complementOfRanges(WORDS)],
]);

function takeShorthand(reader: Reader): readonly CharacterRange[] | undefined {
  if (peek(reader) !== "\\") return undefined;
  const ranges = SHORTHANDS.get(reader.characters[reader.at + 1] ?? "");
  if (ranges !== undefined) reader.at += 2;
  return ranges;
}

function letter({ folding }: Reader, character: string): RegexNode {
  const code = character.codePointAt(0) ?? 0;
  if (folding === "exact" || (folding === "ascii" && 0x7f < code)) return characterOf(code);
  return characterOf(foldCharacter(character).codePointAt(0) ?? code);
}

/** The lower-case forms of all letters in the range beside what it has. */
function foldRange({ folding }: Reader, first: number, last: number): readonly CharacterRange[] {
  if (folding === "exact") return [[first, last]];
  const letters = folding === "ascii" ? CASED_ASCII() : CASED();
  const ranges: CharacterRange[] = [[first, last]];
  for (let i = indexFrom(letters, first); i < letters.length; i++) {
    const { code, lower } = letters[i] ?? { code: last, lower: last };
    if (last < code) break;
    if (lower < first || last < lower) ranges.push([lower, lower]);
  }
  return ranges;
}

const CASED_ASCII = lazy(() => casedLetters(0x80));
/** No letter behind it has two cases. */
const CASED = lazy(() => casedLetters(0x20000));

/** Where the letters begin that are not before a code point. */
function indexFrom(letters: readonly CasedLetter[], code: number): number {
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((letters[middle]?.code ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(kind: "sequence" | "union" | "intersection", items: readonly RegexNode[]): RegexNode {
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { kind, items };
}

function refuse(reader: Reader, problem: RegexProblem): void {
  reader.problem ??= problem;
  reader.at = reader.characters.length;
}

function isMore(reader: Reader): boolean {
  return reader.at < reader.characters.length;
}

function peek(reader: Reader): string {
  return reader.characters[reader.at] ?? "";
}

function next(reader: Reader): string {
  const character = peek(reader);
  reader.at++;
  return character;
}

function take(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}
