/** `<1-100>` in a regular expression of Lucene: the decimal numbers of a range. */
import { type CharacterRange, characterOf, type RegexNode } from "./regexTree.ts";

/** Undefined if the text between `<` and `>` is no range of numbers. */
export function intervalNode(text: string): RegexNode | undefined {
  const [, one = "", other = ""] = /^(\d{1,10})-(\d{1,10})$/.exec(text) ?? [];
  if (one === "") return undefined;
  const [low, high] = Number(one) <= Number(other) ? [one, other] : [other, one];
  if (low.length === high.length) return between(low, high);
  return anyLength(Number(low), Number(high));
}

/** Bounds of different length leave the number of leading zeros free. */
function anyLength(low: number, high: number): RegexNode {
  const items: RegexNode[] = [];
  for (let length = String(low).length; length <= String(high).length; length++) {
    const first = Math.max(low, length === 1 ? 0 : 10 ** (length - 1));
    const last = Math.min(high, 10 ** length - 1);
    items.push(between(String(first), String(last)));
  }
  const zeros: RegexNode = { kind: "repeat", item: digits("0", "0"), least: 0, most: undefined };
  return { kind: "sequence", items: [zeros, { kind: "union", items }] };
}

/** Both have the same number of digits. */
function between(low: string, high: string): RegexNode {
  const [first, last] = [low.charAt(0), high.charAt(0)];
  if (low.length === 1) return digits(first, last);
  const [lowRest, highRest] = [low.slice(1), high.slice(1)];
  if (first === last) return startingWith(first, first, between(lowRest, highRest));
  const [zeros, nines] = ["0".repeat(lowRest.length), "9".repeat(lowRest.length)];
  const items = [
    startingWith(first, first, between(lowRest, nines)),
    startingWith(last, last, between(zeros, highRest)),
  ];
  const [after, before] = [Number(first) + 1, Number(last) - 1];
  if (after <= before) items.push(startingWith(String(after), String(before), between(zeros, nines)));
  return { kind: "union", items };
}

function startingWith(first: string, last: string, rest: RegexNode): RegexNode {
  return { kind: "sequence", items: [digits(first, last), rest] };
}

function digits(first: string, last: string): RegexNode {
  const range: CharacterRange = [first.charCodeAt(0), last.charCodeAt(0)];
  return range[0] === range[1] ? characterOf(range[0]) : { kind: "set", ranges: [range] };
}
