import path from "node:path";
import { parseEql, parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { execSuite } from "./eqlExec.ts";
import { functionsSuite } from "./eqlFunctions.ts";
import { verifySuite } from "./eqlVerify.ts";
import { readJsonLines } from "./json.ts";
import { isKnown } from "./known.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* eqlSuites({ folder }: ConformanceInput): Generator<SuiteOutcome> {
  yield parseSuite(path.join(folder, "eql/parse.jsonl"));
  yield verifySuite(path.join(folder, "eql/parse.jsonl"));
  yield execSuite(path.join(folder, "eql"));
  yield functionsSuite(path.join(folder, "eql/functions.jsonl"));
}

/** Valid queries parse; those that are refused while parsing are refused. Refusals that need field types are another suite. */
function parseSuite(file: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let passed = 0;
  let known = 0;
  let skipped = 0;
  readJsonLines(file).forEach((row, index) => {
    const { query, valid, stage, dialect, error } = row;
    if (typeof query !== "string" || (valid !== true && stage !== "parse")) {
      skipped++;
      return;
    }
    const { errors } = dialect === "es-expression" ? parseEqlCondition(query) : parseEql(query);
    if ((errors.length === 0) === valid) passed++;
    else if (isKnown("eql/parse", query)) known++;
    else
      failures.push({
        index,
        name: query,
        expected: valid === true ? "valid" : error,
        got: errors[0]?.message ?? "valid",
      });
  });
  return { suite: "eql/parse", passed, failures, known, skipped, notes: [] };
}
