import { describe, expect, test } from "vitest";
import { KQL_WORDS, kql, parseKql } from "../../server/src/core/query/kql/index.ts";
import { languageSupport } from "../../server/src/core/query/languages.ts";
import { type QuerySymbol } from "../../server/src/core/query/language.ts";
import { textAt } from "../../server/src/core/text/span.ts";

test("KQL is the language of `kuery` rules, and has no comments", () => {
  expect(languageSupport("kuery")).toBe(kql);
  expect(kql.comments).toBeUndefined();
});

/** The signature shown where `‸` stands in the text. */
function hover(marked: string): string | undefined {
  const offset = marked.indexOf("‸");
  return kql.wordAt?.(kql.parse(marked.replace("‸", "")), offset)?.signature;
}

describe("Documentation of the word at the cursor", () => {
  test.each([
    ["a:b an‸d c:d", "condition and condition"],
    ["a:b OR‸ c:d", "condition or condition"],
    ["n‸ot a:b", "not condition"],
    ["a‸:b", "field:value"],
    ["a:‸ b", "field:value"],
    ["a <‸= 5", "field <= value"],
    ["a >‸ 5", "field > value"],
    ["a:{ b:c ‸}", "field:{ condition }"],
    ["a:b‸*", "field:*"],
    ["a:‸*", "field:*"],
    ["a:nu‸ll", "null"],
    ["a:b\\‸*", undefined],
    ["a‸nd:b", undefined],
    ['a:"x an‸d y"', undefined],
    ["a:(‸b)", undefined],
  ])("%s", (marked, expected) => {
    expect(hover(marked)).toBe(expected);
  });

  test("Every example is a query, and every text a sentence", () => {
    for (const { example, text } of KQL_WORDS.values()) {
      expect([example, parseKql(example).errors]).toEqual([example, []]);
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("Facts", () => {
  const text =
    'a.b:"c" and not d:(e or f* or not "g") and h > 5 and i:{ j:k and l:{ m:n } } and "o p":true and q*:r and null:s and t';
  const facts = kql.facts(kql.parse(text));

  test("Fields by their whole names, but no patterns", () => {
    expect(facts.fields.map(({ name, span }) => `${name} ${textAt(text, span)}`)).toEqual([
      "a.b a.b",
      "d d",
      "h h",
      "i.j j",
      "i.l.m m",
      'o p "o p"',
    ]);
  });

  test("Equalities with texts, negated or not", () => {
    expect(facts.equalities.map(({ field, value, span }) => [field, value, textAt(text, span)])).toEqual([
      ["a.b", "c", '"c"'],
      ["d", "e", "e"],
      ["d", "g", '"g"'],
      ["i.j", "k", "k"],
      ["i.l.m", "n", "n"],
    ]);
  });

  test("The whole query is one part", () => {
    const { parts, fields, equalities } = facts;
    expect(parts).toEqual([{ span: { start: 0, end: text.length }, fields, equalities }]);
    expect(facts.calls).toEqual([]);
  });

  test("A blank query has a part too, and a wrong one what can be read", () => {
    expect(kql.facts(kql.parse(" ")).parts).toHaveLength(1);
    const broken = kql.facts(kql.parse("a:(b and c.d:e and f < g < h"));
    expect(broken.fields.map(({ name }) => name)).toEqual(["a", "c.d", "f"]);
  });
});

describe("Outline", () => {
  function shown(symbols: readonly QuerySymbol[]): readonly string[] {
    return symbols.flatMap(({ name, detail, children }) => [
      `${name} | ${detail}`,
      ...shown(children).map((line) => `  ${line}`),
    ]);
  }

  test("Conditions by their fields, groups with what they hold", () => {
    const text = 'a:b and not c:(d or\n  "e") and (f > 5 or not g.h:*) and i:{ j:k and l:m } and free text';
    expect(shown(kql.symbols?.(kql.parse(text)) ?? [])).toEqual([
      "a | :b",
      'not c | :(d or "e")',
      "any of | ",
      "  f | > 5",
      "  not g.h | :*",
      "i | ",
      "  all of | ",
      "    j | :k",
      "    l | :m",
      "free text | ",
    ]);
  });

  test("One condition is one symbol, and a blank query has none", () => {
    expect(shown(kql.symbols?.(kql.parse("(a:b)")) ?? [])).toEqual(["a | :b"]);
    expect(kql.symbols?.(kql.parse(" "))).toEqual([]);
  });
});

test("Parentheses and braces of several lines fold", () => {
  const text = "a:(\n  b or\n  c\n) and (d:e) and (\n  f:{\n    g:h\n  }\n)";
  const folds = (kql.folds?.(kql.parse(text)) ?? []).map((span) => textAt(text, span).replace(/\s+/g, " "));
  expect(folds).toEqual(["( b or c )", "( f:{ g:h } )", "{ g:h }"]);
});
