import { describe, expect, test } from "vitest";
import {
  EQL_FUNCTIONS,
  EQL_WORDS,
  eql,
  functionNamed,
  mapOfString,
  parseEql,
  parseEqlCondition,
  signatureOf,
} from "../../server/src/core/query/eql/index.ts";
import { type QuerySymbol } from "../../server/src/core/query/language.ts";

/** The signature shown where `‸` stands in the text. */
function hover(marked: string): string | undefined {
  const offset = marked.indexOf("‸");
  return eql.wordAt?.(eql.parse(marked.replace("‸", "")), offset)?.signature;
}

describe("Documentation of the word at the cursor", () => {
  test.each([
    [
      "seq‸uence [any where true] [any where true]",
      "sequence [by field, …] [with maxspan=duration] [event] [event] …",
    ],
    ["process where a =‸= 1", "value == value"],
    ["process where a ‸: 1", "value : pattern"],
    ["process where a:‸ 1", "value : pattern"],
    ["process where a n‸ot in (1)", "value in (value, …)"],
    ["process where n‸ot a", "not condition"],
    ["process where cidrmat‸ch(a)", "cidrMatch(address: ip, block: string, …): boolean"],
    ["process where startsWith~‸(a)", "startsWith[~](source: string, prefix: string): boolean"],
    ["process where true | he‸ad 5", "| head number"],
    ["sequence with maxspan=5‸m [any where true] [any where true]", "m"],
    ["sequence with maxsp‸an=5m [any where true] [any where true]", "with maxspan=duration"],
    ["sequence with maxspan=1s [any where true] !‸[any where true]", "![category where condition]"],
    ["sequence [any where true] with ru‸ns=2", "with runs=number"],
    ["process where ‸?a == 1", "?field"],
    ["process where process.na‸me == 1", undefined],
    ["process where head‸ == 1", undefined],
    ['process where a == "wh‸ere"', undefined],
    ["process where a == 1 // wh‸ere", undefined],
  ])("%s", (marked, expected) => {
    expect(hover(marked)).toBe(expected);
  });

  test("Every example of a function parses as a condition", () => {
    for (const { example, name } of EQL_FUNCTIONS)
      expect([name, parseEqlCondition(example).errors]).toEqual([name, []]);
  });

  test("Texts end with a full stop and signatures name the function", () => {
    for (const known of EQL_FUNCTIONS) {
      expect(known.text).toMatch(/\.$/);
      expect(functionNamed(known.name.toUpperCase())).toBe(known);
      expect(signatureOf(known)).toContain(known.name);
    }
    for (const { signature, text } of EQL_WORDS.values())
      expect([signature, text.length > 10]).toEqual([signature, true]);
  });
});

describe("Facts", () => {
  const facts = eql.facts(
    eql.parse(
      "sequence by host.id, ?user.id [any where `a b`.c == 1 and LENGTH(d) > 1] by e [any where f.] by g | head h",
    ),
  );

  test("Fields and keys, but not what is incomplete or in pipes", () => {
    expect(facts.fields.map(({ name, optional }) => `${optional ? "?" : ""}${name}`)).toEqual([
      "host.id",
      "?user.id",
      "a b.c",
      "d",
      "e",
      "g",
    ]);
  });

  test("Calls by the name that the author wrote", () => {
    expect(facts.calls.map(({ name }) => name)).toEqual(["LENGTH"]);
  });

  test("The span of an optional field is that of its name", () => {
    const text = "any where ?a.b == 1";
    const [field] = eql.facts(eql.parse(text)).fields;
    expect(text.slice(field?.span.start, field?.span.end)).toBe("a.b");
  });

  test("A word that was meant as an operator is no field", () => {
    expect(eql.facts(eql.parse('any where a contains "x"')).fields.map(({ name }) => name)).toEqual(["a"]);
  });
});

describe("Outline", () => {
  function shown(symbols: readonly QuerySymbol[]): readonly string[] {
    return symbols.flatMap(({ name, detail, children }) => [
      `${name} | ${detail}`,
      ...shown(children).map((line) => `  ${line}`),
    ]);
  }

  test("An event query is one symbol", () => {
    expect(shown(eql.symbols?.(eql.parse("process where a == 1\n  and b")) ?? [])).toEqual([
      "process | a == 1 and b",
    ]);
  });

  test("A sequence holds its steps, pipes follow", () => {
    const text =
      "sequence by host.id with maxspan=1m\n  [process where true] by a, b\n  ![any where c == 1]\nuntil [file where true] | head 5";
    expect(shown(eql.symbols?.(eql.parse(text)) ?? [])).toEqual([
      "sequence | by host.id with maxspan=1m",
      "  process by a, b | true",
      "  !any | c == 1",
      "  until file | true",
      "head | 5",
    ]);
  });

  test("An empty query has none", () => {
    expect(eql.symbols?.(eql.parse(""))).toEqual([]);
  });
});

test("Brackets, lists and comments of several lines fold", () => {
  const text =
    "sequence\n  // one\n  // two\n  [any where a in (\n    1,\n    2)\n  ]\n  [any where true] /* x\n y */";
  const folds = (eql.folds?.(eql.parse(text)) ?? []).map(({ start, end }) =>
    text.slice(start, end).replace(/\s+/g, " "),
  );
  expect(folds).toEqual(["// one // two", "[any where a in ( 1, 2) ]", "( 1, 2)", "/* x y */"]);
});

test("Comments are given in order, strings that look like them are none", () => {
  const text = 'any where a == "/* no */" /* yes */ // too\n and b == "//"';
  const comments = (eql.comments?.(eql.parse(text)) ?? []).map(({ start, end }) => text.slice(start, end));
  expect(comments).toEqual(["/* yes */", "// too"]);
});

test("The value of a string is tied to its source", () => {
  const text = 'any where a == "x\\ty\\u{1F600}z"';
  const { body } = parseEql(text).ast;
  const condition = body.kind === "event" ? body.condition : undefined;
  const string = condition?.kind === "comparison" ? condition.right : undefined;
  if (string?.kind !== "string") throw new Error("Expected a string");
  const map = mapOfString(text, string);
  const sourceOf = (part: string): string => {
    const start = string.value.indexOf(part);
    const span = map.toHostSpan({ start, end: start + part.length });
    return text.slice(span.start, span.end);
  };
  expect(["x", "\t", "y", "😀", "z"].map(sourceOf)).toEqual(["x", "\\t", "y", "\\u{1F600}", "z"]);
});
