/** Wildcards and regular expressions, against the regular expressions of JavaScript. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePatterns, compileTexts, type Folding } from "../../server/src/core/engine/pattern.ts";
import { casedLetters, foldCharacter, foldUnicode } from "../../server/src/core/engine/fold.ts";
import { compileRegex } from "../../server/src/core/engine/regex.ts";
import { seededRandom } from "../support/random.ts";
import { foldLetter } from "./naive.ts";

const parameters = { seed: 20_240_531, numRuns: 3000 } as const;
const foldings = fc.constantFrom<Folding>("exact", "ascii", "unicode");
const letters = ["a", "b", "A", "B", "k", "K", "\u212a", "é", "É", "\u0130", "😀", "\n", "\\", "."];
const texts = fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((some) => some.join(""));
const patterns = fc
  .array(fc.constantFrom(...letters, "*", "*", "?"), { maxLength: 6 })
  .map((some) => some.join(""));

function folded(text: string, folding: Folding): string {
  if (folding === "exact") return text;
  return [...text].map((letter) => foldLetter(letter, folding === "ascii")).join("");
}

function wildcardAsRegExp(pattern: string): RegExp {
  const source = [...pattern].map((one) =>
    one === "*" ? ".*" : one === "?" ? "." : `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return new RegExp(`^${source.join("")}$`, "su");
}

test("all letters are folded as one by one", () => {
  for (let start = 0; start < 0x110000; start += 0x1000) {
    const text = String.fromCodePoint(...Array.from({ length: 0x1000 }, (_code, i) => start + i));
    expect(foldUnicode(text) === Array.from(text, foldCharacter).join("")).toBe(true);
  }
  const cased = Array.from({ length: 0x110000 }, (_code, code) => code).flatMap((code) => {
    const lower = foldCharacter(String.fromCodePoint(code)).codePointAt(0);
    return lower === code ? [] : [{ code, lower }];
  });
  expect(casedLetters(0x20000)).toEqual(cased);
});

describe("wildcards", () => {
  test("agree with regular expressions, in lists of any length", () => {
    const property = fc.property(
      fc.array(patterns, { maxLength: 12 }),
      texts,
      foldings,
      (some, text, folding) => {
        const expected = some.some((pattern) =>
          wildcardAsRegExp(folded(pattern, folding)).test(folded(text, folding)),
        );
        expect(compilePatterns(some, folding)(text)).toBe(expected);
      },
    );
    fc.assert(property, parameters);
  });

  test("texts have none", () => {
    const property = fc.property(
      fc.array(patterns, { maxLength: 12 }),
      patterns,
      foldings,
      (some, text, folding) => {
        const expected = some.some((one) => folded(one, folding) === folded(text, folding));
        expect(compileTexts(some, folding)(text)).toBe(expected);
      },
    );
    fc.assert(property, parameters);
  });

  test("take time in proportion to the text", () => {
    const nasty = compilePatterns([`${"*a".repeat(2000)}*b`], "exact");
    const started = performance.now();
    expect(nasty("a".repeat(100_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** What Lucene and JavaScript write alike. */
const commonRegex = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      "a",
      "b",
      "A",
      "k",
      "é",
      "😀",
      ".",
      "\\.",
      "\\\\",
      "[a-c]",
      "[^a]",
      "[A-Z]",
      "\\d",
      "\\W",
      "[\\w.]",
      "()",
    ),
    fc.tuple(tie("regex"), tie("regex")).map(([left, right]) => `${left}${right}`),
    fc.tuple(tie("regex"), tie("regex")).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie("regex"), fc.constantFrom("*", "+", "?", "{2}", "{1,2}", "{2,}"))
      .map(([one, mark]) => `(${one})${mark}`),
  ),
}));

