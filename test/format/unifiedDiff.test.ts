/** A diff says what the edits do: whoever applies it has what they make of the text. */
import { expect, test } from "vitest";
import { unifiedDiff } from "../../server/src/cli/format/unifiedDiff.ts";
import { type Edit, applyEdits } from "../../server/src/core/text/edit.ts";
import { formattedRule } from "../support/format.ts";
import { seededRandom } from "../support/random.ts";
import { randomRule } from "./randomRule.ts";

const RULES = 200;

function edit(start: number, end: number, text: string): Edit {
  return { span: { start, end }, text };
}

const TEN = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";

const CASES = [
  {
    name: "three lines stand around a change",
    text: TEN,
    edits: [edit(10, 11, "x")],
    hunks: "@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n",
  },
  {
    name: "changes far apart have hunks of their own, and lines move on",
    text: TEN,
    edits: [edit(0, 0, "new\n"), edit(18, 20, "")],
    hunks: "@@ -1,3 +1,4 @@\n+new\n 0\n 1\n 2\n@@ -7,4 +8,3 @@\n 6\n 7\n 8\n-9\n",
  },
  {
    name: "changes near each other share a hunk",
    text: TEN,
    edits: [edit(4, 5, "x"), edit(14, 15, "y")],
    hunks: "@@ -1,10 +1,10 @@\n 0\n 1\n-2\n+x\n 3\n 4\n 5\n 6\n-7\n+y\n 8\n 9\n",
  },
  {
    name: "a line end that is missing is told",
    text: "0\n1",
    edits: [edit(3, 3, "\n")],
    hunks: "@@ -1,2 +1,2 @@\n 0\n-1\n\\ No newline at end of file\n+1\n",
  },
  { name: "a text may begin as nothing", text: "", edits: [edit(0, 0, "x\n")], hunks: "@@ -0,0 +1 @@\n+x\n" },
] as const;

test.each(CASES)("$name", ({ text, edits, hunks }) => {
  expect(unifiedDiff("x.toml", text, edits)).toBe(`--- x.toml\n+++ x.toml\n${hunks}`);
});

test("nothing is shown where nothing differs", () => {
  expect(unifiedDiff("x.toml", TEN, [])).toBe("");
});

test(`the diffs of ${RULES} random rules make what formatting makes`, () => {
  for (let seed = 0; seed < RULES; seed++) {
    const text = randomRule(seededRandom(seed));
    const formatted = formattedRule(text);
    const edits = "refused" in formatted ? [] : formatted.edits;
    expect(edits.length, `seed ${seed}`).toBeGreaterThan(0);
    expect(patched(text, unifiedDiff("x.toml", text, edits)), `seed ${seed}`).toBe(applyEdits(text, edits));
  }
});

/** The text with the diff applied; lines that are not as it says fail the test. */
function patched(text: string, diff: string): string {
  const lines = text.split(/(?<=\n)/);
  const made: string[] = [];
  let reached = 0;
  const shown = diff
    .replace(/\n\\ No newline at end of file\n/g, "\0\n")
    .split(/(?<=\n)/)
    .slice(2);
  for (const line of shown) {
    const content = line.slice(1).replace("\0\n", "");
    const place = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (place !== null) {
      const start = Number(place[1]) - (place[2] === "0" ? 0 : 1);
      made.push(...lines.slice(reached, start));
      reached = start;
    } else if (line.startsWith("+")) {
      made.push(content);
    } else {
      expect(lines[reached]).toBe(content);
      reached++;
      if (line.startsWith(" ")) made.push(content);
    }
  }
  return [...made, ...lines.slice(reached)].join("");
}
