/** Refactorings as tests ask for them, and what they make of a file. */
import {
  type Refactoring,
  type RefactoringSources,
} from "../../server/src/core/features/refactor/refactoring.ts";
import { refactoringsAt } from "../../server/src/core/features/refactor/refactorings.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { plainText } from "../../server/src/core/text/snippet.ts";
import { type Span } from "../../server/src/core/text/span.ts";
import { snapshot } from "./analyse.ts";
import { finished } from "./finished.ts";

const SOURCES: RefactoringSources = {
  freshId: "0b0a7f2e-5a3c-4d5e-8f60-112233445566",
  today: "2026/08/01",
  fileName: "one.toml",
  samples: undefined,
};

export function refactoringsIn(
  text: string,
  range: Span,
  own: Partial<RefactoringSources> = {},
): readonly Refactoring[] {
  return finished(refactoringsAt(snapshot(text), range, { ...SOURCES, ...own }));
}

/** Those of every so many places of a text between two offsets. */
export function* refactoringsAlong(text: string, { start, end }: Span, step: number): Generator<Refactoring> {
  const own = snapshot(text);
  for (let offset = start; offset < end; offset += step)
    yield* finished(refactoringsAt(own, { start: offset, end: offset }, SOURCES));
}

/** The file afterwards, with the first choice at each place that is left to the author. */
export function refactored(text: string, { edits }: Refactoring): string {
  const plain = edits.map(({ span, snippet }) => ({ span, text: plainText(snippet) }));
  const sorted = plain.toSorted((a, b) => a.span.start - b.span.start);
  sorted.forEach(({ span }, i) => {
    if (span.start < (sorted[i - 1]?.span.end ?? 0)) throw new Error("Two edits overlap");
  });
  return applyEdits(text, sorted);
}
