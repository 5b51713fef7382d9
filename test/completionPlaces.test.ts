/** Places in rules and queries, one a line, with the first items that are offered there. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { completionsIn } from "./support/complete.ts";
import { fixtureFolder, withCursor } from "./support/fixture.ts";

interface Place {
  readonly name: string;
  readonly text: string;
  readonly first: readonly string[];
}

interface Section {
  readonly name: string;
  readonly places: readonly Place[];
}

/**
 * `# name`, then the rule with a line `@` where the place goes, then one line for each place: the text with its cursor
 * `<|>`, `=>`, and the labels of the first items with ` · ` between; nothing behind `=>` means that nothing is offered.
 * `\n` in a place is a new line.
 */
function sectionsIn(file: string): readonly Section[] {
  const text = readFileSync(path.join(fixtureFolder, "completion", file), "utf8");
  return text
    .split(/^# /m)
    .slice(1)
    .map((section) => {
      const [name = "", ...rest] = section.split("\n");
      const base = rest
        .filter((line) => !line.includes(" =>"))
        .join("\n")
        .trim();
      const places = rest
        .filter((line) => line.includes(" =>"))
        .map((line): Place => {
          const [place = "", wanted = ""] = line.split(" =>");
          const first = wanted.split(" · ").map((one) => one.trim());
          const written = `${base}\n`.replace(/^@$/m, () => place.replaceAll("\\n", "\n"));
          return { name: place, text: written, first: first.filter((one) => one !== "") };
        });
      return { name, places };
    });
}

const files = globSync(["*.places"], { cwd: path.join(fixtureFolder, "completion") }).sort();
const sections = files.flatMap(sectionsIn);

test("there are enough places", () => {
  expect(sections.flatMap(({ places }) => places).length).toBeGreaterThanOrEqual(300);
});

describe.each(sections)("$name", ({ places }) => {
  test.each(places)("$name", ({ text: marked, first }) => {
    const { text, offset } = withCursor(marked);
    const labels = completionsIn(text, offset).map(({ label }) => label);
    expect(labels.slice(0, Math.max(first.length, 1))).toEqual(first);
  });
});
