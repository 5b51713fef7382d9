/** What is wrong with an events file, or worth knowing: broken lines, times, types, fields that nothing has, secrets. */
import { compileAccess } from "../engine/fieldAccess.ts";
import { type JsonValue, isObject } from "../engine/event.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { type Span, spanOf } from "../text/span.ts";
import { fits } from "./events/misfit.ts";
import { documentNode } from "./events/place.ts";
import { type Sensitive, sensitiveIn } from "./events/secrets.ts";
import { eventTimes } from "./events/times.ts";
import { fieldNodes, plainValue } from "./json/value.ts";
import { type EventsProblemKind, type SampleEvent, type SampleEvents } from "./sampleEvents.ts";

export type FindingKind =
  EventsProblemKind | "no-time" | "wrong-type" | "absent-field" | "secret" | "personal";

export interface EventsFinding {
  readonly kind: FindingKind;
  readonly severity: "error" | "warning" | "info";
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
}

export interface FindingOptions {
  readonly types: FieldTypes;
  readonly timestampField: string;
  /** Fields that the rule reads; none if the file belongs to no rule. */
  readonly fields: readonly { readonly name: string; readonly optional: boolean }[];
}

/** Yields after each event. `text` is what the events were read from. */
export function* eventsFindings(
  text: string,
  sample: SampleEvents,
  options: FindingOptions,
): Generator<undefined, readonly EventsFinding[]> {
  const found: EventsFinding[] = sample.problems.map(({ kind, span, message }) => {
    return { kind, severity: "error", span, message };
  });
  const { events } = sample;
  const [first] = events;
  if (first === undefined) return found;
  found.push(...timeFindings(events, first, options));
  found.push(...absentFindings(events, first, options));
  const typeOf = typeReader(options.types);
  const known = new Set<string>();
  for (const event of events) {
    if (found.length < MOST_FINDINGS) {
      if (!isFitting(event.document, "", typeOf)) found.push(...typeFindings(text, event, typeOf));
      found.push(...sensitiveFindings(sensitiveIn(text, event.span), known));
    }
    yield;
  }
  return found.toSorted((left, right) => left.span.start - right.span.start);
}

/** Nobody reads more. */
const MOST_FINDINGS = 1000;

/** The first character of the first event speaks for the file. */
function fileSpan({ span }: SampleEvent): Span {
  return spanOf(span.start, span.start + 1);
}

function timeFindings(
  events: readonly SampleEvent[],
  first: SampleEvent,
  { timestampField }: FindingOptions,
): readonly EventsFinding[] {
  const { withoutTime } = eventTimes(events, timestampField);
  if (withoutTime === 0) return [];
  const all = withoutTime === events.length;
  const some = all ? "No event has" : `${withoutTime} of ${events.length} events have no`;
  const message = `${some}${all ? " a" : ""} time in \`${timestampField}\`: each counts as one second after the one before`;
  return [{ kind: "no-time", severity: "info", span: fileSpan(first), message }];
}

/** Optional fields may be missing. */
function absentFindings(
  events: readonly SampleEvent[],
  first: SampleEvent,
  { fields, types }: FindingOptions,
): readonly EventsFinding[] {
  const names = new Set(fields.filter(({ optional }) => !optional).map(({ name }) => name));
  return [...names].flatMap((name): EventsFinding[] => {
    const readers = [name, ...parentOf(name, types)].map((one) => compileAccess(one));
    const isThere = events.some(({ document }) => readers.some((read) => read(document) !== null));
    if (isThere) return [];
    const message = `The rule reads \`${name}\`, which no event here has`;
    return [{ kind: "absent-field", severity: "info", span: fileSpan(first), message }];
  });
}

/** A sub-field such as `file.path.text` is not in the document: its values are those of the field above it. */
function parentOf(name: string, types: FieldTypes): readonly string[] {
  const parent = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  return types.get(parent) === undefined ? [] : [parent];
}

type TypeReader = (name: string) => string | undefined;

function typeReader(types: FieldTypes): TypeReader {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, types.get(name)?.type);
    return known.get(name);
  };
}

function isFitting(value: JsonValue | undefined, name: string, typeOf: TypeReader): boolean {
  if (value === undefined) return true;
  const type = name === "" ? undefined : typeOf(name);
  if (type !== undefined && !fits(value, type)) return false;
  if (type === "flattened") return true;
  const items = Array.isArray(value) ? (value as readonly JsonValue[]) : [value]; // Just checked.
  return items.every((item) => {
    if (!isObject(item)) return true;
    return Object.entries(item).every(([key, inner]) => {
      return isFitting(inner, name === "" ? key : `${name}.${key}`, typeOf);
    });
  });
}

function typeFindings(text: string, event: SampleEvent, typeOf: TypeReader): readonly EventsFinding[] {
  const node = documentNode(text, event);
  if (node === undefined) return [];
  const found: EventsFinding[] = [];
  for (const { name, member } of fieldNodes(node)) {
    const type = typeOf(name);
    if (type === undefined) continue;
    const nodes = member.value.kind === "array" ? member.value.items : [member.value];
    for (const one of nodes) {
      if (fits(plainValue(one), type)) continue;
      const message = `\`${name}\` is of the type \`${type}\`, which takes no such value`;
      found.push({ kind: "wrong-type", severity: "warning", span: one.span, message });
    }
  }
  return found;
}

/** A value is named once, where it first occurs. */
function sensitiveFindings(all: readonly Sensitive[], known: Set<string>): readonly EventsFinding[] {
  return all.flatMap(({ kind, what, span, value }): EventsFinding[] => {
    if (known.has(`${what} ${value}`)) return [];
    known.add(`${what} ${value}`);
    if (kind === "secret") {
      return [{ kind, severity: "warning", span, message: `${what} does not belong into a file of tests` }];
    }
    return [
      { kind, severity: "info", span, message: `${what} is better replaced before the file is shared` },
    ];
  });
}
