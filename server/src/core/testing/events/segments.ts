/**
 * Takes an events file apart: a value on each line, values over several lines, lists and responses of any size.
 * What is broken is reported and passed over, so that the rest can be used.
 */
import { type JsonValue } from "../../engine/event.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { readJson } from "../json.ts";
import { LONGEST_EVENT } from "../json/limits.ts";
import { plainValue } from "../json/value.ts";
import {
  afterBlanks,
  endOfValue,
  itemsIn,
  type Members,
  membersIn,
  type SkeletonMember,
} from "../json/skeleton.ts";
import { type EventCollector } from "./collect.ts";

interface Segmenter {
  readonly text: string;
  readonly collector: EventCollector;
  at: number;
  /** A list that was opened could not be read as one: its items are read line by line. */
  isInBrokenList: boolean;
  /** How much text was looked at for values that turned out not to be closed. */
  wasted: number;
}

export function* readDocuments(text: string, collector: EventCollector): Generator<undefined, void> {
  const start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  const segmenter: Segmenter = { text, collector, at: start, isInBrokenList: false, wasted: 0 };
  let nextYield = start + SLICE;
  for (;;) {
    segmenter.at = afterBlanks(text, segmenter.at, text.length);
    if (text.length <= segmenter.at) return;
    const work = segmenter.at + segmenter.wasted;
    if (nextYield < work) {
      nextYield = work + SLICE;
      yield;
    }
    if (text.startsWith("//", segmenter.at)) segmenter.at = lineEndAfter(text, segmenter.at);
    else if (!passOverRest(segmenter)) yield* readDocument(segmenter);
  }
}

const BYTE_ORDER_MARK = 0xfeff;
/** So much text is read between two yields. */
const SLICE = 200_000;

function lineEndAfter(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found;
}

/** Commas between values and closing brackets of a broken list. */
function passOverRest(segmenter: Segmenter): boolean {
  const { text, at, collector, isInBrokenList } = segmenter;
  const character = text.charAt(at);
  if (character === ",") {
    if (!isInBrokenList)
      collector.problem("broken-json", spanOf(at, at + 1), "No comma belongs between events");
    segmenter.at++;
    return true;
  }
  if (!isInBrokenList || (character !== "]" && character !== "}")) return false;
  segmenter.at++;
  return true;
}

function* readDocument(segmenter: Segmenter): Generator<undefined, void> {
  const { text, at, collector } = segmenter;
  const lineEnd = lineEndAfter(text, at);
  const line = spanOf(at, endWithoutBlanks(text, at, lineEnd));
  if (line.end - line.start <= SLICE) {
    const value = parsed(text.slice(line.start, line.end));
    if (value !== undefined) {
      segmenter.at = lineEnd;
      yield* takeValue(segmenter, value, line);
      return;
    }
  }
  const opening = text.charAt(at);
  if (opening !== "{" && opening !== "[") {
    collector.problem("broken-json", line, "An event begins with `{`");
    segmenter.at = lineEnd;
    return;
  }
  const limit = 2 * text.length < segmenter.wasted ? lineEnd : text.length;
  const found = yield* endOfValue(text, at, limit);
  if (found.kind === "closed") {
    segmenter.at = found.end;
    yield* takeSlice(segmenter, spanOf(at, found.end));
    return;
  }
  segmenter.wasted += found.at - at;
  reportBroken(segmenter, spanOf(at, found.at), lineEnd);
  resumeAfter(segmenter, opening, lineEnd);
}

function endWithoutBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (start < at && " \t\r".includes(text.charAt(at - 1))) at--;
  return at;
}

