/** Queries that Elasticsearch's verifier refuses against a mapping, and those that it takes. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEql, verifyEql } from "../../server/src/core/query/eql/index.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { readJsonLines } from "./json.ts";
import { isKnown } from "./known.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

/** Rows with a mapping of their own, or the name of one that lies beside the file. */
export function verifySuite(file: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let passed = 0;
  let known = 0;
  let skipped = 0;
  const beside = new Map<string, FieldTypes>();
  const typesFor = (mapping: unknown): FieldTypes => {
    if (typeof mapping !== "string") return fieldTypesOfMapping(mapping);
    const types = beside.get(mapping) ?? fieldTypesOfMapping(readJson(file, mapping));
    beside.set(mapping, types);
    return types;
  };
  readJsonLines(file).forEach((row, index) => {
    const { query, valid, stage, error, mapping } = row;
    const isOurs = stage === "verify" || (valid === true && mapping !== undefined);
    if (typeof query !== "string" || !isOurs) {
      skipped++;
      return;
    }
    const types = typesFor(mapping);
    const { ast, errors } = parseEql(query);
    const problems =
      errors.length === 0 ? verifyEql(ast, types, { categoryField: "event.category" }) : errors;
    if ((problems.length === 0) === valid) passed++;
    else if (isKnown("eql/verify", query)) known++;
    else {
      const expected = valid === true ? "valid" : error;
      failures.push({ index, name: query, expected, got: problems[0]?.message ?? "valid" });
    }
  });
  return { suite: "eql/verify", passed, failures, known, skipped, notes: [] };
}

function readJson(file: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(path.dirname(file), name), "utf8"));
}
