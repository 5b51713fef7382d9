/** One pattern with `*` and `?`, against a whole text. */
import { lazy } from "../base/lazy.ts";
import { automatonTest } from "./regexAutomaton.ts";
import { programOf } from "./regexProgram.ts";
import { ANY_CHARACTER, ANY_TEXT, characterOf, type RegexNode } from "./regexTree.ts";
import { spend, type Work } from "./work.ts";

export type TextTest = (text: string) => boolean;

export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** A pattern without wildcards matches itself alone. Time grows with the text, never with its power. */
export function compileWildcard(pattern: string, work: Work): TextTest {
  const segments = pattern.split("*");
  const first = segments[0] ?? "";
  const last = segments.at(-1) ?? "";
  const middle = segments.slice(1, -1).filter((segment) => segment !== "");
  if (!pattern.includes("?")) {
    if (segments.length === 1) return (text) => text === pattern;
    if (middle.length === 0) return compileEnds(first, last);
    const simple = compileMiddle(first, middle, last, work);
    return middle.every(({ length }) => length < LONG_SEGMENT)
      ? simple
      : withAutomaton(pattern, simple, LONG_SEGMENT, work);
  }
  const simple = compileGeneral(segments.length, first, middle, last);
  return withAutomaton(pattern, simple, pattern.length, work);
}

/** The search of JavaScript knows no more of a longer one than its end, and may then look at the text over and over. */
const LONG_SEGMENT = 250;

function compileMiddle(first: string, middle: readonly string[], last: string, work: Work): TextTest {
  const least = first.length + last.length;
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    if (!spend(work, text.length >> 1)) return false;
    const limit = text.length - last.length;
    let from = first.length;
    for (const segment of middle) {
      const found = text.indexOf(segment, from);
      if (found === -1) return false;
      from = found + segment.length;
    }
    return from <= limit;
  };
}

/** The simple way looks `times` times at each character at worst. Where that is much, an automaton is built. */
function withAutomaton(pattern: string, simple: TextTest, times: number, work: Work): TextTest {
  const automaton = lazy(() => automatonTest(programOf(treeOf(pattern)), "exact", work));
  return (text) => {
    const most = text.length * times;
    return most < MUCH ? spend(work, most >> 3) && simple(text) : automaton()(text);
  };
}

const MUCH = 200_000;

function treeOf(pattern: string): RegexNode {
  const items = Array.from(pattern, (character) => {
    if (character === "*") return ANY_TEXT;
    return character === "?" ? ANY_CHARACTER : characterOf(character.codePointAt(0) ?? 0);
  });
  return { kind: "sequence", items };
}

function compileEnds(first: string, last: string): TextTest {
  if (first === "") return (text) => text.endsWith(last);
  if (last === "") return (text) => text.startsWith(first);
  const least = first.length + last.length;
  return (text) => least <= text.length && text.startsWith(first) && text.endsWith(last);
}

/** With `?`, which stands for one character, be it of one code unit or of two. */
function compileGeneral(
  segmentCount: number,
  first: string,
  middle: readonly string[],
  last: string,
): TextTest {
  if (segmentCount === 1) return (text) => endOfMatch(text, 0, first) === text.length;
  return (text) => {
    let from = endOfMatch(text, 0, first);
    if (from === undefined) return false;
    const limit = startOfMatch(text, last);
    if (limit === undefined) return false;
    for (const segment of middle) {
      from = endOfFirst(text, from, segment);
      if (from === undefined) return false;
    }
    return from <= limit;
  };
}

function endOfFirst(text: string, from: number, segment: string): number | undefined {
  for (let start = from; start <= text.length; start++) {
    const end = endOfMatch(text, start, segment);
    if (end !== undefined) return end;
  }
  return undefined;
}

function endOfMatch(text: string, start: number, segment: string): number | undefined {
  let at = start;
  for (let i = 0; i < segment.length; i++) {
    if (text.length <= at) return undefined;
    if (segment.charCodeAt(i) === QUESTION) at += isPairAt(text, at) ? 2 : 1;
    else if (segment.charCodeAt(i) === text.charCodeAt(at)) at++;
    else return undefined;
  }
  return at;
}

/** Where the segment begins that ends with the text. */
function startOfMatch(text: string, segment: string): number | undefined {
  let at = text.length;
  for (let i = segment.length - 1; 0 <= i; i--) {
    if (at === 0) return undefined;
    if (segment.charCodeAt(i) === QUESTION) at -= 1 < at && isPairAt(text, at - 2) ? 2 : 1;
    else if (segment.charCodeAt(i) === text.charCodeAt(at - 1)) at--;
    else return undefined;
  }
  return at;
}

const QUESTION = 0x3f;

function isPairAt(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff);
}

function isBetween(unit: number, first: number, last: number): boolean {
  return first <= unit && unit <= last;
}
