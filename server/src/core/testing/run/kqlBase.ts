/** What KQL rules of every type begin with: a query and filters, and the events of a window that both let through. */
import { type Result } from "../../base/result.ts";
import { type Predicate, type Unsupported } from "../../engine/eql/plan.ts";
import { type Clause, explained } from "../../engine/explain.ts";
import { kqlClause } from "../../engine/kql/compile.ts";
import { predicateOf } from "../../engine/kql/predicate.ts";
import { lazy } from "../../base/lazy.ts";
import { type KqlParse, parseKql, verifyKql } from "../../query/kql/index.ts";
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type EmbeddedQuery, type RuleDocument } from "../../rule/model.ts";
import { type Span } from "../../text/span.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { filtersOf, type RuleFilter, unfitReason } from "./filters.ts";
import { eventsInIndices } from "./indices.ts";
import { kqlParts } from "./kqlParts.ts";
import {
  type PassedOver,
  type PreparedRule,
  type Refusal,
  type RuleInputs,
  type RunOptions,
} from "./prepared.ts";
import { type RuleSettings, ruleSettings } from "./settings.ts";
import {
  inOrder,
  outsideReason,
  ruleTimes,
  type RuleTimes,
  timeFieldsOf,
  type Window,
  windowAt,
} from "./window.ts";

/** A query with its filters, ready to be asked about events. */
export interface KqlSource {
  readonly parse: KqlParse;
  readonly toFile: (span: Span) => Span | undefined;
  /** The query alone, for explanations. */
  readonly clauseAt: (now: number) => Result<Clause, Unsupported>;
  readonly filtersAt: (now: number) => Result<readonly RuleFilter[], Refusal>;
}

export interface KqlBase {
  readonly rule: RuleDocument;
  readonly types: FieldTypes;
  readonly settings: RuleSettings;
  readonly source: KqlSource;
}

/** Refused is what nobody can run at any time. */
export function kqlBase(rule: RuleDocument, { types, query }: RunOptions): Result<KqlBase, Refusal> {
  const embedded = rule.queries.find(({ role }) => role === "query");
  const source = kqlSource(rule, embedded, "filters", { types, query });
  if (!source.ok) return source;
  const window = windowAt(rule, ANY_MOMENT);
  if (!window.ok) return window;
  return { ok: true, value: { rule, types, settings: ruleSettings(rule), source: source.value } };
}

/** Where it does not matter when: 2026-01-01. */
const ANY_MOMENT = 1_767_225_600_000;

/** A missing query lets everything through, as Kibana has it for rules whose filters do the work. */
export function kqlSource(
  rule: RuleDocument,
  embedded: EmbeddedQuery | undefined,
  key: "filters" | "threat_filters",
  { types, query }: RunOptions,
): Result<KqlSource, Refusal> {
  const toFile = (span: Span): Span | undefined =>
    query === undefined ? embedded?.host.map.toHostSpan(span) : undefined;
  const parse = parseKql(query ?? embedded?.text ?? "");
  const [problem] = [...parse.errors, ...verifyKql(parse, types)];
  if (problem !== undefined) return refused("broken", problem.message, toFile(problem.span));
  const isTimeless = !/now/.test(parse.text);
  const timeless = lazy(() => kqlClause(parse.ast, { types, now: ANY_MOMENT }));
  const clauseAt = (now: number): Result<Clause, Unsupported> =>
    isTimeless ? timeless() : kqlClause(parse.ast, { types, now });
  const trial = clauseAt(ANY_MOMENT);
  if (!trial.ok) return refused("unsupported", `The engine cannot run ${trial.error.feature}`, undefined);
  const filtersAt = (now: number): ReturnType<KqlSource["filtersAt"]> => filtersOf(rule, key, { types, now });
  const filters = filtersAt(ANY_MOMENT);
  return filters.ok ? { ok: true, value: { parse, toFile, clauseAt, filtersAt } } : filters;
}

export function refused(
  kind: Refusal["kind"],
  reason: string,
  span: Span | undefined,
): Result<never, Refusal> {
  return { ok: false, error: { kind, reason, span } };
}

/** Which events the query and the filters let through at a moment. */
export interface Selection {
  readonly matches: Predicate;
  /** The first filter that keeps out an event that the query matches. */
  readonly filteredBy: (event: SampleEvent) => RuleFilter | undefined;
}

export function selectionAt(source: KqlSource, now: number): Result<Selection, Refusal> {
  const clause = source.clauseAt(now);
  if (!clause.ok) {
    const { feature, span } = clause.error;
    return refused("unsupported", `The engine cannot run ${feature}`, source.toFile(span));
  }
  const filters = source.filtersAt(now);
  if (!filters.ok) return filters;
  return {
    ok: true,
    value: {
      matches: predicateOf(clause.value),
      filteredBy: ({ document }) => filters.value.find(({ accepts }) => !accepts(document)),
    },
  };
}