function parsed(source: string): JsonValue | undefined {
  try {
    // JSON.parse makes nothing but JSON values.
    return JSON.parse(source) as JsonValue;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Where the value stops making sense: on its line, or on the one where it breaks off. */
function reportBroken({ text, collector }: Segmenter, { start, end }: Span, lineEnd: number): void {
  if (collector.isFull()) return;
  const to = Math.min(text.length, start + LONGEST_LOOKED_AT, Math.max(lineEndAfter(text, end), lineEnd));
  const upTo = text.charAt(end - 1) === "\n" ? endWithoutLines(text, start, end) : to;
  const { problems } = readJson(text, spanOf(start, upTo));
  const [first] = problems.filter(({ isRepaired }) => !isRepaired);
  const problem = first ?? { span: spanOf(start, start + 1), message: "This value is not closed" };
  collector.problem("broken-json", problem.span, problem.message);
}

const LONGEST_LOOKED_AT = 100_000;

function endWithoutLines(text: string, start: number, end: number): number {
  let at = end;
  while (start < at && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

/** At the next line that begins a value. After a broken object that is a line at the margin. */
function resumeAfter(segmenter: Segmenter, opening: string, lineEnd: number): void {
  const { text } = segmenter;
  if (opening === "[") segmenter.isInBrokenList = true;
  let at = lineEnd;
  while (at < text.length) {
    const first = segmenter.isInBrokenList ? afterBlanks(text, at + 1, text.length) : at + 1;
    if (/[{[]/.test(text.charAt(first)) || text.startsWith("//", first)) break;
    at = lineEndAfter(text, Math.max(first, at + 1));
  }
  segmenter.at = at;
}

/** A value that is closed, on however many lines. */
function* takeSlice(segmenter: Segmenter, span: Span): Generator<undefined, void> {
  const { text, collector } = segmenter;
  if (span.end - span.start <= SLICE) {
    yield* takeSmall(segmenter, span);
    return;
  }
  if (text.charAt(span.start) === "[") {
    yield* takeItems(segmenter, span);
    return;
  }
  const found = yield* membersIn(text, span);
  const lists = yield* listsOfEvents(text, found);
  if (lists.length === 0) {
    const isTooLong = LONGEST_EVENT < span.end - span.start;
    if (!isTooLong) yield* takeSmall(segmenter, span);
    else
      collector.problem("too-large", firstOf(span.start), `An event of more than ${LONGEST_EVENT / 1e6} MB`);
    return;
  }
  for (const list of lists) yield* takeItems(segmenter, list);
  if (found.stoppedAt !== undefined) {
    collector.problem("broken-json", firstOf(found.stoppedAt), "Expected a comma or `}` here");
  }
}

function firstOf(start: number): Span {
  return spanOf(start, start + 1);
}

function* takeSmall(segmenter: Segmenter, span: Span): Generator<undefined, void> {
  const { text, collector } = segmenter;
  const value = parsed(text.slice(span.start, span.end));
  if (value !== undefined) {
    yield* takeValue(segmenter, value, span);
    return;
  }
  const isList = text.charAt(span.start) === "[";
  const lists = isList ? [span] : yield* listsOfEvents(text, yield* membersIn(text, span));
  for (const list of lists) yield* takeItems(segmenter, list);
  const { node, problems } = readJson(text, span);
  const [first] = problems;
  const broken = problems.find(({ isRepaired }) => !isRepaired) ?? first;
  if (broken !== undefined) collector.problem("broken-json", broken.span, broken.message);
  const isRepaired = problems.every((problem) => problem.isRepaired);
  if (lists.length === 0 && isRepaired) collector.takeValue(plainValue(node), span);
}

function* takeValue(segmenter: Segmenter, value: JsonValue, span: Span): Generator<undefined, void> {
  if (Array.isArray(value)) {
    yield* takeItems(segmenter, span);
    return;
  }
  const isWrapper = segmenter.collector.takeValue(value, span);
  if (!isWrapper) return;
  const { text } = segmenter;
  for (const list of yield* listsOfEvents(text, yield* membersIn(text, span))) {
    yield* takeItems(segmenter, list);
  }
}

function* takeItems(segmenter: Segmenter, list: Span): Generator<undefined, void> {
  const { text, collector } = segmenter;
  const items = itemsIn(text, list);
  let nextYield = list.start + SLICE;
  for (let step = items.next(); ; step = items.next()) {
    if (step.done === true) {
      if (step.value === undefined) return;
      collector.problem("broken-json", firstOf(step.value), "Expected a comma or `]` here");
      return;
    }
    if (step.value === undefined) {
      yield;
      continue;
    }
    const { span, lacksComma } = step.value;
    if (lacksComma) {
      collector.problem("broken-json", spanOf(span.start, span.start), "Expected a comma or `]` here");
    }
    if (!text.startsWith("null", span.start)) yield* takeSlice(segmenter, span);
    if (span.end < nextYield) continue;
    nextYield = span.end + SLICE;
    yield;
  }
}

/** The lists in a response that hold events, or sequences of them. */
function* listsOfEvents(text: string, { members }: Members): Generator<undefined, readonly Span[]> {
  const response = members.find(({ key, value }) => RESPONSES.test(key) && text.charAt(value.start) === "{");
  if (response !== undefined) {
    const inner = yield* membersIn(text, response.value);
    const lists = listsIn(text, inner.members, HIT_LISTS);
    return lists.length === 0 ? yield* listsOfEvents(text, inner) : lists;
  }
  return members.every(({ key }) => LONE_KEYS.test(key)) ? listsIn(text, members, LONE_KEYS) : [];
}

const RESPONSES = /^(?:rawResponse|hits)$/;
const HIT_LISTS = /^(?:hits|events|sequences)$/;
const LONE_KEYS = /^(?:expected|events|docs|join_keys)$/;

function listsIn(text: string, members: readonly SkeletonMember[], names: RegExp): readonly Span[] {
  return members.flatMap(({ key, value }) => {
    return names.test(key) && key !== "join_keys" && text.charAt(value.start) === "[" ? [value] : [];
  });
}
