/** What the lints of EQL say, against all the texts, values and events there are in a small world. */
import { expect, test } from "vitest";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { alwaysTrue } from "../../server/src/core/checks/query/always-true.ts";
import { contradiction } from "../../server/src/core/checks/query/contradiction.ts";
import { deadExclusion } from "../../server/src/core/checks/query/dead-exclusion.ts";
import { duplicateClause } from "../../server/src/core/checks/query/duplicate-clause.ts";
import { parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { constantOf } from "../../server/src/core/query/eql/constants.ts";
import { covers, type Glob, globOf, overlaps } from "../../server/src/core/query/eql/glob.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { CUSTOM, knowledge } from "../support/analyse.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { matchesGlob, type SmallEvent, smallEvents, smallHolds } from "./smallWorld.ts";

const SEED = 20_250_117;

const LETTERS = ["a", "b", "A", "*", "?", "*", "?"] as const;

function randomPattern(random: Random): string {
  return Array.from({ length: random.below(5) }, () => random.pick(LETTERS)).join("");
}

/** Every text of up to seven letters; `-` stands in no pattern. */
const TEXTS: readonly string[] = Array.from({ length: 7 }).reduce<string[]>(
  (texts) => ["", ...texts.flatMap((text) => [`a${text}`, `b${text}`, `-${text}`])],
  [""],
);

test("patterns cover and overlap each other as the texts they match do", () => {
  const random = seededRandom(SEED);
  const texts = [...new Set(TEXTS)];
  const matched = new Map<string, ReadonlySet<string>>();
  const textsOf = (pattern: string): ReadonlySet<string> => {
    const known = matched.get(pattern) ?? new Set(texts.filter((text) => matchesGlob(pattern, text, true)));
    matched.set(pattern, known);
    return known;
  };
  for (let i = 0; i < 2500; i++) {
    const [one, other] = [randomPattern(random).toLowerCase(), randomPattern(random).toLowerCase()];
    const glob = (text: string): Glob => globOf(text, { wildcards: true, letterCase: "exact" });
    const isCovered = [...textsOf(other)].every((text) => textsOf(one).has(text));
    const isShared = [...textsOf(other)].some((text) => textsOf(one).has(text));
    expect(covers(glob(one), glob(other)), `${one} covers ${other}`).toBe(isCovered);
    expect(overlaps(glob(one), glob(other)), `${one} overlaps ${other}`).toBe(isShared);
  }
});

test("letters are folded on the side that asks for it", () => {
  const glob = (text: string, letterCase: "exact" | "ascii" | "unicode"): Glob =>
    globOf(text, { wildcards: true, letterCase });
  expect(covers(glob("a*", "ascii"), glob("ABC", "exact"))).toBe(true);
  expect(covers(glob("a*", "exact"), glob("A", "exact"))).toBe(false);
  expect(covers(glob("a", "exact"), glob("a", "ascii"))).toBe(false);
  expect(covers(glob("ä", "ascii"), glob("Ä", "exact"))).toBe(false);
  expect(covers(glob("ä", "unicode"), glob("Ä", "exact"))).toBe(true);
  expect(overlaps(glob("Ä*", "unicode"), glob("*ä", "unicode"))).toBe(true);
  expect(overlaps(glob("Ä*", "ascii"), glob("*ä?", "ascii"))).toBe(true);
});

test("a pattern of many wildcards is answered at once", () => {
  const long = globOf("*a?".repeat(200), { wildcards: true, letterCase: "ascii" });
  const other = globOf("?a*b".repeat(200), { wildcards: true, letterCase: "unicode" });
  const started = performance.now();
  covers(long, other);
  covers(other, long);
  overlaps(long, other);
  expect(performance.now() - started).toBeLessThan(1000);
});

type Value = string | number | boolean | null;

/** A constant expression with what it is worth, worked out while it is made. */
function randomConstant(random: Random, depth: number): { readonly text: string; readonly value: Value } {
  if (depth === 0 || random.below(5) === 0) {
    const value = random.pick([true, false, null, true, false] as const);
    return { text: String(value), value };
  }
  const [a, b] = [randomConstant(random, depth - 1), randomConstant(random, depth - 1)];
  const numbers = [random.below(5), random.below(5)] as const;
  switch (random.below(6)) {
    case 0:
      return { text: `not (${a.text})`, value: a.value === null ? null : a.value !== true };
    case 1: {
      const isFalse = a.value === false || b.value === false;
      return { text: `((${a.text}) and (${b.text}))`, value: isFalse ? false : and(a.value, b.value) };
    }
    case 2: {
      const isTrue = a.value === true || b.value === true;
      return { text: `((${a.text}) or (${b.text}))`, value: isTrue ? true : and(a.value, b.value) };
    }
    case 3: {
      const [left, right] = numbers;
      const sum = left + 3 * right;
      return { text: `${left} + 3 * ${right} <= 7`, value: sum <= 7 };
    }
    case 4: {
      const [left, right] = numbers;
      const isNull = random.below(3) === 0;
      const items = isNull ? `${right}, null` : `${right}`;
      return { text: `${left} in (${items})`, value: left === right ? true : isNull ? null : false };
    }
    default: {
      const pattern = randomPattern(random);
      const text = random.pick(["ab", "A", "", "aab"]);
      return { text: `"${text}" : "${pattern}"`, value: matchesGlob(pattern, text, false) };
    }
  }
}

/** Of two values neither of which decides: null if one is. */
function and(a: Value, b: Value): Value {
  return a === null || b === null ? null : a === true && b === true;
}

test("constants fold to what the logic of three values makes of them", () => {
  const random = seededRandom(SEED);
  for (let i = 0; i < 2000; i++) {
    const { text, value } = randomConstant(random, 4);
    const { ast, errors } = parseEqlCondition(text);
    expect(errors, text).toEqual([]);
    expect(constantOf(ast), text).toEqual({ value });
  }
});

const VALUES = ['"a"', '"b"', '"ab"', '"a*"', '"*b"', '"?"', '"*"', '"B"'] as const;

function randomCondition(random: Random, depth: number): string {
  if (depth === 0 || random.below(4) === 0) {
    const field = random.pick(["process.name", "process.name", "process.args"]);
    const values = Array.from({ length: 1 + random.below(3) }, () => random.pick(VALUES)).join(", ");
    switch (random.below(8)) {
      case 0:
        return `${field} == ${random.pick(VALUES)}`;
      case 1:
        return `${field} != ${random.pick(VALUES)}`;
      case 2:
        return `${field} ${random.pick(["in", "not in", "in~"])} (${values})`;
      case 3:
        return `${field} ${random.pick(["==", "!="])} null`;
      case 4:
        return `process.pid ${random.pick(["==", "<", "<=", ">", ">=", "!="])} ${1 + random.below(3)}`;
      default:
        return `${field} ${random.pick([":", "like", "like~"])} (${values})`;
    }
  }
  const parts = Array.from({ length: 2 + random.below(2) }, () => randomCondition(random, depth - 1));
  const joined = `(${parts.join(random.pick([" and ", " or ", " and "]))})`;
  return random.below(3) === 0 ? `not ${joined}` : joined;
}

const HEAD = `[rule]\ntype = "eql"\nquery = '''process where `;
const TAIL = `'''\n`;

function verdicts(condition: string): readonly boolean[] {
  const { ast, errors } = parseEqlCondition(condition);
  expect(errors, condition).toEqual([]);
  return smallEvents().map((event: SmallEvent) => smallHolds(ast, event));
}

test("what is told to be dead, always true or covered makes no difference to any event", () => {
  const random = seededRandom(SEED);
  let told = 0;
  for (let i = 0; i < 400; i++) {
    const condition = randomCondition(random, 1 + random.below(3));
    const before = verdicts(condition);
    const snapshot = snapshotOf({
      text: HEAD + condition + TAIL,
      knowledge,
      config: CUSTOM,
      cache: queryCache(),
    });
    const found = allDiagnostics(snapshot, {
      checks: [alwaysTrue, contradiction, deadExclusion, duplicateClause],
      onCrash: (check, error) => {
        throw new Error(`${check} threw`, { cause: error });
      },
    });
    for (const { check, message, span, fixes } of found) {
      told++;
      const at = { start: span.start - HEAD.length, end: span.end - HEAD.length };
      const flagged = condition.slice(at.start, at.end);
      const where = `${check}: ${message}, at ${flagged} in ${condition}`;
      const isValue = /^"/.test(flagged);
      const changed = isValue
        ? fixes.map(({ edits }) => applyEdits(snapshot.text, edits).slice(HEAD.length, -TAIL.length))
        : ["true", "false"].map((word) => condition.slice(0, at.start) + word + condition.slice(at.end));
      const isSame = changed.some((other) => verdicts(other).every((verdict, j) => verdict === before[j]));
      expect(isValue && changed.length === 0 ? true : isSame, where).toBe(true);
      for (const fix of fixes.filter(({ safety }) => safety === "safe")) {
        const fixed = applyEdits(snapshot.text, fix.edits).slice(HEAD.length, -TAIL.length);
        expect(verdicts(fixed), `${fix.title}: ${where}`).toEqual(before);
      }
    }
  }
  expect(told).toBeGreaterThan(300);
});
