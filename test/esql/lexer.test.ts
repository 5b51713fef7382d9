/** ES|QL and Lucene are taken apart into tokens that leave nothing out, whatever the text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { esqlTokens } from "../../server/src/core/query/esql/lexer.ts";
import { luceneTokens } from "../../server/src/core/query/lucene/lexer.ts";
import { type QueryToken } from "../../server/src/core/query/language.ts";
import { fastest } from "../support/fastest.ts";

type Lexer = (text: string) => readonly QueryToken[];

function drawn(lexer: Lexer, text: string): string {
  return lexer(text)
    .map(({ kind, span }) => `${kind}:${text.slice(span.start, span.end)}`)
    .join(" ");
}

describe("ES|QL", () => {
  test.each([
    [
      "names with dots and quotes",
      "row `a b`.c.`d``e` = 1",
      "command:row name:`a b`.c.`d``e` operator:= number:1",
    ],
    ["a backquote that does not end", "row `a b\n, c", "command:row name:`a b punctuation:, name:c"],
    [
      "a name of a function is one before a bracket",
      "row max (a), max",
      "command:row function:max punctuation:( name:a punctuation:) punctuation:, name:max",
    ],
    [
      "a star is a product, but not in a list of names",
      "row a*b | keep a*b",
      "command:row name:a operator:* name:b pipe:| command:keep name:a*b",
    ],
    [
      "a text in three quotes ends with up to five",
      'row a = """b""""" + 1',
      'command:row name:a operator:= string:"""b""""" operator:+ number:1',
    ],
    [
      "texts end with their line",
      'row a = "b\n | limit 1',
      'command:row name:a operator:= string:"b pipe:| command:limit number:1',
    ],
    [
      "a quote behind a backslash ends nothing",
      'row a = "b\\"c" + 1',
      'command:row name:a operator:= string:"b\\"c" operator:+ number:1',
    ],
    [
      "comments may hold others",
      "/* a /* b */ c */ limit 1 // d",
      "comment:/* a /* b */ c */ command:limit number:1 comment:// d",
    ],
    [
      "bars in comments and texts begin nothing",
      'row a = "|" /* | */, limit',
      'command:row name:a operator:= string:"|" comment:/* | */ punctuation:, name:limit',
    ],
    [
      "units",
      "row 1 d, 2days, 3 dogs, 4 m(5)",
      "command:row number:1 unit:d punctuation:, number:2 unit:days punctuation:, number:3 name:dogs punctuation:, number:4 function:m punctuation:( number:5 punctuation:)",
    ],
    [
      "numbers",
      "row .5, 1., 1.5E-3, 7e",
      "command:row number:.5 punctuation:, number:1. punctuation:, number:1.5E-3 punctuation:, number:7 name:e",
    ],
    [
      "a query in the sources of another",
      "from a, (from b | where c == 1), d | limit 1",
      "command:from source:a punctuation:, punctuation:( command:from source:b pipe:| command:where name:c operator:== number:1 punctuation:) punctuation:, source:d pipe:| command:limit number:1",
    ],
    [
      "sources of any form",
      'FROM <logs-{now/d}>,c:.x-*::data,"y z"',
      'command:FROM source:<logs-{now/d}> punctuation:, source:c:.x-*::data punctuation:, string:"y z"',
    ],
    [
      "words of commands are names where they cannot be one",
      "row last = first, by.x",
      "command:row name:last operator:= name:first punctuation:, name:by.x",
    ],
    ["`nulls first`", "sort a nulls first", "command:sort name:a keyword:nulls keyword:first"],
    ["a word that is no command", "wher a == 1", "name:wher name:a operator:== number:1"],
    [
      "parameters",
      "row ?, ?a, ??b, ?1",
      "command:row parameter:? punctuation:, parameter:?a punctuation:, parameter:??b punctuation:, parameter:?1",
    ],
    ["what begins nothing", "row § 😀 ;", "command:row unknown:§ unknown:😀 unknown:;"],
    ["nothing", " \n", ""],
  ])("%s", (_name, text, expected) => {
    expect(drawn(esqlTokens, text)).toBe(expected);
  });
});

describe("Lucene", () => {
  test.each([
    ["a colon makes a field", "a.b:c d : e", "field:a.b operator:: term:c field:d operator:: term:e"],
    ["signs in the middle of words", "a-b+c!d now-1d", "term:a-b+c!d term:now-1d"],
    ["escaped signs and blanks", "a\\:b:c\\ d\\(e", "field:a\\:b operator:: term:c\\ d\\(e"],
    [
      "words that join are written in capitals",
      "a AND b or NOT c",
      "term:a word-operator:AND term:b term:or word-operator:NOT term:c",
    ],
    [
      "a range has other words",
      "a:[x:y TO z} TO",
      "field:a operator:: punctuation:[ term:x:y keyword:TO term:z punctuation:} term:TO",
    ],
    ["what does not end", 'a:"b c /d', 'field:a operator:: phrase:"b c /d'],
    ["a backslash at the end", "a\\", "term:a term:\\"],
    ["nothing", "", ""],
  ])("%s", (_name, text, expected) => {
    expect(drawn(luceneTokens, text)).toBe(expected);
  });
});

const PIECES = [
  ...[
    "from ",
    "| ",
    "where ",
    "keep ",
    "fork (",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    '"""',
    "`",
    "/*",
    "*/",
    "//",
  ],
  ...[
    "\n",
    "\\",
    ":",
    "::",
    "?",
    "a.b",
    "a*",
    "1.5",
    " d",
    " TO ",
    "AND ",
    "~",
    "😀",
    "\u0000",
    "metadata ",
    ",",
  ],
];

describe.each<[string, Lexer]>([
  ["ES|QL", esqlTokens],
  ["Lucene", luceneTokens],
])("%s: any text", (_name, lexer) => {
  test("each character that is no blank is in one token", () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (query) => {
        const tokens = lexer(query);
        let [reached, left] = [0, ""];
        for (const { span } of tokens) {
          expect(span.start).toBeGreaterThanOrEqual(reached);
          expect(span.end).toBeGreaterThan(span.start);
          left += query.slice(reached, span.start);
          reached = span.end;
        }
        expect((left + query.slice(reached)).trim()).toBe("");
      }),
      { seed: 20, numRuns: 2000 },
    );
  });

  test.each([
    "a ",
    '"',
    "`",
    "/*",
    "(",
    "a.",
    "|",
    "1",
    "*",
    "?",
    "\\",
    "from a, (",
    "fork (",
    '"""',
    "a:[",
    "/",
  ])("many of %j take no time", (piece) => {
    const size = 200_000;
    const text = piece.repeat(Math.ceil(size / piece.length));
    expect(fastest(() => lexer(text), 2000)).toBeLessThan(2000);
  });
});
