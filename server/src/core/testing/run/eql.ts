/** EQL rules on sample events: events, sequences and samples. */
import { type Result } from "../../base/result.ts";
import { sequenceExplanation } from "../../engine/eql/explainSequence.ts";
import { type OrderOptions } from "../../engine/eql/order.ts";
import { type Failure, type Unsupported } from "../../engine/eql/plan.ts";
import { defaultEqlOptions, type EqlResult, runEql } from "../../engine/eql/run.ts";
import { explained } from "../../engine/explain.ts";
import { lazy } from "../../base/lazy.ts";
import { type EqlParse, type EqlQuery, parseEql, verifyEql } from "../../query/eql/index.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Span } from "../../text/span.ts";
import { eventTimes, type EventTimes } from "../events/times.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { type EventMatcher, eventMatcher } from "./eqlEvents.ts";
import { eqlParts } from "./eqlParts.ts";
import { filtersOf, fittingEvents, type RuleFilter } from "./filters.ts";
import { eventsInIndices } from "./indices.ts";
import {
  type Alert,
  type PreparedRule,
  type Refusal,
  type RuleInputs,
  type RunOptions,
  type RunResult,
} from "./prepared.ts";
import { type RuleSettings, ruleSettings } from "./settings.ts";
import { suppressed } from "./suppress.ts";

/** A query that is compiled, and everything around it. */
interface EqlRule {
  readonly parse: EqlParse;
  readonly settings: RuleSettings;
  readonly options: OrderOptions;
  /** What `now` in them stands for is when the rule runs. */
  readonly filtersAt: (now: number) => Result<readonly RuleFilter[], Refusal>;
  readonly toFile: (span: Span) => Span | undefined;
  /** Of a query for single events, without pipes. */
  readonly matcher: EventMatcher | undefined;
}

export function prepareEql(rule: RuleDocument, { types, query }: RunOptions): Result<PreparedRule, Refusal> {
  const embedded = rule.queries.find(({ role }) => role === "query");
  if (embedded === undefined) return refused("broken", "The rule has no query", undefined);
  const settings = ruleSettings(rule);
  const filtersAt = (now: number): ReturnType<EqlRule["filtersAt"]> =>
    filtersOf(rule, "filters", { types, now });
  const filters = filtersAt(0);
  if (!filters.ok) return filters;
  const toFile = (span: Span): Span | undefined =>
    query === undefined ? embedded.host.map.toHostSpan(span) : undefined;
  const parse = parseEql(query ?? embedded.text);
  const { categoryField, timestampField, tiebreakerField } = settings;
  const problem = parse.errors[0] ?? verifyEql(parse.ast, types, { categoryField })[0];
  if (problem !== undefined) return refused("broken", problem.message, toFile(problem.span));
  const options = { ...defaultEqlOptions, categoryField, timestampField, tiebreakerField, types };
  const prepared: EqlRule = { parse, settings, options, filtersAt, toFile, matcher: undefined };
  const { body, pipes } = parse.ast;
  if (body.kind === "event" && pipes.length === 0) {
    const matcher = eventMatcher(body, options);
    if (!matcher.ok) return cannotRun(prepared, matcher.error);
    return { ok: true, value: preparedRule({ ...prepared, matcher: matcher.value }) };
  }
  const trial = onlyStep(runEql(parse.ast, [], options));
  return trial.ok ? { ok: true, value: preparedRule(prepared) } : cannotRun(prepared, trial.error);
}

function refused(kind: Refusal["kind"], reason: string, span: Span | undefined): Result<never, Refusal> {
  return { ok: false, error: { kind, reason, span } };
}

function cannotRun({ toFile }: EqlRule, { feature, span }: Unsupported): Result<never, Refusal> {
  return refused("unsupported", `The engine cannot run ${feature}`, toFile(span));
}

/** Without events there is nothing to do but to compile. */
function onlyStep<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function preparedRule(rule: EqlRule): PreparedRule {
  const { parse, settings, options } = rule;
  const { body } = parse.ast;
  const isPerEvent =
    body.kind === "event" && settings.suppression === undefined && parse.ast.pipes.length === 0;
  const parts = lazy(() => eqlParts(parse, options));
  return {
    query: parse.text,
    isPerEvent,
    maxSignals: settings.maxSignals,
    timestampField: settings.timestampField,
    toFile: rule.toFile,
    run: (inputs) => run(rule, inputs),
    explainEvent: ({ document }) => {
      const [part] = body.kind === "event" ? parts() : [];
      return part === undefined ? undefined : explained(parse.text, part.clause, document);
    },
    *explainSeries(events) {
      if (body.kind !== "sequence" && body.kind !== "sample") return undefined;
      const { timeFor } = eventTimes(events, settings.timestampField);
      const explanation = yield* sequenceExplanation(parse.text, body, events, { ...options, timeFor });
      return explanation.ok ? explanation.value : undefined;
    },
    parts,
  };
}

