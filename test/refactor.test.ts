/** Refactorings against their fixtures. */
import { describe, expect, test } from "vitest";
import { type FixtureCase, fixturesIn } from "./support/fixture.ts";
import { refactored, refactoringsIn } from "./support/refactor.ts";

function blocks({ blocks: all }: FixtureCase, language: string): readonly string[] {
  return all.filter((one) => one.language === language).map(({ text }) => text);
}

/** Takes the cursor, or the two ends of what is selected, out of a text. */
function withRange(text: string): {
  readonly text: string;
  readonly range: { readonly start: number; readonly end: number };
} {
  const [before = "", ...others] = text.split("<|>");
  if (others.length === 0 || 2 < others.length) throw new Error("The block needs one or two cursors <|>");
  const end = others.length === 1 ? before.length : before.length + (others[0] ?? "").length;
  return { text: [before, ...others].join(""), range: { start: before.length, end } };
}

/** A line of `samples`: the values of one event, as JSON. */
function samplesOf(
  one: FixtureCase,
): ((fields: readonly string[]) => readonly (readonly string[])[]) | undefined {
  const lines = blocks(one, "samples").flatMap((text) => text.trimEnd().split("\n"));
  // Written by whoever wrote the fixture: an object of texts.
  const events = lines.map((line) => new Map(Object.entries(JSON.parse(line) as Record<string, string>)));
  if (events.length === 0) return undefined;
  return (fields) =>
    events
      .filter((event) => fields.every((field) => event.has(field)))
      .map((event) => fields.map((field) => event.get(field) ?? ""));
}

/**
 * A `toml` block with a cursor or a selection. `after`: its first line is a title, the others are the whole file
 * afterwards. `query`: the same with the query alone, without its quotes. `refused`: lines of a title and a reason with
 * `::` between. `file`: the name and the text of the new file. `has` and `lacks`: titles.
 */
describe.each(fixturesIn("refactor"))("refactor: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, range } = withRange(blocks(one, "toml")[0] ?? "");
    const found = refactoringsIn(text, range, { samples: samplesOf(one) });
    const titles = found.map(({ title }) => title);
    const named = (title: string) => {
      expect(titles).toContain(title);
      const refactoring = found.find((candidate) => candidate.title === title);
      if (refactoring === undefined) throw new Error("Not offered");
      return refactoring;
    };
    let said = 0;
    for (const wanted of blocks(one, "after")) {
      const [title = "", ...rest] = wanted.split("\n");
      expect(named(title).refusal).toBeUndefined();
      expect(refactored(text, named(title))).toBe(rest.join("\n"));
      said++;
    }
    for (const wanted of blocks(one, "query")) {
      const [title = "", ...rest] = wanted.split("\n");
      expect(named(title).refusal).toBeUndefined();
      const query = /query = '''\n([^]*?)'''/.exec(refactored(text, named(title)))?.[1];
      expect(query).toBe(rest.join("\n"));
      said++;
    }
    for (const wanted of blocks(one, "file")) {
      const [name = "", ...rest] = wanted.split("\n");
      const { newFile } = found.find((candidate) => candidate.newFile !== undefined) ?? {};
      expect(newFile).toEqual({ name, text: rest.join("\n") });
    }
    for (const line of blocks(one, "refused").flatMap((wanted) => wanted.trimEnd().split("\n"))) {
      const [title = "", reason] = line.split(" :: ");
      expect(named(title)).toMatchObject({ edits: [], refusal: reason });
      said++;
    }
    for (const title of blocks(one, "has").flatMap((wanted) => wanted.trimEnd().split("\n"))) {
      expect(titles).toContain(title);
      said++;
    }
    for (const title of blocks(one, "lacks").flatMap((wanted) => wanted.trimEnd().split("\n"))) {
      expect(titles).not.toContain(title);
      said++;
    }
    expect(said, "the fixture says something").toBeGreaterThan(0);
  });
});
