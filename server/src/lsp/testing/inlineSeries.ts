/** What became of a sequence or sample, step by step, to be shown beside its lines. */
import { parseTimestamp } from "../../core/engine/eql/timestamp.ts";
import { type Chain, type SequenceExplanation } from "../../core/engine/explainedSequence.ts";
import { renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { type Span, spanOf } from "../../core/text/span.ts";
import { type InlineClause, type TextRange } from "../protocol.ts";
import { queryPlaces } from "./places.ts";
import { type ReadyCase } from "./ruleTests.ts";
import { fenced } from "./runTests.ts";
import { type OneRule } from "./testService.ts";

export interface InlineSeries {
  readonly explanation: SequenceExplanation;
  readonly caseName: string;
}

/** An explanation looks at all events at once; a longer series is not explained while somebody types. */
const LONGEST_SERIES = 2000;

/** Of the chosen event's case, else of scratch events, else of the first case. */
export async function seriesOf(
  { prepared, cases, options }: OneRule,
  chosen: SampleEvent | undefined,
): Promise<InlineSeries | undefined> {
  if (!prepared.ok) return undefined;
  const eventsIn = ({ inputs }: ReadyCase): readonly SampleEvent[] => (inputs.ok ? inputs.value.events : []);
  const shown =
    (chosen && cases.find((one) => eventsIn(one).includes(chosen))) ??
    cases.find(({ testCase }) => testCase.expect === "events") ??
    cases[0];
  const events = shown === undefined ? [] : eventsIn(shown);
  if (shown === undefined || events.length === 0 || LONGEST_SERIES < events.length) return undefined;
  const explanation = await options.drive(prepared.value.explainSeries(events));
  return explanation && { explanation, caseName: shown.testCase.name };
}

/** In one line. */
export function seriesText(series: SequenceExplanation): string {
  if (series.outcome === "missed") return `nearest miss: ${series.misses[0]?.message ?? "no event"}`;
  return `${series.kind} found ${series.count === 1 ? "once" : `${series.count} times`}`;
}

/** The whole beside the line on which the query begins; then each step's event, and what kept the next one away. */
export function seriesClauses(
  { rule, prepared }: OneRule,
  { explanation, caseName }: InlineSeries,
): readonly InlineClause[] {
  const places = queryPlaces(rule);
  if (places === undefined || !prepared.ok) return [];
  const begin = prepared.value.query.search(/\S/);
  const clauseAt = (span: Span, text: string, state: InlineClause["state"]): InlineClause => {
    const range: TextRange = places(span);
    const told = { about: "series", text, count: text, verdict: null } as const;
    return { line: range.end.line, range, ...told, state, hover: "" };
  };
  const head =
    explanation.outcome === "matched" ? seriesText(explanation) : `no ${explanation.kind} is complete`;
  const whole: InlineClause = {
    ...clauseAt(spanOf(begin, begin), `${head} in ${caseName}`, "neutral"),
    hover: fenced(renderSequenceExplanation(explanation)),
  };
  const chain = explanation.outcome === "matched" ? explanation.chains.at(-1) : explanation.reached;
  const steps = chain === undefined ? [] : chainTexts(chain);
  const [miss] = explanation.outcome === "missed" ? explanation.misses : [];
  return [
    whole,
    ...steps.map(({ span, text }) => clauseAt(span, text, "matched")),
    ...(miss === undefined ? [] : [clauseAt(miss.span, miss.message, "rejected")]),
  ];
}

interface StepText {
  readonly span: Span;
  readonly text: string;
}

/** "line 3, 1.5 s after line 2". */
function chainTexts({ events }: Chain): readonly StepText[] {
  let before: { readonly line: number; readonly time: number | undefined } | undefined;
  return events.map(({ span, found }): StepText => {
    if (found === undefined) return { span, text: "missing, as it must be" };
    const time = parseTimestamp(found.time)?.milliseconds;
    const distance =
      before?.time === undefined || time === undefined
        ? ""
        : `, ${secondsText(time - before.time)} after line ${before.line}`;
    before = { line: found.line, time };
    return { span, text: `line ${found.line}${distance}` };
  });
}

function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1000).toLocaleString("en")} s`;
}
