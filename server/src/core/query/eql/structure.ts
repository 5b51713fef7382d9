import { type Span, spanOf } from "../../text/span.ts";
import { type SyntaxErrors } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import {
  type EqlBody,
  type EqlPipe,
  type EqlQuery,
  type EqlSample,
  type EqlSequence,
  type EqlStep,
} from "./ast.ts";
import { checkPipe } from "./pipes.ts";

/**
 * What the language asks of a query beyond its grammar, as far as no field types are needed. Of one that is still
 * being typed, so that its last word is wrong, the number of events and keys tells nothing yet.
 */
export function checkStructure(query: EqlQuery, isHalfTyped: boolean, errors: SyntaxErrors): void {
  if (!isHalfTyped || query.body.kind === "join") checkBody(query.body, errors);
  const [first] = query.pipes;
  if (query.body.kind === "sample" && first !== undefined) return refusePipes(query, first, errors);
  query.pipes.forEach((pipe, i) => {
    checkPipe(pipe, query.pipes[i + 1]?.span.start ?? query.span.end, errors);
  });
}

function refusePipes({ body, span: whole }: EqlQuery, { span }: EqlPipe, errors: SyntaxErrors): void {
  const pipes = spanOf(span.start, whole.end);
  const removal = asGuess(replaceWith(spanOf(body.span.end, whole.end), "", "Remove it"));
  errors.reportRoot(spanOf(span.start, span.start + 1), pipes, "A sample takes no pipes", [removal]);
}

function checkBody(body: EqlBody, errors: SyntaxErrors): void {
  switch (body.kind) {
    case "event":
      return;
    case "join":
      return errors.report(body.keywordSpan, "`join` is not supported: use `sequence` or `sample`");
    case "sample":
      return checkSample(body, errors);
    case "sequence":
      return checkSequence(body, errors);
  }
}

function checkSequence(sequence: EqlSequence, errors: SyntaxErrors): void {
  if (isUnfinished(sequence)) return;
  checkCount(sequence, "sequence", errors);
  checkKeyCounts(sequence, sequence.until?.step, errors);
  const { steps, until, maxspan, keywordSpan } = sequence;
  const missing = steps.find((step) => step.missing);
  if (missing !== undefined && maxspan === undefined) {
    errors.report(missing.openSpan, "A missing event needs `with maxspan` on the sequence");
  }
  if (steps.length > 0 && steps.every((step) => step.missing)) {
    errors.report(placeOf(keywordSpan, steps), "A sequence needs at least one event that occurs");
  }
  if (until?.step?.missing === true) {
    const span = until.step.openSpan;
    errors.report(span, "`until` takes an event that occurs: [ and not ![", [
      replaceWith(span, "[", "Write ["),
    ]);
  }
}

function checkSample(sample: EqlSample, errors: SyntaxErrors): void {
  for (const step of sample.steps) {
    if (step.missing)
      errors.report(step.openSpan, "A sample takes no missing events", [
        asGuess(replaceWith(step.openSpan, "[", "Write [")),
      ]);
    if (step.runs !== undefined) errors.report(step.runs.span, "A sample takes no `runs`");
  }
  if (isUnfinished(sample)) return;
  checkCount(sample, "sample", errors);
  checkKeyCounts(sample, undefined, errors);
  const hasKeys = sample.by !== undefined || sample.steps.some((step) => step.by !== undefined);
  if (!hasKeys) {
    const fix = asGuess(insertAt(sample.keywordSpan.end, " by host.id", "Insert `by host.id`"));
    errors.report(
      placeOf(sample.keywordSpan, sample.steps),
      "A sample needs at least one key: `by` and a field",
      [fix],
    );
  }
}

/** Half typed: the number of events and keys tells nothing yet. */
function isUnfinished(series: EqlSequence | EqlSample): boolean {
  return series.steps.some((step) => step.closeSpan === undefined || isEmptySpan(step.openSpan));
}

function checkCount(series: EqlSequence | EqlSample, name: string, errors: SyntaxErrors): void {
  const count = series.steps.reduce((sum, { runs }) => sum + (runs === undefined ? 1 : (runs.count ?? 2)), 0);
  if (2 <= count) return;
  if (series.steps.length === 0) {
    const end = spanOf(series.span.end, series.span.end);
    return errors.reportGap(end, end, `Expected at least two events in brackets: this ${name} has none`);
  }
  errors.report(placeOf(series.keywordSpan, series.steps), `A ${name} needs at least two events`);
}

/** Keys are compared by position, so every event must have as many as the first one. */
function checkKeyCounts(
  series: EqlSequence | EqlSample,
  until: EqlStep | undefined,
  errors: SyntaxErrors,
): void {
  const [first, ...others] = [...series.steps, ...(until === undefined ? [] : [until])];
  if (first === undefined) return;
  const expected = keyCount(first);
  for (const step of others) {
    const found = keyCount(step);
    if (found === expected) continue;
    const span = step.by?.span ?? step.closeSpan ?? step.openSpan;
    errors.report(
      span,
      `Expected ${keys(expected)} after this event, as many as after the first one, not ${found}`,
    );
  }
}

function keyCount(step: EqlStep): number {
  // Keys without a comma between them stand in one node.
  const counts = (step.by?.keys ?? []).map((key) => (key.kind === "and" ? key.operands.length : 1));
  return counts.reduce((sum, count) => sum + count, 0);
}

function keys(count: number): string {
  if (count === 0) return "no keys";
  return count === 1 ? "one key" : `${count} keys`;
}

/** The keyword; where it was left out, that of the first event. */
function placeOf(keywordSpan: Span, steps: readonly EqlStep[]): Span {
  return isEmptySpan(keywordSpan) ? (steps[0]?.openSpan ?? keywordSpan) : keywordSpan;
}

function isEmptySpan(span: Span): boolean {
  return span.start === span.end;
}