/** What a run looks at. */
export interface Scene {
  readonly now: number;
  /** Undefined: the window is ignored, and every event of the input is recent. */
  readonly window: Window | undefined;
  readonly times: RuleTimes;
  readonly selection: Selection;
}

/** Events are sorted into those that match, oldest first, and those of which there is a reason why they do not. */
export interface Sorted {
  readonly matching: readonly SampleEvent[];
  readonly passedOver: readonly PassedOver[];
  readonly silent: readonly PassedOver[];
}

/** The window counts only where the inputs say when the rule runs. */
export function sceneOf(
  { rule, source }: KqlBase,
  { events, history, now }: RuleInputs,
): Result<Scene, Refusal> {
  const times = ruleTimes(history, events, timeFieldsOf(rule));
  const moment = now ?? newestOf(events, times);
  const window = now === undefined ? undefined : windowAt(rule, now);
  if (window?.ok === false) return window;
  const selection = selectionAt(source, moment);
  if (!selection.ok) return selection;
  return { ok: true, value: { now: moment, window: window?.value, times, selection: selection.value } };
}

/** Without a word about it, a rule runs when its newest event has come. */
function newestOf(events: readonly SampleEvent[], { timeOf, areInOrder }: RuleTimes): number {
  const last = events.at(-1);
  if (areInOrder && last !== undefined) return timeOf(last);
  return events.reduce(
    (newest, event) => Math.max(newest, timeOf(event)),
    events.length === 0 ? ANY_MOMENT : 0,
  );
}

/** `skipped`: half a sentence on why an event is not looked at. Yields often enough to be stopped at any time. */
export function* sortedEvents(
  scene: Scene,
  events: readonly SampleEvent[],
  skipped: (event: SampleEvent) => string | undefined,
): Generator<undefined, Sorted> {
  const { selection, times } = scene;
  const matching: SampleEvent[] = [];
  const passedOver: PassedOver[] = [];
  const silent: PassedOver[] = [];
  for (const [i, event] of events.entries()) {
    if (i % EVENTS_A_STEP === EVENTS_A_STEP - 1) yield;
    const reason = skipped(event);
    if (reason !== undefined) {
      passedOver.push({ event, reason });
      continue;
    }
    if (!selection.matches(event.document)) continue;
    const filter = selection.filteredBy(event);
    if (filter === undefined) matching.push(event);
    else silent.push({ event, reason: unfitReason(filter) });
  }
  return { matching: inOrder(matching, times), passedOver, silent };
}

const EVENTS_A_STEP = 500;

/** Of the recent events of a run, those that the query and the filters let through. */
export function* recentMatches(
  { settings }: KqlBase,
  scene: Scene,
  inputs: RuleInputs,
): Generator<undefined, Sorted> {
  const { read, passedOver } = eventsInIndices(inputs.events, settings.indexPatterns, inputs.index);
  const sorted = yield* sortedEvents(scene, read, (event) => outsideOf(scene, event));
  const elsewhere = passedOver.map(({ event, index }) => ({
    event,
    reason: `stands in \`${index}\`, which the rule does not read`,
  }));
  return { ...sorted, passedOver: [...elsewhere, ...sorted.passedOver] };
}

/** Events without a time count as recent. */
export function outsideOf({ window, times }: Scene, event: SampleEvent): string | undefined {
  if (window === undefined || !times.isTimed(event)) return undefined;
  return outsideReason(times.timeOf(event), window);
}

/** A rule of KQL as everybody runs it. */
export function kqlRule(
  { source, settings, types }: KqlBase,
  kind: { readonly isPerEvent: boolean },
  run: PreparedRule["run"],
): PreparedRule {
  const { parse, toFile, clauseAt } = source;
  return {
    query: parse.text,
    isPerEvent: kind.isPerEvent,
    maxSignals: settings.maxSignals,
    timestampField: settings.timestampField,
    toFile,
    run,
    explainEvent: ({ document }) => {
      const clause = clauseAt(ANY_MOMENT);
      return clause.ok ? explained(parse.text, clause.value, document) : undefined;
    },
    explainSeries: noSeries,
    parts: lazy(() => {
      const clause = clauseAt(ANY_MOMENT);
      return clause.ok ? kqlParts(parse, clause.value, { types, now: ANY_MOMENT }) : [];
    }),
  };
}

/** Every event stands alone. */
function* noSeries(): Generator<undefined, undefined> {
  return undefined;
}