function* run(rule: EqlRule, inputs: RuleInputs): Generator<undefined, Result<RunResult, Refusal>> {
  const { settings } = rule;
  const { read: all, passedOver } = eventsInIndices(inputs.events, settings.indexPatterns, inputs.index);
  const { latest } = eventTimes(all, settings.timestampField);
  const filters = rule.filtersAt(inputs.now ?? latest ?? 0);
  if (!filters.ok) return filters;
  const { read, silent } = fittingEvents(all, filters.value);
  const times = eventTimes(read, settings.timestampField);
  const found = yield* rule.matcher === undefined
    ? seriesAlerts(rule, read, times)
    : eventAlerts(rule, rule.matcher, read, times);
  if (!found.ok) return found;
  const alerts =
    settings.suppression === undefined ? found.value : suppressed(found.value, settings.suppression);
  const reasons = passedOver.map(({ event, index }) => ({
    event,
    reason: `stands in \`${index}\`, which the rule does not read`,
  }));
  const notes = notesOf(rule, alerts.length, times.withoutTime);
  return { ok: true, value: { alerts, notes, passedOver: reasons, silent: () => silent } };
}

type Found = Generator<undefined, Result<readonly Alert[], Refusal>>;

function* eventAlerts(
  rule: EqlRule,
  matcher: EventMatcher,
  read: readonly SampleEvent[],
  times: EventTimes,
): Found {
  const found = yield* matcher(read, times);
  if (!found.ok) return found.error.by === "engine" ? cannotRun(rule, found.error) : fails(rule, found.error);
  return { ok: true, value: found.value.map((event) => ({ keys: [], events: [event], suppressedCount: 0 })) };
}

function fails({ toFile }: EqlRule, { feature, span }: Failure): Result<never, Refusal> {
  return refused("fails", `Elasticsearch fails on ${feature}`, toFile(span));
}

function* seriesAlerts(rule: EqlRule, read: readonly SampleEvent[], { timeFor }: EventTimes): Found {
  const { parse, options } = rule;
  if (read.length < leastEvents(parse.ast)) return { ok: true, value: [] };
  let failure: Failure | undefined;
  const onFailure = (one: Failure): void => {
    if (one.by === "elasticsearch") failure ??= one;
  };
  const size = Math.max(1, read.length);
  const outcome = yield* runEql(parse.ast, read, { ...options, timeFor, size, onFailure });
  if (!outcome.ok) return cannotRun(rule, outcome.error);
  return failure === undefined ? { ok: true, value: alertsOf(outcome.value, read) } : fails(rule, failure);
}

/** With fewer there is nothing to be found. */
function leastEvents({ body }: EqlQuery): number {
  if (body.kind !== "sequence" && body.kind !== "sample") return 0;
  return body.steps.reduce((sum, { missing, runs }) => sum + (missing ? 0 : (runs?.count ?? 1)), 0);
}

function alertsOf({ results }: EqlResult, read: readonly SampleEvent[]): readonly Alert[] {
  const known = new Map<unknown, SampleEvent>(read.map((event) => [event, event]));
  return results.map(({ keys, events }) => ({
    keys,
    events: events.map((event) => known.get(event) ?? null),
    suppressedCount: 0,
  }));
}

function notesOf({ parse, settings }: EqlRule, alertCount: number, withoutTime: number): readonly string[] {
  const { maxSignals, timestampField } = settings;
  const notes: string[] = [];
  if (parse.ast.body.kind === "sequence" && 0 < withoutTime) {
    const some = withoutTime === 1 ? "1 event has" : `${withoutTime} events have`;
    notes.push(`${some} no \`${timestampField}\`, taken as one second after the one before`);
  }
  if (maxSignals < alertCount)
    notes.push(`Kibana writes ${maxSignals} of these ${alertCount} alerts in one run`);
  return notes;
}
