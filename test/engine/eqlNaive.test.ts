/** The compiled engine and the reference that walks the tree agree, whatever the condition and the document. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition, compileValue } from "../../server/src/core/engine/eql/compile.ts";
import { type EqlOptions } from "../../server/src/core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { randomDocuments, randomExpressions, randomSeenFields, randomTypes } from "./eqlRandom.ts";
import { naiveCondition, naiveValues } from "./naive.ts";

const options: EqlOptions = { ...defaultEqlOptions, types: randomTypes, seenFields: randomSeenFields };
const parameters = { seed: 20_240_531, numRuns: 4000 } as const;
const documents = fc.array(randomDocuments, { minLength: 1, maxLength: 6 });

describe("compiled and naive evaluation agree", () => {
  test("on conditions", () => {
    let ran = 0;
    const property = fc.property(randomExpressions.truth, documents, (source, some) => {
      const { ast, errors } = parseEqlCondition(source);
      expect(errors, source).toEqual([]);
      const predicate = compileCondition(ast, options);
      if (!predicate.ok) return;
      ran++;
      for (const document of some) {
        const expected = naiveCondition(ast, document, options) === true;
        expect(predicate.value(document), JSON.stringify(document)).toBe(expected);
      }
    });
    fc.assert(property, parameters);
    expect(ran).toBeGreaterThan(parameters.numRuns / 2);
  });

  test("on values", () => {
    const anything = fc.oneof(randomExpressions.text, randomExpressions.number, randomExpressions.truth);
    const property = fc.property(anything, documents, (source, some) => {
      const { ast } = parseEqlCondition(source);
      const read = compileValue(ast, options);
      if (!read.ok) return;
      for (const document of some) {
        const expected = naiveValues(ast, document, options);
        expect(new Set(read.value(document)), JSON.stringify(document)).toEqual(expected);
      }
    });
    fc.assert(property, parameters);
  });
});
