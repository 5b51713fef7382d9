/** What the functions of EQL compute, for single values. */
import { type Span } from "../../text/span.ts";
import { foldUnicode } from "../fold.ts";
import { parseAddress, parseBlock } from "../ip.ts";
import { numberFrom, type Scalar, textOf, type ValueType } from "../value.ts";
import { operationOf } from "./arithmetic.ts";

/** Arguments that were left out are null. */
export type Apply = (a: Scalar, b: Scalar, c: Scalar, d: Scalar) => Scalar;

export type ApplyAll = (values: readonly Scalar[]) => Scalar;

/** A call as its function sees it: where it stands, and what is known of its arguments before any document is. */
export interface CallSite {
  /** Written with `~`. */
  readonly insensitive: boolean;
  readonly types: readonly ValueType[];
  readonly constants: readonly (Scalar | undefined)[];
  readonly spans: readonly Span[];
  /** For what Elasticsearch fails on; the span of the whole call is reported. */
  readonly fail: (feature: string) => null;
  readonly refuse: (feature: string, span: Span) => void;
}

/** Functions of up to four arguments, by their names in lower case. */
export const FUNCTIONS: ReadonlyMap<string, (site: CallSite) => Apply> = new Map([
  ["add", arithmetic("+")],
  ["subtract", arithmetic("-")],
  ["multiply", arithmetic("*")],
  ["divide", arithmetic("/")],
  ["modulo", arithmetic("%")],
  ["between", between],
  ["cidrmatch", cidrMatch],
  ["endswith", ({ insensitive }) => onTexts(insensitive, (source, suffix) => source.endsWith(suffix))],
  ["startswith", ({ insensitive }) => onTexts(insensitive, (source, prefix) => source.startsWith(prefix))],
  [
    "stringcontains",
    ({ insensitive }) => onTexts(insensitive, (source, part) => part !== "" && source.includes(part)),
  ],
  ["indexof", ({ insensitive }) => (insensitive ? foldedIndexOf : indexOf)],
  ["length", () => (source) => (typeof source === "string" ? source.length : null)],
  [
    "number",
    ({ fail }) =>
      (text, base) =>
        readNumber(text, base, fail),
  ],
  [
    "string",
    ({ types }) =>
      (value) =>
        value === null ? null : textOf(value, types[0] ?? "unknown"),
  ],
  ["substring", () => substring],
] satisfies readonly [string, (site: CallSite) => Apply][]);

/** Functions of any number of arguments. */
export const VARIADIC_FUNCTIONS: ReadonlyMap<string, (site: CallSite) => ApplyAll> = new Map([
  ["concat", concat],
]);

function arithmetic(operator: "+" | "-" | "*" | "/" | "%"): (site: CallSite) => Apply {
  return ({ types: [left = "unknown", right = "unknown"], fail }) => operationOf(operator, left, right, fail);
}

function onTexts(insensitive: boolean, test: (source: string, part: string) => boolean): Apply {
  return (source, part) => {
    if (typeof source !== "string" || typeof part !== "string") return null;
    return insensitive ? test(foldUnicode(source), foldUnicode(part)) : test(source, part);
  };
}

/** Elasticsearch gives back the source where one of the texts is empty, and nothing where one is not found. */
function between({ insensitive }: CallSite): Apply {
  return (source, left, right, greedy) => {
    if (typeof source !== "string" || typeof left !== "string" || typeof right !== "string") return null;
    if (source === "" || left === "" || right === "") return source;
    const searched = insensitive ? foldUnicode(source) : source;
    const opening = insensitive ? foldUnicode(left) : left;
    const closing = insensitive ? foldUnicode(right) : right;
    const found = searched.indexOf(opening);
    if (found === -1) return "";
    const start = found + opening.length;
    const end = greedy === true ? searched.lastIndexOf(closing) : searched.indexOf(closing, start);
    return end < start ? "" : source.slice(start, end);
  };
}

function foldedIndexOf(source: Scalar, part: Scalar, start: Scalar): Scalar {
  return indexOf(
    typeof source === "string" ? foldUnicode(source) : null,
    typeof part === "string" ? foldUnicode(part) : null,
    start,
  );
}

function indexOf(source: Scalar, part: Scalar, start: Scalar): Scalar {
  if (typeof source !== "string" || typeof part !== "string") return null;
  const from = typeof start === "number" ? Math.max(0, start) : 0;
  if (source.length < from) return null;
  const found = source.indexOf(part, from);
  return found === -1 ? null : found;
}

/** Negative positions count from the end. */
function substring(source: Scalar, start: Scalar, end: Scalar): Scalar {
  if (typeof source !== "string") return null;
  return source.slice(typeof start === "number" ? start : 0, typeof end === "number" ? end : source.length);
}

function concat({ types }: CallSite): ApplyAll {
  return (values) => {
    let text = "";
    for (const [i, value] of values.entries()) {
      if (value === null) return null;
      text += typeof value === "string" ? value : textOf(value, types[i] ?? "unknown");
    }
    return text;
  };
}

function cidrMatch({ types, constants, spans, fail, refuse }: CallSite): Apply {
  const blocks = constants.slice(1).flatMap((constant, i) => {
    const block = typeof constant === "string" ? parseBlock(constant) : undefined;
    if (block !== undefined) return [block];
    refuse(`\`${String(constant)}\` as a block of addresses`, spans[i + 1] ?? { start: 0, end: 0 });
    return [];
  });
  return (address) => {
    if (typeof address !== "string") return null;
    const parsed = parseAddress(address);
    if (parsed !== undefined) return blocks.some((block) => block.contains(parsed));
    // In a field that nobody knows, it may as well be no value at all.
    return types[0] === "string" ? fail("a text that is no address") : null;
  };
}

/** Decimal, or of another base; `0x` stands before hexadecimal digits. */
function readNumber(text: Scalar, base: Scalar, fail: (feature: string) => null): Scalar {
  if (typeof text !== "string") return null;
  const [, sign = "", prefix = "", digits = ""] = /^([+-]?)(0x)?(.*)$/s.exec(text.trim()) ?? [];
  const radix = typeof base === "number" ? base : prefix === "" ? 10 : 16;
  const isRead = prefix === "" || radix === 16;
  const value = isRead ? unsignedNumber(digits, radix) : NaN;
  if (Number.isNaN(value)) return fail("a text that is no number");
  return sign === "-" ? 0 - value : value;
}

/** Does the text of a number have a fraction? */
export function isDoubleText(text: string, base: Scalar): boolean {
  return (base === null || base === 10) && !/^\s*[+-]?0x/.test(text) && /[.eE]/.test(text);
}

function unsignedNumber(digits: string, radix: number): number {
  if (radix === 10) return /^[.\d]/.test(digits) ? numberFrom(digits) : NaN;
  if (!Number.isInteger(radix) || radix < 2 || 36 < radix || digits === "") return NaN;
  let value = 0;
  for (const digit of digits.toLowerCase()) {
    const one = /[0-9a-z]/.test(digit) ? Number.parseInt(digit, 36) : NaN;
    if (!(one < radix)) return NaN;
    value = value * radix + one;
  }
  return value;
}
