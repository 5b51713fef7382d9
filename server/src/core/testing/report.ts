/** What became of a test case, with the events that decided it and why they did. */
import { listed } from "../base/listed.ts";
import { type CaseInputs } from "./cases/inputs.ts";
import { type CaseProblem } from "./cases/problem.ts";
import { type TestCase } from "./cases/testCase.ts";
import { decidingClauses, type Explanation } from "../engine/explain.ts";
import { type SequenceExplanation } from "../engine/explainedSequence.ts";
import { cover, type Span } from "../text/span.ts";
import { type Counts, countText, expectationOf, type Expectation, shortfall } from "./run/expectation.ts";
import { eventNames } from "./run/eventNames.ts";
import {
  type Alert,
  type EventGroup,
  type PreparedRule,
  type Refusal,
  type RunResult,
} from "./run/prepared.ts";
import { type SampleEvent } from "./sampleEvents.ts";

/**
 * `unsupported`: we cannot run the rule. `todo`: a known miss. `error`: the case or the query cannot be read.
 * `scratch`: nothing was expected.
 */
export type CaseOutcome = "passed" | "failed" | "unsupported" | "todo" | "error" | "scratch";

export interface CaseReport {
  readonly testCase: TestCase;
  readonly outcome: CaseOutcome;
  /** One sentence without a full stop; undefined for what passed. */
  readonly message: string | undefined;
  /** "every event alerts", "no alert", "exactly 1 alert". */
  readonly expected: string;
  readonly actual: string;
  readonly eventCount: number;
  readonly alerts: readonly Alert[];
  /** Events because of which it failed, the first few of them. */
  readonly decisive: readonly DecisiveEvent[];
  /** Of a sequence or sample that failed. */
  readonly series: SequenceExplanation | undefined;
  /** Of rules that look at events in groups: what became of each, those that nearly alerted before others. */
  readonly groups: readonly EventGroup[];
  /** In the rule file: the smallest part of the query that decided it, or what cannot be run. */
  readonly ruleSpan: Span | undefined;
  readonly notes: readonly string[];
  /** A known miss that is none any more. */
  readonly nowPasses: boolean;
}

export interface DecisiveEvent {
  readonly event: SampleEvent;
  /** Undefined where the event is not even looked at. */
  readonly explanation: Explanation | undefined;
  /** The smallest parts of the query that decided it. */
  readonly clauses: readonly Explanation[];
  /** "line 3: `process.name : "x"` was `y`". */
  readonly message: string;
}

const NOTHING = {
  alerts: [],
  decisive: [],
  series: undefined,
  groups: [],
  ruleSpan: undefined,
  notes: [],
  nowPasses: false,
} as const;

export function errorReport(testCase: TestCase, problem: CaseProblem): CaseReport {
  const expected = countText(expectationOf(testCase, false));
  return {
    ...NOTHING,
    testCase,
    outcome: "error",
    message: problem.message,
    expected,
    actual: "not run",
    eventCount: 0,
  };
}

export function refusalReport(testCase: TestCase, inputs: CaseInputs, refusal: Refusal): CaseReport {
  const { kind, reason, span } = refusal;
  const isAsserted = testCase.expect !== "events";
  return {
    ...NOTHING,
    testCase,
    outcome: kind === "unsupported" ? "unsupported" : kind === "broken" || !isAsserted ? "error" : "failed",
    message: reason,
    expected: countText(expectationOf(testCase, false)),
    actual: "not run",
    eventCount: inputs.events.length,
    ruleSpan: span,
  };
}

/** Why a case failed takes as long as its run: yields as that does. */
export function* judged(
  testCase: TestCase,
  rule: PreparedRule,
  inputs: CaseInputs,
  result: RunResult,
): Generator<undefined, CaseReport> {
  const expectation = expectationOf(testCase, rule.isPerEvent);
  const counts = countsOf(rule, inputs.events, result.alerts);
  const common = {
    ...NOTHING,
    testCase,
    expected: countText(expectation),
    actual: actualText(counts, expectation),
    eventCount: inputs.events.length,
    alerts: result.alerts,
    groups: result.groups ?? [],
    notes: [...result.notes, ...passedOverNotes(inputs, result)],
  };
  if (expectation.kind === "nothing") return { ...common, outcome: "scratch", message: undefined };
  const missing = shortfall(expectation, counts);
  const [broken] = inputs.broken;
  if (missing === undefined && broken !== undefined && !testCase.isTodo) {
    return { ...common, outcome: "error", message: `Line ${broken.line} cannot be read: ${broken.message}` };
  }
  if (missing === undefined && testCase.isTodo) {
    const message = "Passes now, and is no known miss any more";
    return { ...common, outcome: "todo", message, nowPasses: true };
  }
  if (missing === undefined) return { ...common, outcome: "passed", message: undefined };
  const outcome = testCase.isTodo ? "todo" : "failed";
  return { ...common, ...(yield* failure(rule, inputs, result, expectation, counts)), outcome };
}

/** Kibana counts what it writes. */
function countsOf(
  { maxSignals }: PreparedRule,
  events: readonly SampleEvent[],
  alerts: readonly Alert[],
): Counts {
  const alerting = new Set(alerts.flatMap((alert) => alert.events));
  return {
    alerts: Math.min(alerts.length, maxSignals),
    silent: events.filter((event) => !alerting.has(event)),
  };
}

