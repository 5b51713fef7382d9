/** Events files that are broken: where, and what of them is used all the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { eventsOf, problemsOf } from "./eventTexts.ts";

const RULE = '{"id":"1","rule_id":"x","risk_score":47,"severity":"medium","name":"n","type":"eql"}';

describe("what is broken is said at its place, and the rest is used", () => {
  test.each<readonly [name: string, text: string, problems: readonly string[], events: readonly string[]]>([
    ["a word", "nope", ['1 broken-json "nope": An event begins with `{`'], []],
    ["a number", '5\n{"a":1}', ['1 no-event "5": An event must be a JSON object'], ['2 document {"a":1}']],
    ["a text", '"x"', ['1 no-event "\\"x\\"": An event must be a JSON object'], []],
    [
      "numbers in a list",
      "[1,2]",
      ['1 no-event "1": An event must be a JSON object', '1 no-event "2": An event must be a JSON object'],
      [],
    ],
    [
      "a line cut off after a colon",
      '{"a":1,"b":\n{"a":2}\n{"a":3}',
      ['1 broken-json "{": This `{` is not closed'],
      ['2 document {"a":2}', '3 document {"a":3}'],
    ],
    [
      "a line cut off in a text",
      '{"a":"x\n{"a":2}',
      ['1 broken-json "\\"x": This text is not closed'],
      ['2 document {"a":2}'],
    ],
    [
      "a line cut off after a value",
      '{"a":1\n{"a":2}',
      ['1 broken-json "{": This `{` is not closed'],
      ['2 document {"a":2}'],
    ],
    [
      "the last line cut off",
      '{"a":1}\n{"a":',
      ['2 broken-json "": Expected a value'],
      ['1 document {"a":1}'],
    ],
    [
      "a comma at the end of an object",
      '{"a":1,}',
      ['1 broken-json ",": A comma too many before `}`'],
      ['1 document {"a":1}'],
    ],
    [
      "commas between lines",
      '{"a":1},\n{"a":2}',
      ['1 broken-json ",": No comma belongs between events'],
      ['1 document {"a":1}', '2 document {"a":2}'],
    ],
    [
      "a key without quotes",
      "{a:1}",
      ['1 broken-json "a": A key stands in double quotes'],
      ['1 document {"a":1}'],
    ],
    [
      "single quotes",
      "{'a':'b'}",
      ["1 broken-json \"'a'\": A text stands in double quotes"],
      ['1 document {"a":"b"}'],
    ],
    [
      "Python",
      '{"a":True,"b":None}',
      ['1 broken-json "True": `True` is no JSON: write `true`'],
      ['1 document {"a":true,"b":null}'],
    ],
    [
      "three quotes of Kibana's console",
      '{"a":"""x "y" z"""}',
      ['1 broken-json "\\"\\"\\"": Three quotes are no JSON: only Kibana knows them'],
      ['1 document {"a":"x \\"y\\" z"}'],
    ],
    [
      "a comment inside",
      '{"a":1 /* one */}',
      ['1 broken-json "/* one */": JSON has no comments'],
      ['1 document {"a":1}'],
    ],
    ["a word for a value", '{"a":yes}', ['1 broken-json "yes": A text stands in double quotes'], []],
    [
      "a missing comma",
      '{"a":1 "b":2}',
      ['1 broken-json "": Expected a comma or `}` here'],
      ['1 document {"a":1,"b":2}'],
    ],
    ["a missing colon", '{"a" 1}', ['1 broken-json "": Expected a colon after the key'], []],
    ["a missing value", '{"a":}', ['1 broken-json "": Expected a value'], []],
    ["an unknown escape", '{"a":"C:\\Users"}', ['1 broken-json "\\\\U": JSON has no escape `\\U`'], []],
    ["half an escape", '{"a":"\\u12"}', ['1 broken-json "\\\\u": A `\\u` takes four hexadecimal digits'], []],
    [
      "a bracket too many",
      '{"a":1}}\n{"a":2}',
      ['1 broken-json "}": An event begins with `{`'],
      ['1 document {"a":1}', '2 document {"a":2}'],
    ],
    [
      "the wrong bracket",
      '{"a":[1}\n{"b":1}',
      ['1 broken-json "[": This `[` is not closed'],
      ['2 document {"b":1}'],
    ],
    [
      "one broken item of a list",
      '[\n{"a":1},\n{"a":tru},\n{"a":3}\n]',
      ['3 broken-json "tru": A text stands in double quotes'],
      ['2 document {"a":1}', '4 document {"a":3}'],
    ],
    [
      "an item that is not closed",
      '[\n  {"a":1},\n  {"a":"x},\n  {"a":3}\n]',
      ['3 broken-json "\\"x},": This text is not closed'],
      ['2 document {"a":1}', '4 document {"a":3}'],
    ],
    [
      "a list that is not closed",
      '[\n{"a":1},\n{"a":2}',
      ['1 broken-json "[": This `[` is not closed'],
      ['2 document {"a":1}', '3 document {"a":2}'],
    ],
    [
      "a comma missing in a list",
      '[{"a":1} {"a":2}]',
      ['1 broken-json "": Expected a comma or `]` here'],
      ['1 document {"a":1}', '1 document {"a":2}'],
    ],
    [
      "a broken hit of a response",
      '{"hits":{"hits":[{"_source":{"a":1}},{"_source":{"a":x}}]}}',
      ['1 broken-json "x": A text stands in double quotes'],
      ['1 hit {"a":1}'],
    ],
    [
      "a broken object laid out",
      '{\n  "a": "x\n}\n{"a":2}',
      ['2 broken-json "\\"x": This text is not closed'],
      ['4 document {"a":2}'],
    ],
    [
      "an action without its document",
      '{"index":{}}\n{"index":{}}\n{"a":1}',
      ['1 half-pair "{\\"index\\":{}}": No document follows this `index` action'],
      ['3 bulk {"a":1}'],
    ],
    [
      "an action at the end",
      '{"a":1}\n{"create":{}}',
      ['2 half-pair "{\\"create\\":{}}": No document follows this `create` action'],
      ['1 document {"a":1}'],
    ],
    [
      "an export of rules",
      `${RULE}\n{"exported_count":1,"exported_rules_count":1}`,
      [`1 rule-export ${JSON.stringify(RULE)}: This is an export of rules from Kibana, not of events`],
      [],
    ],
    [
      "an export of rules beside events",
      `{"a":1}\n${RULE}`,
      [`2 rule-export ${JSON.stringify(RULE)}: This is an export of rules from Kibana, not of events`],
      [],
    ],
  ])("%s", (_name, text, problems, events) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(eventsOf(text)).toEqual(events);
  });
});

