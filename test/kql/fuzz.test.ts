/** No text of 10 kB stops the parser, the formatter, the verifier or the evaluator. */
import { describe, expect, test } from "vitest";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import {
  formatKql,
  kql,
  kqlDsl,
  misreadByPython,
  parseKql,
  refusedByPython,
} from "../../server/src/core/query/kql/index.ts";
import { fastest } from "../support/fastest.ts";
import { seededRandom } from "../support/random.ts";
import { OPTIONS } from "./smallWorld.ts";

const SEED = 20_240_614;
const SIZE = 10_000;
const LIMIT_MILLISECONDS = 50;

const EVENT: JsonObject = {
  "@timestamp": "2024-05-29T10:00:00Z",
  key: ["a", "b".repeat(500)],
  text: "some words of a text ".repeat(20),
  long: 5,
  ip: "10.0.0.1",
  items: Array.from({ length: 20 }, (_, i) => ({ name: `n${i}`, size: i })),
};

const PIECES =
  'a key: text: long: ip: items:{ } ( ) { : < <= > >= "x" "y " " \\ \\* * ** a*b* and or not ,and ,or AND ; , == != && || ! // # 10.0.0.0/8 2001:db8::1 C:\\x now-1d/d null true é 😀 \u00a0 \n \t \\u0041 (x86)\\'.split(
    " ",
  );

/** Everything that is asked of a query while its author types, and of a finished one for an event. */
function useAll(text: string): void {
  const parse = parseKql(text);
  kql.facts(parse);
  kql.symbols?.(parse);
  kql.folds?.(parse);
  kql.wordAt?.(parse, text.length >> 1);
  kql.verify?.(parse, OPTIONS.types);
  expect([...refusedByPython(parse), ...misreadByPython(parse)]).toBeInstanceOf(Array);
  formatKql(parse, { width: 100, indent: 2 });
  kqlDsl(parse.ast, undefined);
  const compiled = compileKql(parse.ast, OPTIONS);
  if (compiled.ok) compiled.value(EVENT);
}

function expectFast(text: string): void {
  expect(fastest(() => parseKql(text), LIMIT_MILLISECONDS)).toBeLessThan(LIMIT_MILLISECONDS);
  const { ast, errors } = parseKql(text);
  if (errors.length === 0) {
    const evaluate = (): void => {
      const compiled = compileKql(ast, OPTIONS);
      if (compiled.ok) compiled.value(EVENT);
    };
    expect(fastest(evaluate, LIMIT_MILLISECONDS)).toBeLessThan(LIMIT_MILLISECONDS);
  }
  useAll(text);
}

describe("One thing over and over", () => {
  const repeated = [
    ...PIECES,
    ...[
      "a:(b ",
      "a:{",
      "a<",
      "<>",
      'a == "b" ',
      "a:(C:\\x or ",
      'a not : "b" ',
      "a:b or ",
      "(a:b and ",
      "not (",
      "a:* and ",
      "a:*b*c* or ",
    ],
    ...[
      "text:a* b* ",
      "key:a*",
      "a:(b or ",
      "a and and ",
      '"a" // x\n',
      '"a"and',
      "items:{ name:a } or ",
      "a ",
      "* ",
      "\\:",
      "x or ",
      'a"b',
      "a:b* c* or ",
    ],
  ];
  test.each(repeated)("%j", (piece) => {
    expectFast(piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE));
  });

  test("One long value with many wildcards", () => {
    expectFast(`key:${"b*".repeat(SIZE / 2)}`);
    expectFast(`text:${"w* ".repeat(SIZE / 3)}`);
    expectFast(`${"a* ".repeat(SIZE / 3)}`);
  });
});

test(`random pieces (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  for (let round = 0; round < 60; round++) {
    const separator = random.below(2) === 0 ? " " : "";
    let text = "";
    while (text.length < SIZE) text += (PIECES[random.below(PIECES.length)] ?? "") + separator;
    expectFast(text);
  }
});
