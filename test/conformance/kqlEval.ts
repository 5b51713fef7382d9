/** KQL queries against single events and their mapping, as Elasticsearch answers. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { readJsonLines } from "./json.ts";
import { asTaken, isKnown } from "./known.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

interface Fixture {
  readonly now: number;
  readonly types: FieldTypes;
}

/** Rows without a mapping take that of `eval_fixture.json`, with its `now`. */
export function evalSuite(folder: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let passed = 0;
  let known = 0;
  let skipped = 0;
  const fixture = readFixture(path.join(folder, "eval_fixture.json"));
  readJsonLines(path.join(folder, "eval.jsonl")).forEach((row, index) => {
    const { query, event, mapping, es_expected: expected } = row;
    if (typeof query !== "string" || typeof event !== "object" || event === null) {
      skipped++;
      return;
    }
    const types = mapping === undefined ? fixture.types : fieldTypesOfMapping(mapping);
    const options = { now: fixture.now, types };
    const got = answerTo(query, event as JsonObject, options); // An object of JSON.
    const taken = asTaken("kql/eval", query);
    if (isExpected(got, expected)) passed++;
    else if (isKnown("kql/eval", query)) known++;
    else if (taken !== undefined && isExpected(answerTo(taken, event as JsonObject, options), expected))
      known++;
    else failures.push({ index, name: query, expected, got });
  });
  return { suite: "kql/eval", passed, failures, known, skipped, notes: [] };
}

function isExpected(got: boolean | string, expected: unknown): boolean {
  return typeof expected === "string" ? typeof got === "string" : got === expected;
}

/** Why it is refused, if it is. */
function answerTo(query: string, event: JsonObject, options: Fixture): boolean | string {
  const { ast, errors } = parseKql(query);
  const [error] = errors;
  if (error !== undefined) return `refused: ${error.message}`;
  const compiled = compileKql(ast, options);
  return compiled.ok ? compiled.value(event) : `refused: ${compiled.error.feature}`;
}

function readFixture(file: string): Fixture {
  const none = { now: 0, types: fieldTypesOfMapping({}) };
  if (!existsSync(file)) return none;
  const { now, mapping } = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>; // One object.
  return typeof now === "string" ? { now: Date.parse(now), types: fieldTypesOfMapping(mapping) } : none;
}
