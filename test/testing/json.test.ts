/** JSON with places: it refuses what `JSON.parse` refuses, makes the same values, and every place leads to its text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonNode } from "../../server/src/core/testing/json/model.ts";
import { fieldNodes, plainValue } from "../../server/src/core/testing/json/value.ts";
import { readJson } from "../../server/src/core/testing/json.ts";
import { eventAt, fieldAt } from "../../server/src/core/testing/events/place.ts";
import { eventsIn } from "./support.ts";

const SEED = 20_260_101;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("valid JSON is read as `JSON.parse` reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const { node, problems } = readJson(text);
      expect(problems).toEqual([]);
      expect(plainValue(node)).toEqual(JSON.parse(text));
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test("text with a few characters changed is refused where `JSON.parse` refuses it, and never throws", () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom(..."{}[],:\"'\\/ntf1-. \n", "")), {
    maxLength: 4,
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), edits, (value, changes) => {
      let text = JSON.stringify(value);
      for (const [at, character] of changes) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + character + text.slice(place + 1);
      }
      const { problems } = readJson(text);
      if (!isJson(text)) refused++;
      expect(problems.length === 0, text).toBe(isJson(text));
      for (const { span } of problems) {
        expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
      }
    }),
    { seed: SEED, numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1000);
});

test("every text's place leads to its characters", () => {
  const strings = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(fc.dictionary(strings, strings), (value) => {
      const text = JSON.stringify(value);
      for (const { member } of fieldNodes(readJson(text).node)) expectSound(text, member.value);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

function expectSound(text: string, node: JsonNode): void {
  if (node.kind !== "string" || node.map === undefined) throw new Error("a text without a map");
  const { map, value } = node;
  for (let at = 0; at < value.length; at++) {
    const host = map.toHost(at, "start");
    const isEscape = text[host] === "\\";
    expect(isEscape ? host < text.length : text[host] === value[at]).toBe(true);
  }
}

describe("problems stand at their place", () => {
  test.each<readonly [text: string, problem: string]>([
    ["", '"": Expected a value'],
    ["{} {}", '"{": Nothing may follow the value'],
    ["{", '"{": This `{` is not closed'],
    ["[1", '"[": This `[` is not closed'],
    ["[1,]", '",": A comma too many before `]`'],
    ["[,1]", '"": Expected a value'],
    ['{"a" : , "b":1}', '"": Expected a value'],
    ["[+1]", '"+1": JSON writes numbers without `+`, leading zeros or a bare point'],
    ["[01]", '"01": JSON writes numbers without `+`, leading zeros or a bare point'],
    ["[.5]", '".5": JSON writes numbers without `+`, leading zeros or a bare point'],
    ["[NaN]", '"NaN": `NaN` is no JSON: write `null`'],
    ['["a\tb"]', '"\\t": A control character stands as `\\u` and four digits'],
    ["// x\n1", '"// x\\n": JSON has no comments'],
  ])("%j", (text, expected) => {
    const [first] = readJson(text).problems;
    const shown =
      first && `${JSON.stringify(text.slice(first.span.start, first.span.end))}: ${first.message}`;
    expect(shown).toBe(expected);
  });
});

describe("the field at an offset", () => {
  const text = '{"_source":{"process":{"name":"a","args":["b","c"]},"x.y":1}}\n{"z":2}';
  test.each<readonly [at: string, field: string | undefined]>([
    ['"name"', "process.name"],
    ['"a"', "process.name"],
    ['"c"', "process.args"],
    ["1}", "x.y"],
    ['"z"', "z"],
    ["2}", "z"],
  ])("%s", (at, expected) => {
    const offset = text.indexOf(at);
    const event = eventAt(eventsIn(text), offset);
    expect(event && fieldAt(text, event, offset)?.name).toBe(expected);
  });
});
