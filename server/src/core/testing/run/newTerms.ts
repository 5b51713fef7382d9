/** New terms rules: an alert for every value, or combination of values, that was not seen before. */
import { type Result } from "../../base/result.ts";
import { momentText } from "../../engine/value.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { tableIn, tablesIn, textIn } from "../../rule/read.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { eventsInIndices } from "./indices.ts";
import {
  kqlBase,
  type KqlBase,
  kqlRule,
  outsideOf,
  recentMatches,
  refused,
  type Scene,
  sceneOf,
  sortedEvents,
} from "./kqlBase.ts";
import { kqlNotes } from "./kqlNotes.ts";
import {
  type Alert,
  type EventGroup,
  type FieldTerm,
  type PassedOver,
  type Preparation,
  type Refusal,
  type RuleInputs,
  type RunResult,
} from "./prepared.ts";
import { namesIn } from "./settings.ts";
import { suppressed } from "./suppress.ts";
import {
  type TermReader,
  termReader,
  type TupleTable,
  tupleTable,
  type TermTuple,
  tuplesOf,
  tupleText,
} from "./terms.ts";
import { inOrder, momentAt, windowAt } from "./window.ts";

interface NewTerms {
  readonly fields: readonly string[];
  readonly readers: readonly TermReader[];
  readonly historyStart: SourcedText;
}

export const prepareNewTerms: Preparation = (rule, options) => {
  const base = kqlBase(rule, options);
  if (!base.ok) return base;
  const terms = newTermsOf(rule, base.value);
  if (!terms.ok) return terms;
  const run = (inputs: RuleInputs): ReturnType<typeof runNewTerms> =>
    runNewTerms(base.value, terms.value, inputs);
  return { ok: true, value: kqlRule(base.value, { isPerEvent: false }, run) };
};

function newTermsOf(document: RuleDocument, { types }: KqlBase): Result<NewTerms, Refusal> {
  const { rule } = document;
  const table = rule && tableIn(rule, "new_terms");
  const [history] = table === undefined ? [] : tablesIn(table, "history_window_start");
  const historyStart = history && textIn(history, "value");
  const fields = table === undefined ? [] : namesIn(table, "value");
  if (table === undefined || historyStart === undefined || fields.length === 0) {
    const what = fields.length === 0 ? "fields in `new_terms.value`" : "a `history_window_start`";
    return refused("broken", `The rule has no ${what}`, table?.span ?? rule?.span);
  }
  const start = momentAt(historyStart.value, 0, "history_window_start", historyStart.span);
  if (!start.ok) return start;
  const window = windowAt(document, 0);
  if (window.ok && window.value.start <= start.value)
    return refused("broken", "`history_window_start` is not before `from`", historyStart.span);
  const readers: TermReader[] = [];
  for (const field of fields) {
    const reader = termReader(types, field, table.byName.get("value")?.value.span);
    if (!reader.ok) return reader;
    readers.push(reader.value);
  }
  return { ok: true, value: { fields, readers, historyStart } };
}

/** A combination of values in the events of the window. */
interface Seen {
  readonly tuple: TermTuple;
  /** Those of the window that have it, the oldest first. */
  readonly events: [SampleEvent, ...SampleEvent[]];
}

