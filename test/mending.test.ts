/** What mends or allows findings, tried on every finding of every fixture of the checks. */
import { describe, expect, test } from "vitest";
import { type Diagnostic } from "../server/src/core/analysis/diagnostic.ts";
import { type FixOutcome, fixAll } from "../server/src/core/analysis/fixAll.ts";
import { allowComment } from "../server/src/core/features/allowComment.ts";
import { applyEdits, editBetween } from "../server/src/core/text/edit.ts";
import { CUSTOM, ELASTIC, diagnose, knowledgeWith, snapshot } from "./support/analyse.ts";
import { placeOfCase } from "./support/authoredPlace.ts";
import { type FixtureCase, fixturesIn, unmarked } from "./support/fixture.ts";

interface Subject {
  readonly text: string;
  readonly diagnosed: (text: string) => readonly Diagnostic[];
  readonly snapshotOf: (text: string) => ReturnType<typeof snapshot>;
}

function subjectOf(one: FixtureCase): Subject {
  const blockOf = (language: string): string | undefined =>
    one.blocks.find((block) => block.language === language)?.text;
  const { text } = unmarked(blockOf("toml") ?? "");
  const config = one.name.endsWith("(custom)") ? CUSTOM : ELASTIC;
  const [known, place] = [knowledgeWith(blockOf("schemas")), placeOfCase(one)];
  return {
    text,
    diagnosed: (changed) => diagnose(changed, config, known, place),
    snapshotOf: (changed) => snapshot(changed, config, known, place),
  };
}

const fixtures = fixturesIn("checks");

/** Findings that no comment can cover: those of comments, and what stands before or between all tables. */
function canBeAllowed({ check }: Diagnostic): boolean {
  return !check.startsWith("allow/");
}

function countOf(diagnostics: readonly Diagnostic[], { check, message }: Diagnostic): number {
  return diagnostics.filter((one) => one.check === check && one.message === message).length;
}

let allowedCount = 0;

describe.each(fixtures)("the comment that allows findings of $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, diagnosed, snapshotOf } = subjectOf(one);
    const found = diagnosed(text);
    for (const diagnostic of found.filter(canBeAllowed)) {
      const edit = allowComment(snapshotOf(text), diagnostic);
      if (edit === undefined) continue;
      allowedCount++;
      const after = diagnosed(applyEdits(text, [edit]));
      const why = `${diagnostic.check} at ${diagnostic.span.start}`;
      expect(countOf(after, diagnostic), why).toBeLessThan(countOf(found, diagnostic));
      const unused = ({ check }: Diagnostic): boolean => check === "allow/unused";
      expect(after.filter(unused).length, why).toBeLessThanOrEqual(found.filter(unused).length);
    }
  });
});

test("nearly all findings can be allowed", () => {
  expect(allowedCount).toBeGreaterThan(600);
});

function fixed({ text, diagnosed }: Subject): FixOutcome {
  const work = fixAll(text, function* (changed) {
    yield;
    return diagnosed(changed);
  });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

describe.each(fixtures)("all safe fixes of $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const subject = subjectOf(one);
    const { text, diagnosed } = subject;
    const errors = (changed: string): number =>
      diagnosed(changed).filter(({ severity }) => severity === "error").length;
    const outcome = fixed(subject);
    expect(errors(outcome.text)).toBeLessThanOrEqual(errors(text));
    expect(outcome.fixed.length === 0).toBe(outcome.text === text);
    expect(fixed({ ...subject, text: outcome.text }).text, "a second run").toBe(outcome.text);
    const edit = editBetween(text, outcome.text);
    expect(applyEdits(text, edit === undefined ? [] : [edit])).toBe(outcome.text);
  });
});

test.each([
  ["line ends of Windows among others", "a\r\nb", "a\nb", { span: { start: 1, end: 3 }, text: "\n" }],
  ["a line end of Windows for another", "a\nb", "a\r\nb", { span: { start: 1, end: 2 }, text: "\r\n" }],
  ["characters with the same first half", "😀", "😁", { span: { start: 0, end: 2 }, text: "😁" }],
  [
    "characters with the same second half",
    "\u{1F600}",
    "\u{1FA00}",
    { span: { start: 0, end: 2 }, text: "\u{1FA00}" },
  ],
  ["one more of the same", "a\r\n", "a\r\n\r\n", { span: { start: 3, end: 3 }, text: "\r\n" }],
  ["the same", "a", "a", undefined],
])("an edit takes no character apart: %s", (_what, before, after, edit) => {
  expect(editBetween(before, after)).toEqual(edit);
  expect(applyEdits(before, edit === undefined ? [] : [edit])).toBe(after);
});
