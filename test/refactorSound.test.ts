/** Whatever is refactored, what comes out is sound; and no half-written file has a place that breaks it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { type Snapshot } from "../server/src/core/analysis/snapshot.ts";
import { snapshot } from "./support/analyse.ts";
import { problemsOf } from "./support/complete.ts";
import { root } from "./support/fixture.ts";
import { seededRandom } from "./support/random.ts";
import { refactored, refactoringsAlong } from "./support/refactor.ts";

const texts = globSync(["rules/**/*.toml"], { cwd: root })
  .sort()
  .map((file) => [file, readFileSync(path.join(root, file), "utf8")] as const);

function errorCount(own: Snapshot): number {
  return own.queries().reduce((sum, { parse }) => sum + parse.errors.length, 0);
}

const STEP = 9;

test.each(texts)("every refactoring of %s leaves a sound file", (_file, text) => {
  const before = errorCount(snapshot(text));
  const seen = new Set<string>();
  for (const refactoring of refactoringsAlong(text, { start: 0, end: text.length }, STEP)) {
    const { title, refusal, edits, newFile } = refactoring;
    if (refusal !== undefined) {
      expect([edits.length, refusal.endsWith(".")], title).toEqual([0, false]);
      continue;
    }
    const after = refactored(text, refactoring);
    if (seen.has(after)) continue;
    seen.add(after);
    for (const written of [after, ...(newFile === undefined ? [] : [newFile.text])]) {
      expect(problemsOf(written), `${title}\n${written}`).toBe(0);
      expect(errorCount(snapshot(written)), `${title}\n${written}`).toBeLessThanOrEqual(before);
    }
  }
  expect(seen.size).toBeGreaterThan(5);
});

const JUNK = [
  '"',
  "'",
  "'''",
  '"""',
  "[",
  "]",
  "{",
  "(",
  ")",
  "#",
  "=",
  "\\",
  "\n",
  "\r\n",
  " or ",
  " and ",
  "not ",
  ",",
];
const BROKEN = 150;

test("half-written files have no place that breaks it", () => {
  const random = seededRandom(23);
  let offered = 0;
  for (let i = 0; i < BROKEN; i++) {
    let [, text] = texts[random.below(texts.length)] ?? ["", ""];
    for (let edits = 1 + random.below(4); 0 < edits; edits--) {
      const at = random.below(text.length);
      const cut = random.below(3) === 0 ? random.below(60) : 0;
      text = text.slice(0, at) + (JUNK[random.below(JUNK.length)] ?? "") + text.slice(at + cut);
    }
    for (const refactoring of refactoringsAlong(text, { start: 0, end: text.length + 1 }, 37)) {
      refactored(text, refactoring);
      offered++;
    }
  }
  expect(offered).toBeGreaterThan(BROKEN);
});
