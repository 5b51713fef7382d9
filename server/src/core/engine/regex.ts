/** Regular expressions of Lucene, run in linear time. */
import { RE2JS } from "re2js";
import { type Result } from "../base/result.ts";
import { foldAscii, foldUnicode } from "./fold.ts";
import { type Folding } from "./pattern.ts";
import { parseRegex, type RegexProblem } from "./regexParse.ts";
import { type TextTest } from "./wildcard.ts";
import { type CharacterRange, LAST_CHARACTER, type RegexNode } from "./regexTree.ts";

/** Does the whole text match? What Lucene refuses, and what cannot be run in linear time, is a problem. */
export function compileRegex(pattern: string, folding: Folding): Result<TextTest, RegexProblem> {
  const tree = parseRegex(pattern, folding);
  if (!tree.ok) return tree;
  const test = testOf(tree.value);
  if (!test.ok || folding === "exact") return test;
  const plain = test.value;
  const fold = folding === "ascii" ? foldAscii : foldUnicode;
  return { ok: true, value: (text) => plain(fold(text)) };
}

/** Larger ones are refused: they take too long to prepare. */
const MOST_STATES = 50_000;

/** `&` and `~` are not known to regular expressions elsewhere: they are computed from the results of their parts. */
function testOf(node: RegexNode): Result<TextTest, RegexProblem> {
  if (!usesLogic(node)) return compiled(node);
  if (node.kind === "complement") {
    const test = testOf(node.item);
    if (!test.ok) return test;
    const inner = test.value;
    return { ok: true, value: (text) => !inner(text) };
  }
  if (node.kind !== "union" && node.kind !== "intersection") {
    return { ok: false, error: "`~` or `&` inside of a longer expression" };
  }
  const tests: TextTest[] = [];
  for (const item of node.items) {
    const test = testOf(item);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  if (node.kind === "union") return { ok: true, value: (text) => tests.some((test) => test(text)) };
  return { ok: true, value: (text) => tests.every((test) => test(text)) };
}

function usesLogic(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "repeat":
      return usesLogic(node.item);
    case "complement":
    case "intersection":
      return true;
    default:
      return node.items.some(usesLogic);
  }
}

function compiled(node: RegexNode): Result<TextTest, RegexProblem> {
  if (MOST_STATES < stateCount(node)) return { ok: false, error: "so many repetitions" };
  const source = write(node).text;
  try {
    const regex = RE2JS.compile(source);
    return { ok: true, value: (text) => regex.testExact(text) };
  } catch (error) {
    // The library refuses by throwing: what is too large or nested too deeply for it.
    return { ok: false, error: error instanceof Error ? error.message.replace(/:[^]*$/, "") : "its size" };
  }
}

function stateCount(node: RegexNode): number {
  switch (node.kind) {
    case "set":
      return 1;
    case "repeat":
      return (1 + stateCount(node.item)) * Math.max(1, node.most ?? node.least);
    case "complement":
      return stateCount(node.item);
    default:
      return node.items.reduce((sum, item) => sum + stateCount(item), 1);
  }
}

interface Written {
  readonly text: string;
  /** How often it repeats one of its parts: RE2 allows 1,000, counted through all levels. */
  readonly repeats: number;
}

function write(node: RegexNode): Written {
  switch (node.kind) {
    case "set":
      return { text: writeSet(node.ranges), repeats: 1 };
    case "repeat":
      return writeRepeat(write(node.item), node.least, node.most);
    case "complement":
      return write(node.item); // Never reached: it is computed from its part.
    default: {
      const items = node.items.map(write);
      const between = node.kind === "sequence" ? "" : "|";
      const text = `(?:${items.map((item) => item.text).join(between)})`;
      return { text, repeats: items.reduce((most, item) => Math.max(most, item.repeats), 1) };
    }
  }
}

const MOST_REPEATS = 1000;

function writeRepeat({ text, repeats }: Written, least: number, most: number | undefined): Written {
  const step = Math.max(1, Math.floor(MOST_REPEATS / repeats));
  let written = "";
  for (let left = least; 0 < left; left -= step) written += `${text}{${Math.min(step, left)}}`;
  if (most === undefined) written += `${text}*`;
  else for (let left = most - least; 0 < left; left -= step) written += `${text}{0,${Math.min(step, left)}}`;
  return { text: `(?:${written})`, repeats: repeats * Math.min(step, Math.max(least, most ?? 1, 1)) };
}

function writeSet(ranges: readonly CharacterRange[]): string {
  const [range] = ranges;
  if (range === undefined) return `[^${writeRange([0, LAST_CHARACTER])}]`;
  if (ranges.length > 1) return `[${ranges.map(writeRange).join("")}]`;
  if (range[0] === 0 && range[1] === LAST_CHARACTER) return "(?s:.)";
  return range[0] === range[1] ? writeCharacter(range[0]) : `[${writeRange(range)}]`;
}

function writeRange([first, last]: CharacterRange): string {
  return first === last ? writeCharacter(first) : `${writeCharacter(first)}-${writeCharacter(last)}`;
}

function writeCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  return /^[0-9A-Za-z]$/.test(character) ? character : `\\x{${code.toString(16)}}`;
}