function* runNewTerms(
  base: KqlBase,
  terms: NewTerms,
  inputs: RuleInputs,
): Generator<undefined, Result<RunResult, Refusal>> {
  const scene = sceneOf(base, inputs);
  if (!scene.ok) return scene;
  const recent = yield* recentMatches(base, scene.value, inputs);
  const past = yield* pastMatches(base, terms, scene.value, inputs);
  if (!past.ok) return past;
  const { matching, passedOver, silent } = recent;
  const inWindow =
    past.value.recent.length === 0
      ? matching
      : inOrder([...past.value.recent, ...matching], scene.value.times);
  const seen = yield* seenIn(terms, inWindow);
  if (!seen.ok) return seen;
  const before = yield* firstTimes(terms, past.value.earlier, scene.value);
  const all = seen.value.tuples.map((one) => judged(terms, scene.value, before.get(one.tuple), one));
  const single = all.flatMap(({ alert }) => alert ?? []);
  const { suppression } = base.settings;
  const alerts = suppression === undefined ? single : suppressed(single, suppression);
  const notes = kqlNotes(base, scene.value, inputs, alerts.length);
  const reasons = (): readonly PassedOver[] => {
    const alerting = new Set(alerts.flatMap(({ events }) => events));
    return all.flatMap((one) => silentEvents(terms, one, alerting));
  };
  return {
    ok: true,
    value: {
      alerts,
      groups: all.slice(0, MOST_TOLD).map((one) => groupOf(terms, one)),
      notes: [...notes, ...historyNotes(past.value, inputs)],
      // With a window, earlier events of the input are the history.
      passedOver: without(past.value.earlier, passedOver),
      silent: () => [...silent, ...seen.value.incomplete, ...reasons()],
    },
  };
}

function without(events: readonly SampleEvent[], passedOver: readonly PassedOver[]): readonly PassedOver[] {
  if (passedOver.length === 0) return passedOver;
  const left = new Set(events);
  return passedOver.filter(({ event }) => !left.has(event));
}

/** Nobody reads of more combinations. */
const MOST_TOLD = 1000;

interface Past {
  /** Events of the history that match, and lie before the window. */
  readonly earlier: readonly SampleEvent[];
  /** Those that lie in the window itself, and are no history. */
  readonly recent: readonly SampleEvent[];
  /** How many lie before the history's own start. */
  readonly tooOld: number;
}

/** What the query does not match was not seen, either. */
function* pastMatches(
  { settings }: KqlBase,
  { historyStart }: NewTerms,
  scene: Scene,
  { events, history, index, now }: RuleInputs,
): Generator<undefined, Result<Past, Refusal>> {
  const start = momentAt(historyStart.value, scene.now, "history_window_start", historyStart.span);
  if (!start.ok) return start;
  const { times, window } = scene;
  const isBefore = (event: SampleEvent): boolean =>
    window !== undefined && times.isTimed(event) && times.timeOf(event) < window.start;
  const all = [...history, ...events.filter(isBefore)];
  const { read } = eventsInIndices(all, settings.indexPatterns, index);
  // Where no event says when it was, nobody knows how old the history is.
  const isAnchored = now !== undefined || events.some(times.isTimed);
  let tooOld = 0;
  const { matching } = yield* sortedEvents(scene, read, (event) => {
    const isOld = isAnchored && times.isTimed(event) && times.timeOf(event) < start.value;
    if (isOld) tooOld++;
    const isLate = window !== undefined && times.isTimed(event) && window.end < times.timeOf(event);
    return isOld || isLate ? "lies outside of the history" : undefined;
  });
  const isRecent = (event: SampleEvent): boolean =>
    window !== undefined && times.isTimed(event) && outsideOf(scene, event) === undefined;
  const earlier = matching.filter((event) => !isRecent(event));
  return { ok: true, value: { earlier, recent: matching.filter(isRecent), tooOld } };
}

interface SeenTuples {
  readonly tuples: readonly Seen[];
  readonly incomplete: readonly PassedOver[];
}

/** `events` are in order of time. */
function* seenIn(
  { fields, readers }: NewTerms,
  events: readonly SampleEvent[],
): Generator<undefined, Result<SeenTuples, Refusal>> {
  const tuples = tupleTable<Seen>();
  const incomplete: PassedOver[] = [];
  for (const [i, event] of events.entries()) {
    if (i % EVENTS_A_STEP === EVENTS_A_STEP - 1) yield;
    const own = tuplesOf(readers, event.document);
    if (own === undefined) return refused("unsupported", TOO_MANY, undefined);
    if (own.length === 0) {
      const absent = fields.find((_field, at) => readers[at]?.(event.document) === undefined);
      incomplete.push({ event, reason: `has no \`${absent ?? ""}\`, and so nothing that could be new` });
    }
    for (const tuple of own) {
      const known = tuples.get(tuple);
      if (known === undefined) tuples.add(tuple, { tuple, events: [event] });
      else known.events.push(event);
    }
  }
  return { ok: true, value: { tuples: tuples.values(), incomplete } };
}