describe("regular expressions", () => {
  test("agree with those of JavaScript where both write them alike", () => {
    const property = fc.property(commonRegex.regex, texts, (regex, text) => {
      const test = compileRegex(regex, "exact");
      expect(test.ok && test.value(text)).toBe(new RegExp(`^(?:${regex})$`, "su").test(text));
    });
    fc.assert(property, parameters);
  });

  test.each([
    ["<1-100>", "007", true],
    ["<1-100>", "101", false],
    ["<01-12>", "7", false],
    ["<01-12>", "07", true],
    ["x<100-9>y", "x0042y", true],
    ["~(abc)", "abd", true],
    ["~(abc)", "abc", false],
    [".*a.*&.*b.*", "xbxa", true],
    [".*a.*&.*b.*", "xb", false],
    ["(a&b|c)|d", "c", true],
    ['"a.b"c', "a.bc", true],
    ['"a.b"c', "axbc", false],
    ["@x", "anyx", true],
    ["#|a", "a", true],
    ["#|a", "", false],
    ["*a", "*a", true],
    ["^a$", "^a$", true],
    ["^a$", "a", false],
    ["[]a]+", "]a", true],
    ["[a-]+", "a-", true],
    ["[^]]", "x", true],
    ["a}", "a}", true],
    ["", "", true],
    [".", "\n", true],
    ["a{2000}", "a".repeat(2000), true],
    ["(a{100}){100}", "a".repeat(9_999), false],
    ["a.*?", "abc", true],
  ])("%s on %s: %s", (regex, text, expected) => {
    const test = compileRegex(regex, "exact");
    expect(test.ok && test.value(text)).toBe(expected);
  });

  test.each([
    ["[A-Z]+", "abc", "ascii", true],
    ["[^a-c]", "A", "ascii", false],
    ["É", "é", "ascii", false],
    ["É", "é", "unicode", true],
    ["[À-Þ]", "é", "unicode", true],
    ["k", "\u212a", "ascii", false],
    ["k", "\u212a", "unicode", true],
    ["\\W", "\u212a", "ascii", true],
  ] as const)("%s on %s, folded as %s: %s", (regex, text, folding, expected) => {
    const test = compileRegex(regex, folding);
    expect(test.ok && test.value(text)).toBe(expected);
  });

  test.each([
    "a(",
    "a)",
    "[a",
    "a|",
    "a{",
    "a{,2}",
    "a{3,1}",
    "[b-a]",
    "\\b",
    "\\n",
    '"a',
    "<a>",
    "~ab",
    "x(a&b)",
    "a\\",
  ])("%s is refused", (regex) => expect(compileRegex(regex, "exact").ok).toBe(false));

  test("nobody gives up where no limit is set", () => {
    const isMatch = compileRegex("(a|b)*a(a|b){200}", "exact");
    const hasPart = compilePatterns([`*${"a?".repeat(50)}b*`], "exact");
    const text = `${"a".repeat(20_000)}b`;
    for (let i = 0; i < 500; i++) {
      expect(isMatch.ok && isMatch.value(text)).toBe(true);
      expect(hasPart(text)).toBe(true);
    }
  });

  test("what is known of texts is let go when it grows too large", () => {
    const random = seededRandom(3);
    const isMatch = compileRegex("(a|b)*a(a|b){14}", "exact");
    for (let i = 0; i < 20; i++) {
      const text = Array.from({ length: 5000 + i }, () => random.pick(["a", "b"])).join("");
      expect(isMatch.ok && isMatch.value(text)).toBe(text.at(-15) === "a");
    }
  });

  test("however many marks follow each other", () => {
    const property = fc.property(
      fc.array(fc.constantFrom("?", "*", "+", "{1}", "{0}", "{2}", "{0,1}"), { maxLength: 6 }),
      fc.nat({ max: 5 }),
      (marks, count) => {
        const nested = marks.reduce((inner, mark) => `(?:${inner})${mark}`, "a");
        const test = compileRegex(`a${marks.join("")}`, "exact");
        expect(test.ok && test.value("a".repeat(count))).toBe(
          new RegExp(`^${nested}$`).test("a".repeat(count)),
        );
      },
    );
    fc.assert(property, parameters);
    expect(compileRegex(`a${"?*+".repeat(10_000)}`, "exact").ok).toBe(true);
    expect(compileRegex(`a${"{2}".repeat(10_000)}`, "exact")).toEqual({
      ok: false,
      error: "so many repetitions",
    });
  });

  test.each([
    ["10 kB of letters", "abcdefghij".repeat(1000)],
    ["10 kB of groups", "(a|b)*c?".repeat(1250)],
    ["10 kB of large repetitions", "[a-z]{1,900}x".repeat(750)],
    ["10 kB of brackets", "(".repeat(5000) + ")".repeat(5000)],
    [
      "10 kB of alternatives that begin alike",
      Array.from({ length: 900 }, (_one, i) => `abcde${i}x`).join("|"),
    ],
  ])("%s are done with at once", (_name, regex) => {
    const started = performance.now();
    const test = compileRegex(regex, "ascii");
    if (test.ok) test.value("abcdefghij".repeat(100));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
