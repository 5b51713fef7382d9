/** Events in every shape in which tools write them. */
import { describe, expect, test } from "vitest";
import { eventsOf, problemsOf } from "./eventTexts.ts";

describe("shapes", () => {
  test.each<readonly [name: string, text: string, events: readonly string[]]>([
    ["NDJSON", '{"a":1}\n{"a":2}\n', ['1 document {"a":1}', '2 document {"a":2}']],
    ["no line end at the end", '{"a":1}\n{"a":2}', ['1 document {"a":1}', '2 document {"a":2}']],
    ["line ends of Windows", '{"a":1}\r\n{"a":2}\r\n', ['1 document {"a":1}', '2 document {"a":2}']],
    ["a byte order mark", '\ufeff{"a":1}\n', ['1 document {"a":1}']],
    ["blank lines", '\n\n  \n{"a":1}\n\n{"a":2}', ['4 document {"a":1}', '6 document {"a":2}']],
    ["comments", '// first\n{"a":1}\n  // second\n{"a":2}', ['2 document {"a":1}', '4 document {"a":2}']],
    ["nothing", "", []],
    ["nothing but comments", "// a\n// b", []],
    [
      "dotted keys",
      '{"process.name":"a","process":{"pid":1}}',
      ['1 document {"process.name":"a","process":{"pid":1}}'],
    ],
    ["an indented line", '   {"a":1}', ['1 document {"a":1}']],
    ["a hit", '{"_index":"logs-x","_id":"7","_score":1,"_source":{"a":1}}', ['1 hit {"a":1} in logs-x #7']],
    [
      "a hit of the document viewer",
      '{"_index":"i","_version":1,"_source":{"a":1},"fields":{"a":[1]}}',
      ['1 hit {"a":1} in i'],
    ],
    [
      "a document by its id",
      '{"_index":"i","_id":"1","found":true,"_source":{"a":1}}',
      ['1 hit {"a":1} in i #1'],
    ],
    [
      "an event with a field `_source` beside others",
      '{"_source":{"a":1},"message":"x"}',
      ['1 document {"_source":{"a":1},"message":"x"}'],
    ],
    [
      "fields of a hit",
      '{"_index":"i","fields":{"a.b":["x"],"c":[1,2]}}',
      ['1 fields {"a.b":"x","c":[1,2]} in i'],
    ],
    ["fields alone", '{"fields":{"a.b":["x"]}}', ['1 fields {"a.b":"x"}']],
    [
      "lists by dotted name",
      '{"@timestamp":["t"],"a.b":["x","y"]}',
      ['1 fields {"@timestamp":"t","a.b":["x","y"]}'],
    ],
    ["one list among others is a document", '{"a":["x"],"b":"y"}', ['1 document {"a":["x"],"b":"y"}']],
    [
      "es_archiver",
      '{"type":"doc","value":{"id":"1","index":"i","source":{"a":1}}}',
      ['1 archive {"a":1} in i #1'],
    ],
    ["an index of es_archiver", '{"type":"index","value":{"index":"i","mappings":{}}}', []],
    [
      "an event with `type` and `value`",
      '{"type":"doc","value":{"x":1}}',
      ['1 document {"type":"doc","value":{"x":1}}'],
    ],
    ["elastic-package", '{"expected":[{"a":1},null,{"a":2}]}', ['1 document {"a":1}', '1 document {"a":2}']],
    ["events of a pipeline test", '{"events":[{"a":1}]}', ['1 document {"a":1}']],
    [
      "an event with a field `events` beside others",
      '{"events":[{"a":1}],"b":2}',
      ['1 document {"events":[{"a":1}],"b":2}'],
    ],
    [
      "several documents by id",
      '{"docs":[{"_index":"i","_id":"1","_source":{"a":1}},{"doc":{"_source":{"a":2}}}]}',
      ['1 hit {"a":1} in i #1', '1 hit {"a":2}'],
    ],
    ["a list on a line", '[{"a":1},{"a":2}]', ['1 document {"a":1}', '1 document {"a":2}']],
    ["an empty list", "[]", []],
    ["a list in a list", '[[{"a":1}],{"a":2}]', ['1 document {"a":1}', '1 document {"a":2}']],
    ["a list over lines", '[\n{"a":1},\n{"a":2}\n]\n', ['2 document {"a":1}', '3 document {"a":2}']],
    [
      "a list laid out",
      '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]',
      ['2 document {"a":1}', '5 document {"a":2}'],
    ],
    ["an object laid out", '{\n  "a": {\n    "b": "}"\n  }\n}', ['1 document {"a":{"b":"}"}}']],
    ["two objects laid out", '{\n  "a": 1\n}\n{\n  "a": 2\n}', ['1 document {"a":1}', '4 document {"a":2}']],
    ["laid out and NDJSON", '{\n  "a": 1\n}\n\n{"a":2}', ['1 document {"a":1}', '5 document {"a":2}']],
    ["an object that begins another at the margin", '{"a":\n{"b":1}\n}', ['1 document {"a":{"b":1}}']],
    [
      "one after the other on a line",
      '{"a":1}{"a":2} {"a":3}',
      ['1 document {"a":1}', '1 document {"a":2}', '1 document {"a":3}'],
    ],
    [
      "`_search`",
      '{"took":1,"hits":{"total":{"value":1},"hits":[{"_index":"i","_id":"1","_source":{"a":1}}]}}',
      ['1 hit {"a":1} in i #1'],
    ],
    [
      "`_search` laid out",
      '{\n "took": 1,\n "hits": {\n  "hits": [\n   {"_index":"i","_source":{"a":1}},\n   {"_index":"i","_source":{"a":2}}\n  ]\n }\n}',
      ['5 hit {"a":1} in i', '6 hit {"a":2} in i'],
    ],
    [
      "`_search` with fields",
      '{"hits":{"hits":[{"_index":"i","fields":{"a":[1]}}]}}',
      ['1 fields {"a":1} in i'],
    ],
    ["`_search` without hits", '{"hits":{"total":0,"hits":[]}}', []],
    [
      "what Kibana's inspector shows",
      '{"id":"x","rawResponse":{"hits":{"hits":[{"_source":{"a":1}}]}}}',
      ['1 hit {"a":1}'],
    ],
    [
      "`_eql/search`",
      '{"is_partial":false,"hits":{"events":[{"_index":"i","_id":"1","_source":{"a":1}}]}}',
      ['1 hit {"a":1} in i #1'],
    ],
    [
      "`_eql/search` of a sequence",
      '{"hits":{"sequences":[{"join_keys":["x"],"events":[{"_index":"i","_source":{"a":1}},{"_index":"","_id":"","_source":null,"missing":true},{"_index":"i","_source":{"a":2}}]}]}}',
      ['1 hit {"a":1} in i', '1 hit {"a":2} in i'],
    ],
    ["an event with a field `hits`", '{"hits":{"count":2},"a":1}', ['1 document {"hits":{"count":2},"a":1}']],
    [
      "`_bulk`",
      '{"index":{"_index":"i","_id":"9"}}\n{"a":1}\n{"create":{}}\n{"a":2}\n',
      ['2 bulk {"a":1} in i #9', '4 bulk {"a":2}'],
    ],
    [
      "`_bulk` that updates and deletes",
      '{"update":{"_id":"1","_index":"i"}}\n{"doc":{"a":1}}\n{"delete":{"_index":"i","_id":"2"}}\n{"index":{}}\n{"a":2}',
      ['2 bulk {"a":1} in i #1', '5 bulk {"a":2}'],
    ],
    ["an event with a field `index`", '{"index":{"name":"x"}}', ['1 document {"index":{"name":"x"}}']],
  ])("%s", (_name, text, events) => {
    expect(problemsOf(text)).toEqual([]);
    expect(eventsOf(text)).toEqual(events);
  });
});