const EVENTS_A_STEP = 500;
const TOO_MANY = "An event has so many combinations of values that they cannot be looked up";

/** When each combination of the history was first seen. */
function* firstTimes(
  { readers }: NewTerms,
  events: readonly SampleEvent[],
  { times }: Scene,
): Generator<undefined, TupleTable<number>> {
  const found = tupleTable<number>();
  for (const [i, event] of events.entries()) {
    if (i % EVENTS_A_STEP === EVENTS_A_STEP - 1) yield;
    for (const tuple of tuplesOf(readers, event.document) ?? []) {
      if (found.get(tuple) === undefined) found.add(tuple, times.timeOf(event));
    }
  }
  return found;
}

interface JudgedTuple {
  readonly seen: Seen;
  readonly alert: Alert | undefined;
  /** Undefined for what is new. */
  readonly seenSince: number | undefined;
}

/** New is what was first seen later than the window begins: at its very first millisecond it is not. */
function judged(
  { fields }: NewTerms,
  { window, times }: Scene,
  earlier: number | undefined,
  seen: Seen,
): JudgedTuple {
  const { tuple } = seen;
  const [first] = seen.events;
  const isAtStart = window !== undefined && times.isTimed(first) && times.timeOf(first) <= window.start;
  const seenSince = earlier ?? (isAtStart ? times.timeOf(first) : undefined);
  if (seenSince !== undefined) return { seen, alert: undefined, seenSince };
  const terms = termsOf(fields, tuple);
  const facts = { kind: "new-terms", terms } as const;
  return { seen, alert: { events: [first], keys: tuple, suppressedCount: 0, facts }, seenSince };
}

function termsOf(fields: readonly string[], tuple: TermTuple): readonly FieldTerm[] {
  return fields.map((field, i) => ({ field, value: tuple[i] ?? null }));
}

function groupOf(terms: NewTerms, judgement: JudgedTuple): EventGroup {
  const { seen, alert } = judgement;
  return {
    terms: termsOf(terms.fields, seen.tuple),
    events: seen.events,
    alerts: alert !== undefined,
    message: messageOf(terms, judgement),
  };
}

function messageOf({ fields }: NewTerms, { seen, seenSince }: JudgedTuple): string {
  const when = seenSince === undefined ? "new" : `seen since ${momentText(seenSince)}`;
  return `${tupleText(fields, seen.tuple)} is ${when}`;
}

/** Of a new combination only the oldest event alerts. */
function silentEvents(
  terms: NewTerms,
  judgement: JudgedTuple,
  alerting: ReadonlySet<SampleEvent | null>,
): readonly PassedOver[] {
  const { seen, alert } = judgement;
  const reason =
    alert === undefined
      ? `does not alert: ${messageOf(terms, judgement)}`
      : "does not alert: an older event has the same values";
  return seen.events.flatMap((event) => (alerting.has(event) ? [] : [{ event, reason }]));
}

function historyNotes({ earlier, tooOld }: Past, { history }: RuleInputs): readonly string[] {
  if (0 < tooOld) {
    const some = tooOld === 1 ? "1 event of the history lies" : `${tooOld} events of the history lie`;
    return [`${some} before \`history_window_start\`, and ${tooOld === 1 ? "does" : "do"} not count`];
  }
  if (earlier.length !== 0) return [];
  return history.length === 0
    ? ["There is no history, so everything is new"]
    : ["No event of the history matches the query, so everything is new"];
}
