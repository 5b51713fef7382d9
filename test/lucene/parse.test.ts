import { describe, expect, test } from "vitest";
import { lucene } from "../../server/src/core/query/lucene/index.ts";
import { parseLucene } from "../../server/src/core/query/lucene/parse.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { seededRandom } from "../support/random.ts";

describe("right queries", () => {
  test.each([
    "",
    "   ",
    "*:*",
    "event.category:process AND process.args:(g+s OR /2[0-9]{3}/)",
    "+a -b",
    "-(a b) +(c AND d)",
    "(a)^2 AND f:(b OR c)^3.5",
    "a && b || !c",
    "NOT a",
    "a AND NOT (b OR c)",
    "NOT (NOT (NOT (NOT (NOT (NOT (NOT (a)))))))",
    'f:"x y"~3',
    "f:roam~0.8",
    "f:[* TO x]",
    "f:{a TO b]",
    '@timestamp:["2020-01-01" TO "a ) b"}',
    "f:>=10",
    "_exists_:x",
    "f:a\\ b\\~c\\:d",
    "f:C\\:\\\\Windows\\\\*",
    'f:"say \\"a\\" (or b"',
    "f:/a\\/b(c|d)/",
    "é:ü 😀",
    "f:\\😀",
    "a OR b\nAND c",
    "not a and b",
  ])("%s", (text) => {
    expect(parseLucene(text).errors).toEqual([]);
  });
});

describe("broken queries", () => {
  test.each<readonly [text: string, marked: string, message: string]>([
    ["(a", "(", "This ( is not closed"],
    ["a AND (b OR (c", "(|(", "This ( is not closed|This ( is not closed"],
    ["a)", ")", "There is no ( that this ) closes"],
    ["f:()", "()", "There is nothing between ( and )"],
    ['f:"x', '"', "These quotes are not closed"],
    ["f:[a TO b", "[", "This [ is not closed"],
    ["f:[a, b]", "[a, b]", "A range is written as from TO to"],
    ["f:a]", "]", "There is no range that this ] closes"],
    ["f:", ":", "The query ends too early"],
    ["(f:)", ":", "Something is missing before )"],
    ["ip:2001:db8::1", ":", "A value with : in it stands in quotes"],
    ["ip:10.0.0.0/8", "/", "This / begins a regular expression that does not end"],
    ["AND a", "AND", "`AND` has nothing before it"],
    ["a OR", "OR", "`OR` has nothing after it"],
    ["(a NOT) b", "NOT", "`NOT` has nothing after it"],
    ["a OR AND b", "AND", "`AND` follows another word of its kind"],
    ["a\\", "\\", "There is nothing behind this backslash"],
    ["a ^ b", "^", "^ does not belong here"],
    ["f:(a (b c:d:e))", ":", "A value with : in it stands in quotes"],
  ])("%s", (text, marked, message) => {
    const { errors } = parseLucene(text);
    expect(errors.map(({ span }) => text.slice(span.start, span.end)).join("|")).toBe(marked);
    expect(errors.map((error) => error.message).join("|")).toBe(message);
  });
});

test.each([
  ["ip:2001:db8::1 AND a", 'ip:"2001:db8::1" AND a'],
  ["ip:10.0.0.0/8", "ip:10.0.0.0\\/8"],
])("%s can be put right", (text, fixed) => {
  const [fix] = parseLucene(text).errors[0]?.fixes ?? [];
  expect(applyEdits(text, fix?.edits ?? [])).toBe(fixed);
  expect(parseLucene(fixed).errors).toEqual([]);
});

test("it has no facts", () => {
  const facts = lucene.facts(lucene.parse("a:b"));
  expect(facts).toMatchObject({ fields: [], calls: [], equalities: [], parts: [{ fields: [] }] });
});

const SEED = 20_260_104;

test(`any text is read in time, with errors inside of it (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const pieces = [
    "a",
    "b:",
    "NOT ",
    " AND ",
    " OR ",
    "(",
    ")",
    '"',
    "/",
    "[",
    " TO ",
    "]",
    "{",
    "}",
    "\\",
    "^2",
    "~",
    "+",
    "-",
    "!",
    " ",
    "😀",
  ] as const;
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + random.below(60) }, () => random.pick(pieces)).join("");
    for (const { span } of parseLucene(text).errors) {
      expect(0 <= span.start && span.start < span.end && span.end <= text.length, text).toBe(true);
    }
  }
});

test.each([
  ["unclosed groups", "NOT (".repeat(2000)],
  ["closed groups", `${"NOT (".repeat(1000)}a:b:c${")".repeat(1000)}`],
  ["deep groups", `${"(".repeat(50_000)}a${")".repeat(50_000)}`.slice(0, 99_999)],
  ["many conditions", `${"a:b OR NOT ".repeat(5000)}:`],
  ["a long text", "a".repeat(100_000)],
])("%s do not hang", (_name, text) => {
  const started = performance.now();
  parseLucene(text);
  expect(performance.now() - started).toBeLessThan(1000);
});
