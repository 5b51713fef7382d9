import { isDeepStrictEqual } from "node:util";
import { compileValue } from "../../server/src/core/engine/eql/compile.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { readJsonLines } from "./json.ts";
import { isKnown } from "./known.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

/** Expressions of constants and functions, each with its value. */
export function functionsSuite(file: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let passed = 0;
  let known = 0;
  let skipped = 0;
  readJsonLines(file).forEach(({ expression, expected }, index) => {
    if (typeof expression !== "string") {
      skipped++;
      return;
    }
    const got = valueOf(expression);
    if (isDeepStrictEqual(got, expected)) passed++;
    else if (isKnown("eql/functions", expression)) known++;
    else failures.push({ index, name: expression, expected, got });
  });
  return { suite: "eql/functions", passed, failures, known, skipped, notes: [] };
}

function valueOf(expression: string): unknown {
  const { ast, errors } = parseEqlCondition(expression);
  const [error] = errors;
  if (error !== undefined) return { error: error.message };
  const read = compileValue(ast, defaultEqlOptions);
  if (!read.ok) return { unsupported: read.error.feature };
  const values = read.value({});
  return values.length === 1 ? values[0] : values;
}
