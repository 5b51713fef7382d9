/** Completion against its fixtures, and every choice accepted in turn: what comes out must still be TOML. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { type FixtureCase, fixturesIn, root, withCursor } from "./support/fixture.ts";
import { accepted, completionsIn, problemsOf } from "./support/complete.ts";
import { corpusRules, rulesFolder } from "./support/corpus.ts";
import { seededRandom } from "./support/random.ts";

function block(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((candidate) => candidate.language === language)?.text;
}

function lines(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.trimEnd().split("\n");
}

const fixtures = fixturesIn("completion");

/**
 * A `toml` block with a cursor. `first`: the labels of the first items, in order. `has` and `lacks`: labels anywhere.
 * `accepted`: its first line is a label, the others are what accepting that item makes of the file. `nothing`: no item.
 * `typed`: the character that made the editor ask. `schemas`: what a checkout would give. `seen`: values that sample
 * events have for every field. `workspace`: fields that other rules read. `tags` and
 * `rules`: what other rules have as tags, and their ids and names. `told`: the client calls the file a rule.
 */
describe.each(fixtures)("completion: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    const items = completionsIn(text, offset, {
      typed: block(one, "typed")?.trimEnd(),
      schemas: block(one, "schemas"),
      seen: lines(block(one, "seen")),
      workspace: lines(block(one, "workspace")),
      tags: lines(block(one, "tags")),
      rules: lines(block(one, "rules")),
      isToldRule: block(one, "told") !== undefined,
    });
    const labels = items.map(({ label }) => label);
    const first = lines(block(one, "first"));
    expect(labels.slice(0, first.length)).toEqual(first);
    for (const label of lines(block(one, "has"))) expect(labels).toContain(label);
    for (const label of lines(block(one, "lacks"))) expect(labels).not.toContain(label);
    if (block(one, "nothing") !== undefined) expect(labels).toEqual([]);
    for (const { language, text: wanted } of one.blocks) {
      if (language !== "accepted") continue;
      const [label = "", ...rest] = wanted.split("\n");
      const item = items.find((candidate) => candidate.label === label);
      expect(labels).toContain(label);
      expect(item && accepted(text, item)).toBe(rest.join("\n"));
    }
  });
});

const FIRST_ITEMS = 12;
/** In each of the sample rules. */
const PLACES = 25;
const MOST_TRIES = 1000;

/** Accepting an item adds no problem of TOML, wherever the cursor is. */
function expectSound(text: string, offset: number, most = FIRST_ITEMS): number {
  const before = problemsOf(text);
  const items = completionsIn(text, offset).slice(0, most);
  for (const item of items) {
    const { start, end } = item.span;
    expect(start <= offset && offset <= end, `${item.label} replaces what the cursor is in`).toBe(true);
    expect(text.slice(start, end), `${item.label} stays on its line`).not.toContain("\n");
    const after = accepted(text, item);
    expect(problemsOf(after), `${item.label} at ${offset} makes\n${after}`).toBeLessThanOrEqual(before);
  }
  return items.length;
}

describe("every item can be accepted", () => {
  const places = fixtures.flatMap(({ id, cases }) => cases.map((one) => ({ id, one })));
  test.each(places)("$id: $one.name", ({ one }) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    expectSound(text, offset);
  });

  const rules = globSync(["rules/**/*.toml"], { cwd: root }).sort();
  test.each(rules)(`at ${PLACES} places of %s where something is offered`, (file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    const random = seededRandom(text.length);
    let offered = 0;
    for (let tries = 0; tries < MOST_TRIES && offered < PLACES; tries++) {
      const offset = random.below(text.length);
      if (0 < expectSound(text, offset)) offered++;
      // What follows on the line is not written yet, unless that leaves other lines without their quotes or brackets.
      const rest = /^[^\n]*/.exec(text.slice(offset))?.[0] ?? "";
      if (/"""|'''|[[\]]/.test(rest)) continue;
      if (0 < expectSound(text.slice(0, offset) + text.slice(offset + rest.length), offset)) offered++;
    }
    expect(offered).toBeGreaterThanOrEqual(PLACES);
  });
});

const folder = rulesFolder();
const PUBLIC_PLACES = 200;

test.skipIf(folder === undefined)(
  `all items at ${PUBLIC_PLACES} places of public rules can be accepted`,
  () => {
    const rules = corpusRules(folder ?? "");
    const random = seededRandom(PUBLIC_PLACES);
    let places = 0;
    for (let tries = 0; tries < 20 * PUBLIC_PLACES && places < PUBLIC_PLACES; tries++) {
      const text = rules[random.below(rules.length)]?.text ?? "";
      const offset = random.below(text.length);
      if (0 < expectSound(text, offset, Infinity)) places++;
    }
    expect(places).toBe(PUBLIC_PLACES);
  },
  120_000,
);

const JUNK = [
  '"',
  "'",
  "'''",
  '"""',
  "[",
  "]",
  "[[",
  "{",
  "(",
  ")",
  "#",
  "=",
  "\\",
  "\n",
  ".",
  ":",
  "|",
  "?",
  "`",
  "é😀",
];

test("half-written files have no place that breaks it", () => {
  const texts = globSync(["rules/**/*.toml"], { cwd: root })
    .sort()
    .map((file) => readFileSync(path.join(root, file), "utf8"));
  const random = seededRandom(17);
  for (let i = 0; i < 600; i++) {
    let text = texts[random.below(texts.length)] ?? "";
    for (let edits = 1 + random.below(4); 0 < edits; edits--) {
      const at = random.below(text.length);
      const cut = random.below(3) === 0 ? random.below(60) : 0;
      text = text.slice(0, at) + (JUNK[random.below(JUNK.length)] ?? "") + text.slice(at + cut);
    }
    const offset = random.below(text.length + 1);
    for (const item of completionsIn(text, offset)) {
      const { start, end } = item.span;
      expect(start <= offset && offset <= end && !/[\r\n]/.test(text.slice(start, end)), item.label).toBe(
        true,
      );
      accepted(text, item);
    }
  }
});

test("nothing is offered that would replace more than a line", () => {
  const [start, end] = ['[rule]\ntype = "eql"\n[[rule.threat]]\n[rule.threat.tactic]\nid = "T', '"\n'];
  expect(completionsIn(`${start}A${end}`, start.length)).not.toEqual([]);
  expect(completionsIn(`${start}\rA${end}`, start.length)).toEqual([]);
});
