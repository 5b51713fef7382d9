/** Values that a field might have, the likeliest first: whether they fulfil everything is asked of the engine. */
import { type JsonValue } from "../../engine/event.ts";
import { type EqlOptions } from "../../engine/eql/plan.ts";
import { momentText } from "../../engine/value.ts";
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { type RegexNode } from "../../engine/regexTree.ts";
import { type EqlExpression } from "../../query/eql/index.ts";
import { type Ask, asksOf, textsOf } from "./asks.ts";
import { alternativesFor, isListField, sampleFor, type System, wordsFor } from "./believable.ts";
import { addressesIn, SOME_ADDRESSES } from "./addresses.ts";
import { type Literal } from "./goals.ts";
import { filled, type Filling, type Pattern } from "./pattern.ts";
import { witness } from "./witness.ts";

/** What a field can hold. */
export type Held = JsonValue;

export interface CandidateContext {
  readonly options: EqlOptions;
  readonly system: System;
  /** What stands for a wildcard at the end of a path: the name of the file, where it is known. */
  readonly nameHint: string | undefined;
  /** The value that the field has in a sample near to this one. */
  readonly preferred: Held | undefined;
  readonly asksFor: (literal: Literal) => readonly Ask[];
}

export function candidateContext(
  options: EqlOptions,
  system: System,
  cache: Map<EqlExpression, readonly Ask[]>,
): Pick<CandidateContext, "options" | "system" | "asksFor"> {
  return {
    options,
    system,
    asksFor: ({ expression }) => {
      if (expression.kind === "atom") return expression.asks;
      const known = cache.get(expression) ?? asksOf(expression, options);
      cache.set(expression, known);
      return known;
    },
  };
}

/** Single values; a text for each way to fulfil each literal, then numbers, then what is computed at some expense. */
export function* candidatesFor(
  context: CandidateContext,
  field: string,
  literals: readonly Literal[],
): Generator<Held> {
  const { preferred, system } = context;
  if (preferred !== undefined) yield preferred;
  const sample = sampleFor(field, system);
  const type = typeOf(context, field);
  if (sample !== undefined) yield asType(typeof sample === "object" ? (sample[0] ?? "") : sample, type);
  if (literals.every(({ isWanted }) => !isWanted)) yield* alternativesFor(field);
  const leastLength = leastLengthOf(context, literals);
  const wanted = literals.filter(({ isWanted }) => isWanted);
  for (const literal of wanted) {
    for (const ask of context.asksFor(literal)) yield* valuesOf(context, field, ask, type, leastLength);
  }
  yield* numbersNear(context, literals, type);
  yield* othersOf(type, field);
  if (type !== "text") return;
  yield* joinedTexts(context, field, wanted);
  yield* computedTexts(context, literals);
}

/** One text for each literal, one after the other: what holds a part may as well hold others. */
function* joinedTexts(context: CandidateContext, field: string, wanted: readonly Literal[]): Generator<Held> {
  if (wanted.length < 2) return;
  const texts = wanted.map((literal) => {
    const asks = context.asksFor(literal).slice(0, MOST_JOINED);
    return asks.flatMap((ask) => {
      const [value] = valuesOf(context, field, ask, "text", 0);
      return typeof value === "string" ? [value] : [];
    });
  });
  for (let at = 0; at < MOST_JOINED; at++) {
    const parts = texts.flatMap((some) => some[at % Math.max(1, some.length)] ?? []);
    if (parts.length !== wanted.length) return;
    yield parts.join(" ");
    yield parts.toReversed().join(" ");
    yield parts.join("");
  }
}

const MOST_JOINED = 6;

type FieldType = "text" | "number" | "boolean" | "address" | "date";

function typeOf({ options }: CandidateContext, field: string): FieldType {
  const mapped = options.types.get(field)?.type;
  if (mapped === undefined) return /(?:^|\.)ip$/.test(field) ? "address" : "text";
  if (mapped === "ip") return "address";
  if (mapped === "boolean") return "boolean";
  if (mapped.startsWith("date")) return "date";
  return /^(?:long|integer|short|byte|unsigned_long|double|float|half_float|scaled_float)$/.test(mapped)
    ? "number"
    : "text";
}

