/** What sample events say of a query, to be shown beside its lines. */
import { type CancellationToken } from "vscode-languageserver";
import { type Explanation } from "../../core/engine/explain.ts";
import { type ClauseResult, leavesOf, partResults } from "../../core/testing/clauseCounts.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { textAt } from "../../core/text/span.ts";
import {
  type EventItem,
  type EventRef,
  type InlineClause,
  type InlineRequest,
  type InlineResult,
  type InlineSummary,
  type TextRange,
} from "../protocol.ts";
import { fenced } from "./runTests.ts";
import { type FoundEvent, eventsOf, labelOf } from "./events.ts";
import { queryPlaces } from "./places.ts";
import { type TimedReport } from "./ruleTests.ts";
import { seriesClauses, seriesOf, seriesText } from "./inlineSeries.ts";
import { cancelled, type OneRule, type TestService } from "./testService.ts";

/** Null for what is no rule. Throws if it was cancelled, or if the rule changed meanwhile. */
export async function inlineResult(
  service: TestService,
  { uri, event }: InlineRequest,
  token: CancellationToken,
): Promise<InlineResult | null> {
  const one = await service.currentRule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return null;
  const timed = await allReports(service, one);
  const found = eventsOf(service, one);
  const alerting = new Set(timed.flatMap(({ report }) => report.alerts.flatMap(({ events }) => events)));
  const chosen = event === null ? undefined : found.find((other) => isSame(service, other.ref, event));
  const series = await seriesOf(one, chosen?.event);
  const clauses = await clausesOf(one, found, chosen?.event);
  return {
    version: one.version ?? 0,
    summary: {
      ...summaryOf(one, timed),
      series: series === undefined ? null : seriesText(series.explanation),
    },
    clauses: [...clauses, ...(series === undefined ? [] : seriesClauses(one, series))],
    events: found.map((other) => eventItem(other, alerting.has(other.event))),
  };
}

/** Of all cases, in their order. */
export async function allReports(service: TestService, one: OneRule): Promise<readonly TimedReport[]> {
  const timed: TimedReport[] = [];
  for (const ready of one.cases) {
    const done = await service.run(one, ready);
    if (done === undefined) throw cancelled();
    timed.push(done);
  }
  return timed;
}

export function isSame(service: TestService, a: EventRef, b: EventRef): boolean {
  return a.line === b.line && a.patchedBy === b.patchedBy && service.places.isSameFile(a.uri, b.uri);
}

function eventItem({ ref, event, caseName }: FoundEvent, alerts: boolean): EventItem {
  return { ...ref, label: labelOf(event), detail: `${caseName}, line ${ref.line}`, alerts };
}

/** Without what became of a sequence. */
export function summaryOf(
  { prepared }: OneRule,
  timed: readonly TimedReport[],
): Omit<InlineSummary, "series"> {
  const count = (outcome: string): number => timed.filter(({ report }) => report.outcome === outcome).length;
  const scratch = timed.filter(({ report }) => report.testCase.expect === "events");
  const alerting = new Set(
    scratch.flatMap(({ report }) => report.alerts.flatMap(({ events }) => events)).filter((e) => e !== null),
  );
  return {
    passed: count("passed"),
    failed: count("failed") + count("error"),
    unsupported: count("unsupported"),
    todo: count("todo"),
    scratchAlerts: alerting.size,
    scratchEvents: scratch.reduce((sum, { report }) => sum + report.eventCount, 0),
    problem: prepared.ok ? null : prepared.error.reason,
  };
}

async function clausesOf(
  one: OneRule,
  found: readonly FoundEvent[],
  chosen: SampleEvent | undefined,
): Promise<readonly InlineClause[]> {
  const places = queryPlaces(one.rule);
  if (!one.prepared.ok || places === undefined || found.length === 0) return [];
  const { value: prepared } = one.prepared;
  const events = found.map(({ event }) => event);
  const parts = await one.options.drive(partResults(prepared, events));
  if (parts === undefined) throw cancelled();
  const explanation = chosen && prepared.explainEvent(chosen);
  const reasons = new Map<string, Explanation>();
  if (explanation !== undefined) for (const leaf of leaves(explanation)) reasons.set(keyOf(leaf.span), leaf);
  return parts.flatMap((part) => {
    const label = part.label === undefined ? "" : `${part.label}: `;
    const counted = leavesOf(part.root).map((leaf) =>
      clauseOf(leaf, part.eventCount, prepared.query, places, reasons.get(keyOf(leaf.span))),
    );
    const matching = `${label}${part.matchCount}/${part.eventCount} match`;
    const whole: InlineClause = {
      line: places(part.span).end.line,
      range: places(part.span),
      about: "events",
      text: matching,
      count: matching,
      verdict: null,
      state: "neutral",
      hover: "",
    };
    // Of a step, what its clauses are true of is the lesser news.
    return part.label === undefined ? [...counted, whole] : [whole, ...counted];
  });
}

function leaves(explanation: Explanation): readonly Explanation[] {
  return explanation.children.length === 0 ? [explanation] : explanation.children.flatMap(leaves);
}

function keyOf({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}:${end}`;
}

function clauseOf(
  leaf: ClauseResult,
  eventCount: number,
  query: string,
  places: (span: ClauseResult["span"]) => TextRange,
  explanation: Explanation | undefined,
): InlineClause {
  const range = places(leaf.span);
  const text = textAt(query, leaf.span);
  const isExclusion = leaf.role === "exclusion";
  const count = `${isExclusion ? "excludes " : ""}${leaf.trueCount}/${eventCount} events`;
  const isRejected = explanation !== undefined && (explanation.verdict === true) === isExclusion;
  const values = leaf.values.map(({ span, trueCount }) => `- ${trueCount} × ${textAt(query, span)}`);
  const chosen = explanation === undefined ? [] : [explainedLine(explanation)];
  const reason = explanation?.reason ?? "does not hold";
  return {
    line: range.end.line,
    range,
    about: "events",
    text: isRejected ? `${count}, ${reason}` : count,
    count,
    verdict:
      explanation === undefined ? null : isRejected ? reason : isExclusion ? "does not exclude" : "holds",
    state: explanation === undefined ? "neutral" : isRejected ? "rejected" : "matched",
    hover: [
      fenced(text),
      `True of ${leaf.trueCount} of ${eventCount} events`,
      ...chosen,
      ...(values.length === 0 ? [] : [values.join("\n")]),
    ].join("\n\n"),
  };
}

function explainedLine({ verdict, reason }: Explanation): string {
  const holds = verdict === true ? "holds" : "does not hold";
  return `Of the chosen event it ${holds}${reason === undefined ? "" : `: ${reason}`}`;
}