function actualText({ alerts, silent }: Counts, expectation: Expectation): string {
  const alertText = `${alerts} ${alerts === 1 ? "alert" : "alerts"}`;
  if (expectation.kind !== "every") return alertText;
  return silent.length === 0 ? alertText : `${alertText}, and ${silent.length} without one`;
}

function passedOverNotes({ events }: CaseInputs, { passedOver }: RunResult): readonly string[] {
  const [first] = passedOver;
  if (first === undefined) return [];
  const name = eventNames(events);
  const rest = passedOver.length === 1 ? "" : `, and ${passedOver.length - 1} more like it`;
  return [`The event on ${name(first.event)} ${first.reason}${rest}`];
}

type Failure = Pick<CaseReport, "message" | "decisive" | "series" | "ruleSpan">;

function* failure(
  rule: PreparedRule,
  inputs: CaseInputs,
  result: RunResult,
  expectation: Expectation,
  counts: Counts,
): Generator<undefined, Failure> {
  const alerting = result.alerts.flatMap(({ events }) => events.filter((event) => event !== null));
  const isTooFew = shortfall(expectation, counts) === "too few";
  const events = isTooFew ? counts.silent : alerting;
  const isRead = new Set(inputs.events);
  for (const { event } of result.passedOver) isRead.delete(event);
  const reasons = new Map(
    [...result.passedOver, ...(result.silent?.() ?? [])].map(({ event, reason }) => [event, reason]),
  );
  const isEachTold = rule.isPerEvent || result.groups !== undefined;
  const shown = isEachTold ? [...new Set(events)].slice(0, MOST_DECISIVE) : [];
  const name = eventNames(inputs.events);
  const decisive = shown.map((event) => decisiveEvent(rule, event, name(event), reasons.get(event)));
  const looked = inputs.events.filter((event) => isRead.has(event));
  const series = yield* rule.explainSeries(looked);
  const headline = headlineOf(expectation, counts, inputs.events.length, alerting.map(name));
  const nearest = result.groups?.find(({ alerts }) => !alerts)?.message ?? decisive[0]?.message;
  const detail = isTooFew ? (series === undefined ? nearest : missText(series)) : undefined;
  const span = isTooFew ? decidingSpan(decisive, series) : wholeSpan(rule);
  return {
    message: detail === undefined ? headline : `${headline}: ${detail}`,
    decisive,
    series,
    ruleSpan: span === undefined ? undefined : rule.toFile(span),
  };
}

/** All events that the query asks for. */
function wholeSpan(rule: PreparedRule): Span | undefined {
  const spans = rule.parts().map(({ span }) => span);
  return spans.length === 0 ? undefined : spans.reduce(cover);
}

/** So many events are explained. */
const MOST_DECISIVE = 20;

function headlineOf(
  expectation: Expectation,
  { alerts, silent }: Counts,
  eventCount: number,
  names: readonly string[],
): string {
  if (expectation.kind === "every") {
    const some = eventCount === 1 ? "The event does" : `${silent.length} of ${eventCount} events do`;
    return `${some} not alert`;
  }
  const where = names.length === 0 ? "" : ` on ${listed([...new Set(names)].slice(0, MOST_NAMES), "and")}`;
  const got = alerts === 0 ? "none" : `${alerts}${where}`;
  return `Expected ${countText(expectation)}, got ${got}`;
}

const MOST_NAMES = 3;

function missText(series: SequenceExplanation): string | undefined {
  return series.outcome === "missed" ? series.misses[0]?.message : undefined;
}

/** The smallest part of the query without which the case would have passed. */
function decidingSpan(
  decisive: readonly DecisiveEvent[],
  series: SequenceExplanation | undefined,
): Span | undefined {
  const clause = decisive.find(({ clauses }) => clauses.length !== 0)?.clauses[0];
  if (clause !== undefined) return clause.span;
  const miss = series?.outcome === "missed" ? series.misses[0] : undefined;
  return miss?.clauses[0]?.span ?? miss?.span;
}

function decisiveEvent(
  rule: PreparedRule,
  event: SampleEvent,
  name: string,
  passedOver: string | undefined,
): DecisiveEvent {
  if (passedOver !== undefined) {
    return { event, explanation: undefined, clauses: [], message: `${name} ${passedOver}` };
  }
  const explanation = rule.explainEvent(event);
  const clauses = explanation === undefined ? [] : decidingClauses(explanation);
  const [first] = explanation?.verdict === true ? [] : clauses;
  const message = first === undefined ? name : `${name}, ${clauseText(first)}`;
  return { event, explanation, clauses, message };
}

function clauseText({ text, reason, verdict }: Explanation): string {
  const short = text.replace(/\s+/g, " ");
  const shown = short.length <= LONGEST_CLAUSE ? short : `${short.slice(0, LONGEST_CLAUSE)}…`;
  const must = verdict === true ? "must not hold" : "does not hold";
  return `\`${shown}\` ${must}${reason === undefined ? "" : `: ${reason}`}`;
}

const LONGEST_CLAUSE = 100;
