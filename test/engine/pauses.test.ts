/** Work can be stopped within 50 ms, whatever the query and the events: between two yields there is never more. */
import { describe, expect, test } from "vitest";
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { defaultEqlOptions, runEql } from "../../server/src/core/engine/eql/run.ts";
import { streamEql } from "../../server/src/core/engine/eql/stream.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { seededRandom } from "../support/random.ts";
import { exhausted } from "./exhausted.ts";

const LONGEST_PAUSE = 50;

interface Case {
  readonly name: string;
  readonly query: string;
  readonly count: number;
  readonly documentAt: (i: number) => JsonObject;
}

const many = Array.from({ length: 10_000 }, (_item, i) => i);
const list = (write: (i: number) => string): string => `(${many.map(write).join(", ")})`;
const toolNamed = (i: number): JsonObject => ({ name: `C:\\tools\\Tool-${i}.exe`, pid: i });

/** Texts of 100,000 characters: of chance, and of one thing over and over. */
const LONG_TEXTS: readonly string[] = [
  chanceText("abc"),
  chanceText("ab"),
  "ab".repeat(50_000),
  "abcdefghij".repeat(10_000),
  "a".repeat(100_000),
  "Ä".repeat(100_000),
];

function chanceText(letters: string): string {
  const random = seededRandom(5);
  return Array.from({ length: 100_000 }, () => letters[random.below(letters.length)]).join("");
}

const longTexts = { count: 30, documentAt: (i: number) => ({ name: LONG_TEXTS[i % LONG_TEXTS.length] }) };

/** Each of about 10 kB. */
const LONG_REGEXES: Readonly<Record<string, string>> = {
  letters: "abcdefghij".repeat(1000),
  groups: "(a|b)*c?".repeat(1250),
  "open ends": `.*${"a.*b.*".repeat(1600)}z`,
  "large repetitions": ".*a.{1,9000}b.{1,9000}x",
  "optional letters": "(a?){5000}b",
  "alternatives that each are many states": `${"(.*a[ab]{20}x)|".repeat(660)}q`,
  "alternatives that begin alike": Array.from({ length: 900 }, (_one, i) => `abcde${i}x`).join("|"),
  "characters of all kinds": `[${Array.from({ length: 9000 }, (_one, i) => String.fromCodePoint(0x4e00 + 2 * i)).join("")}]*`,
  ranges: "[a-\uffff]".repeat(2000),
  parentheses: `${"(".repeat(190)}${"a*".repeat(4800)}${")*".repeat(190)}`,
};

const CASES: readonly Case[] = [
  ...Object.entries(LONG_REGEXES).map(([name, regex]) => ({
    name: `10 kB of a regular expression on 100 kB: ${name}`,
    query: `any where name regex~ """${regex}"""`,
    ...longTexts,
  })),
  { name: "wildcards for one character", query: `any where name : "*${"a?".repeat(4000)}z*"`, ...longTexts },
  { name: "10,000 patterns", query: `any where name : ${list((i) => `"*l-?${i}.*"`)}`, ...longTexts },
  {
    name: "10,000 patterns that begin alike",
    query: `any where name : ${list((i) => `"*${"a".repeat(1 + (i % 200))}b*${i}*"`)}`,
    ...longTexts,
  },
  {
    name: "10,000 texts in a list",
    query: `any where name : ${list((i) => `"tool-${i}.exe"`)}`,
    count: 20_000,
    documentAt: toolNamed,
  },
  {
    name: "10,000 texts with `in`",
    query: `any where name in ${list((i) => `"tool-${i}.exe"`)}`,
    count: 20_000,
    documentAt: toolNamed,
  },
  {
    name: "10,000 patterns at the end",
    query: `any where name : ${list((i) => `"*\\\\tool-${i}.exe"`)}`,
    count: 20_000,
    documentAt: toolNamed,
  },
  {
    name: "10,000 alternatives",
    query: `any where ${many.map((i) => `pid == ${i}`).join(" or ")}`,
    count: 2000,
    documentAt: () => ({ pid: -1 }),
  },
  {
    name: "10,000 terms of a sum",
    query: `any where ${many.map(() => "pid").join(" + ")} == 1`,
    count: 500,
    documentAt: toolNamed,
  },
  {
    name: "200 parentheses",
    query: `any where ${"(".repeat(200)}pid == 1${")".repeat(200)}`,
    count: 20_000,
    documentAt: toolNamed,
  },
  {
    name: "very many combinations of values",
    query: `any where concat(list, list) == "x" or concat(list, "y", list) == "x" or list + list == 0.5`,
    count: 20,
    documentAt: (i) => ({ list: many.slice(0, 50 * i) }),
  },
  {
    name: "very many combinations of keys",
    query: "sequence by list, other [any where true] with runs=3 [any where true]",
    count: 20,
    documentAt: (i) => ({ list: many.slice(0, 10 * i), other: many.slice(0, 10 * i) }),
  },
  {
    name: "an end at every event",
    query:
      "sequence by k with maxspan=1h [any where true] with runs=3 [any where true] until [any where true]",
    count: 300_000,
    documentAt: (i) => ({ k: `key ${i % 1000}` }),
  },
  {
    name: "a million open sequences",
    query: "sequence by k [any where true] [any where false] [any where false]",
    count: 1_000_000,
    documentAt: (i) => ({ k: `key ${i}` }),
  },
];

