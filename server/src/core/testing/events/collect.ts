/** Gathers events and problems while an events file is read, and pairs the lines of `_bulk` requests. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { MOST_LEVELS } from "../json/limits.ts";
import {
  type EventsProblem,
  type EventsProblemKind,
  type SampleEvent,
  type SampleEvents,
} from "../sampleEvents.ts";
import { type BulkAction, unwrapped, type UnwrappedEvent } from "./document.ts";

export interface EventCollector {
  /** A value that is no list. True if it holds events below: then nothing has been taken. */
  readonly takeValue: (value: JsonValue, span: Span) => boolean;
  readonly problem: (kind: EventsProblemKind, span: Span, message: string) => void;
  /** No more problems are taken. */
  readonly isFull: () => boolean;
  readonly finish: () => SampleEvents;
}

interface PendingAction {
  readonly action: BulkAction;
  readonly span: Span;
  readonly line: number;
}

export function eventCollector(text: string): EventCollector {
  const events: SampleEvent[] = [];
  const problems: EventsProblem[] = [];
  /** One mistake is one problem, whoever comes across it. */
  const places = new Set<number>();
  const lineAt = lineCounter(text);
  let refusal: EventsProblem | undefined;
  let pending: PendingAction | undefined;

  function problem(kind: EventsProblemKind, span: Span, message: string): void {
    if (MOST_PROBLEMS <= places.size || places.has(span.start)) return;
    places.add(span.start);
    problems.push({ kind, span, line: lineAt(span.start), message });
  }

  function takeValue(value: JsonValue, span: Span): boolean {
    if (!isObject(value)) {
      problem("no-event", span, "An event must be a JSON object");
      return false;
    }
    if (isTooDeep(value)) {
      problem("too-large", span, `This event is nested more than ${MOST_LEVELS} deep`);
      return false;
    }
    if (pending !== undefined) {
      const { action } = pending;
      const inner = action.name === "update" ? value["doc"] : value;
      if (isObject(inner) && unwrapped(value).kind !== "action") {
        pending = undefined;
        takeBulk(action, inner, span);
        return false;
      }
    }
    const one = unwrapped(value);
    switch (one.kind) {
      case "wrapper":
        return true;
      case "event":
        takeEvent(one, span);
        return false;
      case "action":
        dropPending();
        if (one.action.name !== "delete") pending = { action: one.action, span, line: lineAt(span.start) };
        return false;
      case "rule":
        refuse(span);
        return false;
      case "nothing":
        return false;
    }
  }

  function takeBulk(action: BulkAction, document: JsonObject, span: Span): void {
    const path = action.name === "update" ? ["doc"] : [];
    const { index, id } = action;
    takeEvent({ kind: "event", shape: "bulk", document, path, index, id }, span);
  }

  function takeEvent({ shape, document, path, index, id }: UnwrappedEvent, span: Span): void {
    events.push({ document, line: lineAt(span.start), shape, span, path, index, id });
  }

  function refuse(span: Span): void {
    refusal ??= {
      kind: "rule-export",
      span,
      line: lineAt(span.start),
      message: "This is an export of rules from Kibana, not of events",
    };
  }

  function dropPending(): void {
    if (pending === undefined) return;
    const { span, line, action } = pending;
    const message = `No document follows this \`${action.name}\` action`;
    problems.push({ kind: "half-pair", span, line, message });
    pending = undefined;
  }

  function finish(): SampleEvents {
    dropPending();
    if (refusal !== undefined) return { events: [], problems: [refusal], refusal };
    problems.sort((left, right) => left.span.start - right.span.start);
    return { events, problems, refusal };
  }

  return { takeValue, problem, isFull: () => MOST_PROBLEMS <= places.size, finish };
}

/** So many broken lines are one broken file. */
const MOST_PROBLEMS = 1000;

/** 1-based lines of offsets that come in order, with a few steps back at most. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    if (offset < counted) return line - lineEndsIn(text, spanOf(offset, counted));
    line += lineEndsIn(text, spanOf(counted, offset));
    counted = offset;
    return line;
  };
}

function lineEndsIn(text: string, { start, end }: Span): number {
  let count = 0;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === LINE_FEED) count++;
  return count;
}

const LINE_FEED = 0x0a;

function isTooDeep(value: JsonValue | undefined, levels = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (MOST_LEVELS <= levels) return true;
  if (Array.isArray(value)) return value.some((item: JsonValue) => isTooDeep(item, levels + 1));
  for (const inner of Object.values(value)) if (isTooDeep(inner, levels + 1)) return true; // JSON in.
  return false;
}
