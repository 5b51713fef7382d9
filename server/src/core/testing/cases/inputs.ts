/** The events that a test case runs on: read from files, taken from manifests, changed by patches. */
import { type Result } from "../../base/result.ts";
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { momentText } from "../../engine/value.ts";
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { type EventSource, type TestCase } from "./testCase.ts";
import { valueAt, withField, withoutField } from "../events/edit.ts";
import { eventTimes, type EventTimes } from "../events/times.ts";
import { type FieldChange, type Patch } from "../manifest.ts";
import { type EventsProblem, type SampleEvent, type SampleEvents } from "../sampleEvents.ts";
import { type CaseProblem, type CaseProblemKind, fileProblem } from "./problem.ts";

/** The events of a file, read before; undefined if the file is not there. */
export type EventsReader = (path: string) => SampleEvents | undefined;

export interface CaseInputs {
  readonly events: readonly SampleEvent[];
  readonly history: readonly SampleEvent[];
  readonly indicators: readonly SampleEvent[];
  /** Lines that could not be read. */
  readonly broken: readonly EventsProblem[];
}

interface Gathered {
  readonly events: readonly SampleEvent[];
  readonly broken: readonly EventsProblem[];
}

type Gathering = Result<Gathered, CaseProblem>;

export function caseInputs(testCase: TestCase, read: EventsReader): Result<CaseInputs, CaseProblem> {
  const events = eventsOf(testCase, read);
  if (!events.ok) return events;
  // Scratch files are empty to begin with.
  if (events.value.events.length === 0 && testCase.expect !== "events") {
    return { ok: false, error: inCase(testCase, "empty", emptyMessage(events.value)) };
  }
  const history = sourceEvents(testCase, testCase.history, read);
  if (!history.ok) return history;
  const indicators = sourceEvents(testCase, testCase.indicators, read);
  if (!indicators.ok) return indicators;
  const all = [events.value, history.value, indicators.value];
  return {
    ok: true,
    value: {
      events: events.value.events,
      history: history.value.events,
      indicators: indicators.value.events,
      broken: all.flatMap(({ broken }) => broken),
    },
  };
}

function emptyMessage({ broken }: Gathered): string {
  const [first] = broken;
  return first === undefined ? "The case has no events" : `No event can be read: ${first.message}`;
}

/** From the case that everything starts from through all changes. */
function eventsOf(testCase: TestCase, read: EventsReader): Gathering {
  const patched: { readonly owner: TestCase; readonly patches: readonly Patch[] }[] = [];
  let root = testCase;
  while (root.events.kind === "patched") {
    patched.push({ owner: root, patches: root.events.patches });
    root = root.events.base;
  }
  const start = sourceEvents(testCase, root.events, read);
  if (!start.ok) return start;
  const isList = root.events.kind === "inline";
  // Places in a list and lines of a file are those of the events that everything starts from.
  let placed = start.value.events.map((event, i): Placed => ({ event, place: isList ? i + 1 : event.line }));
  for (const { owner, patches } of patched.reverse()) {
    for (const patch of patches) {
      const changed = applied(owner, placed, patch);
      if (!changed.ok) return changed;
      placed = [...changed.value];
    }
  }
  return { ok: true, value: { ...start.value, events: placed.map(({ event }) => event) } };
}

interface Placed {
  readonly event: SampleEvent;
  readonly place: number;
}

function sourceEvents(testCase: TestCase, source: EventSource | undefined, read: EventsReader): Gathering {
  if (source === undefined) return { ok: true, value: { events: [], broken: [] } };
  if (source.kind === "inline") return { ok: true, value: { events: source.events, broken: [] } };
  const found = read(source.path);
  if (found === undefined) {
    return { ok: false, error: inCase(testCase, "missing", `The file \`${source.path}\` cannot be read`) };
  }
  if (found.refusal !== undefined) {
    return {
      ok: false,
      error: { ...fileProblem(source.path, "empty", found.refusal.message), span: found.refusal.span },
    };
  }
  return { ok: true, value: { events: found.events, broken: found.problems } };
}

function applied(
  owner: TestCase,
  placed: readonly Placed[],
  { line, set, remove, isDropped, span }: Patch,
): Result<readonly Placed[], CaseProblem> {
  const isMeant = ({ place }: Placed): boolean => line === undefined || place === line.value;
  if (!placed.some(isMeant)) {
    const message =
      line === undefined ? "There are no events to change" : `No event begins on line ${line.value}`;
    return { ok: false, error: { ...inCase(owner, "missing", message), span: line?.span ?? span } };
  }
  if (isDropped) return { ok: true, value: placed.filter((one) => !isMeant(one)) };
  const times = eventTimes(
    placed.map(({ event }) => event),
    "@timestamp",
  );
  const changed: Placed[] = [];
  for (const one of placed) {
    if (!isMeant(one)) {
      changed.push(one);
      continue;
    }
    let document: JsonObject = remove.reduce(withoutField, one.event.document);
    for (const change of set) {
      const value = newValue(one.event, document, change, times);
      if (value === undefined) {
        const message = `\`${change.name}\` is no time that could be moved`;
        return { ok: false, error: { ...inCase(owner, "wrong-type", message), span: change.span } };
      }
      document = withField(document, change.name, value);
    }
    changed.push({ ...one, event: { ...one.event, document } });
  }
  return { ok: true, value: changed };
}

const MOVE = /^([+-])(\d+)(ms|s|m|h|d)$/;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** `+10m` moves the time that is there. Undefined if there is none. */
function newValue(
  event: SampleEvent,
  document: JsonObject,
  { name, value }: FieldChange,
  times: EventTimes,
): JsonValue | undefined {
  const [, sign, amount, unit = ""] = (typeof value === "string" ? MOVE.exec(value) : undefined) ?? [];
  if (amount === undefined) return value;
  const written = parseTimestamp(valueAt(document, name))?.milliseconds;
  const from = written ?? (name === "@timestamp" ? times.timeFor(event) : undefined);
  if (from === undefined) return undefined;
  const distance = Number(amount) * (UNITS.get(unit) ?? 0);
  return momentText(sign === "-" ? from - distance : from + distance);
}

function inCase(testCase: TestCase, kind: CaseProblemKind, message: string): CaseProblem {
  const { path, span } = testCase.origin;
  return { ...fileProblem(path, kind, message), span };
}