const NAMED_CASES = CASES.map((one) => [one.name, one] as const);

function* eventsOf({ count, documentAt }: Case): Generator<EventRecord> {
  for (let i = 0; i < count; i++) yield { line: i + 1, document: { "@timestamp": i, ...documentAt(i) } };
}

/** How long each step took, in milliseconds. */
function pausesOf(work: Generator<undefined, unknown>): readonly number[] {
  const pauses: number[] = [];
  for (let isDone = false; !isDone;) {
    const started = now();
    isDone = work.next().done === true;
    pauses.push(now() - started);
  }
  return pauses;
}

/** Of what this thread does, where Node can tell it from what other processes do meanwhile. */
function now(): number {
  if (!("threadCpuUsage" in process)) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * The same steps are measured twice if one was too long: the garbage collector, which may make any step long, comes in
 * the way of others the second time.
 */
function longestPause(work: () => Generator<undefined, unknown>): number {
  const pauses = pausesOf(work());
  const longest = pauses.reduce((most, one) => Math.max(most, one), 0);
  if (longest < LONGEST_PAUSE) return longest;
  const again = pausesOf(work());
  return pauses.reduce((most, one, i) => Math.max(most, Math.min(one, again[i] ?? Infinity)), 0);
}

describe("no step takes long", () => {
  test.each(NAMED_CASES)("of %s, piece by piece", { timeout: 60_000 }, (_name, one) => {
    const { ast, errors } = parseEql(one.query);
    expect(errors).toEqual([]);
    const longest = longestPause(() => {
      const stream = streamEql(ast, defaultEqlOptions);
      if (!stream.ok) throw new Error(stream.error.feature);
      return stream.value.step(eventsOf(one));
    });
    expect(longest).toBeLessThan(LONGEST_PAUSE);
  });

  test.each(NAMED_CASES)("of %s, in memory", { timeout: 60_000 }, (_name, one) => {
    const { ast } = parseEql(one.query);
    const events = [...eventsOf(one)];
    expect(longestPause(() => runEql(ast, events, defaultEqlOptions))).toBeLessThan(LONGEST_PAUSE);
  });
});

test("work that is stopped does nothing more", () => {
  const { ast } = parseEql("any where true");
  let asked = 0;
  function* counted(): Generator<EventRecord> {
    for (;;) yield { line: ++asked, document: {} };
  }
  const work = runEql(ast, counted(), defaultEqlOptions);
  for (let i = 0; i < 10; i++) work.next();
  const before = asked;
  expect(before).toBeGreaterThan(100);
  expect(work.return({ ok: false, error: { kind: "unsupported", feature: "", span: ast.span } }).done).toBe(
    true,
  );
  expect(asked).toBe(before);
});

describe("what is too much for one event is unsupported, never an answer", () => {
  const { ast } = parseEql(`any where not name regex """${LONG_REGEXES["large repetitions"] ?? ""}"""`);
  const events = [...eventsOf({ name: "", query: "", ...longTexts })];
  const feature = "a regular expression on so long a text";

  test("in memory", () => {
    const outcome = exhausted(runEql(ast, events, defaultEqlOptions));
    expect(outcome.ok ? "an answer" : outcome.error.feature).toBe(feature);
  });

  test("piece by piece", () => {
    const stream = streamEql(ast, defaultEqlOptions);
    if (!stream.ok) throw new Error(stream.error.feature);
    expect(stream.value.refusal()).toBeUndefined();
    exhausted(stream.value.step(events));
    expect(stream.value.refusal()?.feature).toBe(feature);
  });
});
