/** What Elastic's CI refuses of KQL, or reads otherwise than Kibana. */
import { describe, expect, test } from "vitest";
import { misreadByPython, parseKql, refusedByPython } from "../../server/src/core/query/kql/index.ts";
import { type QuerySyntaxError } from "../../server/src/core/query/language.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";

function told(text: string, found: Iterable<QuerySyntaxError>): readonly string[] {
  return [...found].map(({ message, fixes }) => {
    const [fix] = fixes;
    return fix === undefined ? message : `${message} | ${fix.safety}: ${applyEdits(text, fix.edits)}`;
  });
}

function refusals(text: string): readonly string[] {
  const parse = parseKql(text);
  expect(parse.errors).toEqual([]);
  return told(text, refusedByPython(parse));
}

function misreadings(text: string): readonly string[] {
  return told(text, misreadByPython(parseKql(text)));
}

describe("Refused", () => {
  test.each([
    ["", "an empty query"],
    ["a:b c", 'a value with blanks without quotes | unsafe: a:"b c"'],
    ["a b:c", 'a blank in the name of a field without quotes | unsafe: "a b":c'],
    ["free text", 'a text with blanks without quotes | unsafe: "free text"'],
    ["free *text", "a text with blanks without quotes"],
    ["a:b AND c:d", "`AND` | safe: a:b and c:d"],
    ["Not a:b", "`Not` | safe: not a:b"],
    ["a:b\nand\nc:d", "`and` on a line of its own without indentation | safe: a:b and\nc:d"],
    ["a:b\u00a0and c:d", "a blank that does not break (U+00A0) | safe: a:b and c:d"],
    ["a:\u00a0(b)", "a blank that does not break (U+00A0) | safe: a: (b)"],
    ["a\u00a0b*:c", "a blank in the name of a field without quotes"],
    ["a:\\u0041b", "the escape `\\u0041` | unsafe: a:Ab"],
    ["a:\\Or", "a backslash before a word | unsafe: a:Or"],
    ["a:and", '`and` in a text without quotes | safe: a:"and"'],
    ["a:x and", '`and` in a text without quotes | unsafe: a:"x and"'],
    ["a:x* or-y", "`or` in a text without quotes"],
    ["a:(or)", '`or` in a text without quotes | safe: a:("or")'],
    ["a > b* c", "a value with blanks without quotes"],
    ["a:don't b*", "a value with blanks without quotes"],
    ["don't b*", "a text with blanks without quotes"],
    ['a:"b\nc"', "a line break in quotes"],
  ])("%j", (text, expected) => {
    expect(refusals(text)).toEqual([expected]);
  });
});

describe("Read otherwise", () => {
  test.each([
    ["a:nothing", '`nothing` as `not hing` | safe: a:"nothing"'],
    ["a:notepad.exe", '`notepad.exe` as `not epad.exe` | safe: a:"notepad.exe"'],
    ["a:007", '`007` as the number 7 | safe: a:"007"'],
    ["a:1.10", '`1.10` as the number 1.1 | safe: a:"1.10"'],
    ["a:1e3", '`1e3` as the number 1000.0 | safe: a:"1e3"'],
    ["a:1_000", '`1_000` as the number 1000 | safe: a:"1_000"'],
    ["a:.00001", '`.00001` as the number 1e-05 | unsafe: a:".00001"'],
    ["a:b?c", '? as a wildcard | unsafe: a:"b?c"'],
    [
      "a:b or\u00a0c\u00a0:d",
      "a blank that does not break (U+00A0) as part of the text beside it | safe: a:b or c\u00a0:d",
      "a blank that does not break (U+00A0) as part of the text beside it | safe: a:b or\u00a0c :d",
    ],
    ["a > b?c", '? as a wildcard | unsafe: a > "b?c"'],
    ["a:not/b", '`not/b` as `not /b` | unsafe: a:"not/b"'],
    ["a:b\\or", "the backslash before a word as part of the text | unsafe: a:bor"],
    ['a:"\\u0041"', "`\\u0041` in quotes as six characters"],
    ["null:a", "the field `null` as the value"],
    ["true:a", 'the field `true` as the value | unsafe: "true":a'],
    ["a\\n:b", "white space at the edge of a text as part of it"],
  ])("%s", (text, ...expected) => {
    expect(misreadings(text)).toEqual(expected);
  });
});

describe("Taken as Kibana takes it", () => {
  test.each([
    'a:b and not c:(d or "e f" or g*h) and i > 5',
    "a:b* c and d:*e f*",
    "free* text",
    "a:b\n  and\nc:d and\ne:f",
    "a:b\n\nor c:d",
    "a:android or b:order or cannot",
    "a:10.0.0.0/8 and b:1.5 and c:0 and d:-1 and e:1.0",
    "a?:b and c:d?e*",
    'a:"\\\\u0041" and b:\\\\u0041',
    "a:null and b:true",
    'a:"x\u00a0y"',
    "a:x\u00a0y and b:x\u00a0y*",
    "a:x or and",
    "a: or",
    "( and )",
    "or : b",
    "a:(or/b or Nots or andy)",
    "a > not",
  ])("%j", (text) => {
    expect([...refusals(text), ...misreadings(text)]).toEqual([]);
  });
});
