/** Every EQL query of the public rules: formatting keeps its tree and comments, and a second time changes nothing. */
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { DEFAULT_LAYOUT, formatQuery } from "../../server/src/core/features/formatQuery.ts";
import { type Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { snapshot } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { commentTexts, shapeOf } from "../support/shape.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const WIDTHS = [DEFAULT_LAYOUT.width, 60];

export function* eqlFormatSuite(rules: readonly CorpusRule[]): Generator<SuiteOutcome> {
  const failures: SuiteFailure[] = [];
  let queryCount = 0;
  let changedCount = 0;
  let milliseconds = 0;
  let longest = 0;
  for (const { path, text } of rules) {
    const read = snapshot(text);
    const count = read.queries().filter(({ support }) => support.id === "eql").length;
    if (count === 0) continue;
    const started = performance.now();
    const isChanged = formattedText(read, DEFAULT_LAYOUT.width) !== text;
    const took = performance.now() - started;
    milliseconds += took;
    longest = Math.max(longest, took);
    queryCount += count;
    if (isChanged) changedCount++;
    const problem = WIDTHS.map((width) => problemOf(text, width)).find((one) => one !== undefined);
    if (problem !== undefined)
      failures.push({ index: queryCount, name: path, expected: "same query", got: problem });
  }
  const mean = milliseconds / Math.max(queryCount, 1);
  yield {
    suite: "corpus/eql-format",
    passed: queryCount - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [
      `${changedCount} of ${queryCount} queries would change, at widths ${WIDTHS.join(" and ")}`,
      `${mean.toFixed(2)} ms a query in the mean, ${longest.toFixed(0)} ms at most, reading what was written included`,
    ],
  };
}

function formattedText(read: Snapshot, width: number): string | undefined {
  const edits = [];
  for (const query of read.queries()) {
    const formatting = formatQuery(read, query, { ...DEFAULT_LAYOUT, width });
    if (formatting.kind === "left-alone") return undefined;
    if (formatting.kind === "formatted") edits.push(...formatting.edits);
  }
  return applyEdits(read.text, edits);
}

function problemOf(text: string, width: number): string | undefined {
  const before = snapshot(text);
  const changed = formattedText(before, width);
  if (changed === undefined) return `width ${width}: left alone`;
  const after = snapshot(changed);
  const isSame = before.queries().every(({ embedded }, i) => {
    const oldParse = parseEql(embedded.text);
    const newParse = parseEql(after.queries()[i]?.embedded.text ?? "");
    return (
      shapeOf(oldParse) === shapeOf(newParse) &&
      commentTexts(oldParse).join("\n") === commentTexts(newParse).join("\n")
    );
  });
  if (!isSame) return `width ${width}: another query`;
  return formattedText(after, width) === changed ? undefined : `width ${width}: changes again`;
}
