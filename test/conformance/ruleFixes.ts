/** What fixes of errors leave behind. */
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { type Edit, type Fix, applyEdits } from "../../server/src/core/text/edit.ts";
import { type Span, spanOf } from "../../server/src/core/text/span.ts";

/** What is said of a text, in a file of another name if that is given. */
export type FixJudge = (text: string, renameTo: string | undefined) => readonly Diagnostic[];

/** Undefined if each fix removes its error, and for each error that has fixes one leaves none where it stood. */
export function fixProblems(
  text: string,
  errors: readonly Diagnostic[],
  judge: FixJudge,
): string | undefined {
  for (const error of errors) {
    const outcomes = error.fixes.map((fix) => outcomeOf(text, error, fix, judge));
    const problem =
      outcomes.find(({ kind }) => kind === "broken") ??
      (outcomes.some(({ kind }) => kind === "clean") ? undefined : outcomes[0]);
    if (problem !== undefined && problem.kind !== "clean") return `${error.check}: ${problem.text}`;
  }
  return undefined;
}

type Outcome =
  | { readonly kind: "clean" }
  /** `left`: another error stands there. `broken`: the same one does, or the edits are no edits. */
  | { readonly kind: "left" | "broken"; readonly text: string };

function outcomeOf(
  text: string,
  error: Diagnostic,
  { title, edits, renameTo }: Fix,
  judge: FixJudge,
): Outcome {
  const fixed = applyEdits(text, edits);
  if (fixed !== spliced(text, edits))
    return { kind: "broken", text: `the edits of "${title}" meet each other` };
  if (fixed === text && renameTo === undefined) return { kind: "broken", text: `"${title}" changes nothing` };
  const place = moved(error.span, edits);
  const left = judge(fixed, renameTo).filter(
    ({ severity, span }) => severity === "error" && span.start <= place.end && place.start <= span.end,
  );
  const same = left.find(({ check, message }) => check === error.check && message === error.message);
  if (same !== undefined) return { kind: "broken", text: `"${title}" leaves it` };
  // What could not be told before, because the value could not be read, has a fix of its own.
  const [other] = left.filter(({ fixes }) => !fixes.some((next) => leavesNothing(fixed, place, next, judge)));
  return other === undefined
    ? { kind: "clean" }
    : { kind: "left", text: `"${title}" leaves ${other.check}: ${other.message}` };
}

/** True if a second fix leaves no error in the place of the first. */
function leavesNothing(text: string, place: Span, { edits }: Fix, judge: FixJudge): boolean {
  const { start, end } = moved(place, edits);
  return !judge(applyEdits(text, edits), undefined).some(
    ({ severity, span }) => severity === "error" && span.start <= end && start <= span.end,
  );
}

/** The edits applied from the last one to the first, so that no offset moves. */
function spliced(text: string, edits: readonly Edit[]): string {
  const backwards = [...edits].reverse().sort((a, b) => b.span.start - a.span.start);
  return backwards.reduce(
    (result, { span, text: inserted }) => result.slice(0, span.start) + inserted + result.slice(span.end),
    text,
  );
}

/** Where a span is once the edits are applied; what they write in it or at its ends belongs to it. */
function moved(span: Span, edits: readonly Edit[]): Span {
  let [start, end] = [span.start, span.end];
  for (const edit of edits) {
    const growth = edit.text.length - (edit.span.end - edit.span.start);
    if (edit.span.end < span.start || (edit.span.end === span.start && edit.span.start < span.start))
      start += growth;
    if (edit.span.start <= span.end) end += growth;
  }
  return spanOf(start, Math.max(start, end));
}