test("an alert that names its rule is no export of rules", () => {
  const alert = '{"@timestamp":"2026-01-01T00:00:00Z","rule_id":"x","risk_score":1,"severity":"low"}';
  expect(eventsOf(alert)).toHaveLength(1);
});

describe("whatever the text, there is an answer", () => {
  const pieces = fc.constantFrom(
    '{"a":1}',
    '{"a":{"b":[1,2]}}',
    '{"_index":"i","_source":{"a":1}}',
    '{"hits":{"hits":[{"_source":{"a":1}}]}}',
    '{"index":{}}',
    '{"expected":[{"a":1}]}',
    '[{"a":1},',
    "]",
    "{",
    "}",
    '"',
    '"""',
    ",",
    "//",
    "\n",
    "\n",
    " ",
    "x",
  );

  test("places lie in the text, lines are right, and what was read stands where it is said to", () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const { events, problems } = allSampleEvents(text);
        for (const { span, line } of [...events, ...problems]) {
          expect(0 <= span.start && span.start <= span.end && span.end <= text.length, text).toBe(true);
          expect(line, text).toBe(text.slice(0, span.start).split("\n").length);
        }
        for (const { span } of events) expect(text[span.start], text).toBe("{");
        count += events.length;
      }),
      { seed: 20_260_101, numRuns: 4000 },
    );
    expect(count).toBeGreaterThan(2000);
  });

  test("every whole line is read, whatever stands on the others", () => {
    const broken = fc.constantFrom(
      "nope",
      '{"a":',
      '{"a":"x',
      '{"a":1,',
      "[",
      "[1",
      "}",
      "]",
      '{"x":[',
      "{'a'",
      '{"a":1}}',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), broken), { maxLength: 10 }), (lines) => {
        const text = lines.map(([isWhole, other], i) => (isWhole ? `{"line":${i + 1}}` : other)).join("\n");
        const read = new Set(allSampleEvents(text).events.map(({ document }) => document["line"]));
        const lost = lines.flatMap(([isWhole], i) => (isWhole && !read.has(i + 1) ? [i + 1] : []));
        // A list or object that is opened, and closed further down, may hold what stands between.
        const mayHold = lines.some(([isWhole, other]) => !isWhole && /^(?:\[|\{"x":\[|\{"a":)/.test(other));
        if (!mayHold) expect(lost, text).toEqual([]);
      }),
      { seed: 20_260_101, numRuns: 2000 },
    );
  });
});