function asType(value: string | number | boolean, type: FieldType): Held {
  if (type !== "number" || typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

function leastLengthOf({ asksFor }: CandidateContext, literals: readonly Literal[]): number {
  const lengths = literals.flatMap((literal) => {
    return literal.isWanted
      ? asksFor(literal).flatMap((ask) => (ask.kind === "length" ? [ask.least] : []))
      : [];
  });
  return Math.min(Math.max(0, ...lengths), LONGEST);
}

const LONGEST = 100_000;

function* valuesOf(
  context: CandidateContext,
  field: string,
  ask: Ask,
  type: FieldType,
  leastLength: number,
): Generator<Held> {
  switch (ask.kind) {
    case "value":
      yield asType(ask.value, type);
      if (typeof ask.value === "string") yield `${ask.value}0`;
      return;
    case "block":
      yield* addressesIn(ask.block);
      return;
    case "length":
      yield filled([{ kind: "many" }], { ...PLAIN, last: sampleText(context, field), leastLength });
      return;
    case "pattern":
      for (const filling of fillingsFor(context, field, ask.pattern, leastLength)) {
        yield asType(filled(ask.pattern, filling), type);
      }
      return;
    case "regex": {
      const text = witness([ask.tree], []);
      if (text !== undefined) yield text;
    }
  }
}

const PLAIN: Filling = { words: [""], first: "", last: "", leastLength: 0 };

function sampleText({ system }: CandidateContext, field: string): string {
  const sample = sampleFor(field, system);
  return typeof sample === "string" ? sample : "value";
}

/** Believable ones first, then the plainest, then others in case these are excluded. */
function fillingsFor(
  { system, nameHint }: CandidateContext,
  field: string,
  pattern: Pattern,
  leastLength: number,
): readonly Filling[] {
  const words = wordsFor(field, system);
  const before = pattern.at(-2);
  const isOpenPath = before?.kind === "text" && /[\\/]$/.test(before.text);
  const name = nameHint ?? (system === "windows" ? "sample.exe" : "sample");
  const isBeforeBlank = before?.kind === "text" && before.text.endsWith(" ");
  const last = isOpenPath ? name : isBeforeBlank ? "sample" : "";
  const isPath = /path|executable|directory/.test(field);
  const second = pattern[1];
  const isFromRoot = isPath && second?.kind === "text" && /^[\\/]/.test(second.text);
  const shell = system === "windows" ? "cmd.exe" : "sh";
  const isAfterBlank = second?.kind === "text" && second.text.startsWith(" ");
  const first = isFromRoot && system === "windows" ? "C:" : isAfterBlank ? shell : "";
  return [
    { words, first, last, leastLength },
    { ...PLAIN, leastLength },
    { words: ["x"], first: "x", last: "x", leastLength },
    { words: ["1", "2"], first: "q-", last: "-q", leastLength },
  ];
}

/** Every constant, those beside it, and what lies between two of them. */
function* numbersNear(
  { asksFor }: CandidateContext,
  literals: readonly Literal[],
  type: FieldType,
): Generator<Held> {
  const constants = literals.flatMap((literal) => {
    return asksFor(literal).flatMap((ask) => (ask.kind === "value" ? numberIn(ask.value, type) : []));
  });
  if (constants.length === 0) return;
  const sorted = [...new Set(constants)].toSorted((a, b) => a - b).slice(0, MOST_CONSTANTS);
  for (const one of sorted) {
    yield one;
    yield one + 1;
    yield one - 1;
  }
  for (const [i, one] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next === undefined) continue;
    yield Math.floor((one + next) / 2);
    yield (one + next) / 2;
  }
  for (const one of sorted) {
    yield one * 2 + 1;
    yield one / 2;
  }
}

const MOST_CONSTANTS = 200;

function numberIn(value: string | number | boolean, type: FieldType): readonly number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "string" || type !== "number") return [];
  const number = Number(value);
  return Number.isNaN(number) ? [] : [number];
}

/** For where every value will do that is not one of some. */
function* othersOf(type: FieldType, field: string): Generator<Held> {
  if (type === "boolean") yield* [true, false];
  if (type === "number") yield* [1, 0, 42, 100_000, -1];
  if (type === "address") yield* SOME_ADDRESSES;
  if (type === "date") yield* [momentText(FIRST_MOMENT), momentText(FIRST_MOMENT + 86_400_000)];
  if (type !== "text") return;
  const name = field.slice(field.lastIndexOf(".") + 1);
  yield* [`other-${name}`, "other", "value", "1", 1, 0, true, false];
}

const FIRST_MOMENT = parseTimestamp("2026-01-01T00:00:00Z")?.milliseconds ?? 0;

/** A text that is in all sets that are asked for, and in none that is forbidden. */
function* computedTexts({ asksFor }: CandidateContext, literals: readonly Literal[]): Generator<Held> {
  const wanted: RegexNode[] = [];
  const unwanted: RegexNode[] = [];
  for (const literal of literals) {
    const texts = asksFor(literal).map(textsOf);
    const known = texts.filter((text) => text !== undefined);
    // Where one way is not known, the others alone must not stand for all.
    if (known.length !== texts.length || known.length === 0) continue;
    (literal.isWanted ? wanted : unwanted).push({ kind: "union", items: known });
  }
  // Where nothing is asked for, any odd text is in none of the others.
  if (wanted.length === 0 || MOST_SETS < wanted.length + unwanted.length) return;
  const found = witness(wanted, unwanted);
  if (found !== undefined) yield found;
}

const MOST_SETS = 200;

/** Several values, each of which fulfils some literals, where no single one fulfils all. */
export function listOfCandidates(
  context: CandidateContext,
  field: string,
  literals: readonly Literal[],
  isAllowed: (value: Held) => boolean,
  fulfils: (literal: Literal, value: Held) => boolean,
): readonly Held[] | undefined {
  const values: Held[] = [];
  for (const literal of literals.filter(({ isWanted }) => isWanted)) {
    if (values.some((value) => fulfils(literal, value))) continue;
    let chosen: Held | undefined;
    for (const candidate of candidatesFor(context, field, [literal])) {
      if (!fulfils(literal, candidate) || !isAllowed(candidate)) continue;
      chosen = candidate;
      break;
    }
    if (chosen === undefined) return undefined;
    values.push(chosen);
  }
  return values.length === 0 ? undefined : values;
}

export function prefersList(field: string, literals: readonly Literal[]): boolean {
  return isListField(field) && 1 < literals.filter(({ isWanted }) => isWanted).length;
}
