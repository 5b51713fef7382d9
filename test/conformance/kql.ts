import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  kibanaTree,
  type KqlParse,
  misreadByPython,
  parseKql,
  refusedByPython,
} from "../../server/src/core/query/kql/index.ts";
import { corpusRules } from "../support/corpus.ts";
import { readJsonLines } from "./json.ts";
import { convertSuite } from "./kqlConvert.ts";
import { dslSuite } from "./kqlDsl.ts";
import { evalSuite } from "./kqlEval.ts";
import { rulesSuite } from "./kqlRules.ts";
import { isKnown } from "./known.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* kqlSuites({ folder, rules, schemas }: ConformanceInput): Generator<SuiteOutcome> {
  yield parseSuite(path.join(folder, "kql/parse.jsonl"));
  yield evalSuite(path.join(folder, "kql"));
  yield dslSuite(path.join(folder, "kql/dsl.jsonl"));
  if (rules === undefined) return;
  yield rulesSuite(corpusRules(rules));
  yield convertSuite(corpusRules(rules), schemas);
}

interface Verdict {
  readonly valid: boolean;
  readonly offset?: number | null;
  readonly ast?: unknown;
}

interface LibVerdict {
  readonly valid_strict_keywords: boolean;
}

/** Kibana's verdict, place of a mistake and tree; and a warning where Elastic's CI refuses or reads otherwise. */
function parseSuite(file: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let [passed, known, skipped, refusedCount, placedCount] = [0, 0, 0, 0, 0];
  readJsonLines(file).forEach((row, index) => {
    const { query, same_meaning: sameMeaning } = row;
    // Objects of the fields that the data's README names.
    const [kibana, libkql] = [row["kibana"] as Verdict | undefined, row["libkql"] as LibVerdict | undefined];
    if (typeof query !== "string" || kibana === undefined) {
      skipped++;
      return;
    }
    const parse = parseKql(query);
    if (!kibana.valid) refusedCount++;
    if (!kibana.valid && isPlaced(parse, kibana.offset ?? undefined)) placedCount++;
    const isCiWrong = libkql?.valid_strict_keywords === false || sameMeaning === false;
    const problem = problemOf(parse, kibana, isCiWrong);
    if (problem === undefined) passed++;
    else if (isKnown("kql/parse", query)) known++;
    else failures.push({ index, name: query, ...problem });
  });
  const notes = [`${placedCount} of ${refusedCount} refusals stand where Kibana stops reading`];
  return { suite: "kql/parse", passed, failures, known, skipped, notes };
}

function problemOf(
  parse: KqlParse,
  { valid, offset, ast }: Verdict,
  isCiWrong: boolean,
): Pick<SuiteFailure, "expected" | "got"> | undefined {
  const { errors } = parse;
  const got = errors[0]?.message ?? "valid";
  if ((errors.length === 0) !== valid) return { expected: valid ? "valid" : "refused", got };
  if (!valid) {
    if (isPlaced(parse, offset ?? undefined)) return undefined;
    return { expected: `an error at ${offset}`, got: errors.map(({ span }) => span) };
  }
  const tree = kibanaTree(parse.ast);
  if (!isDeepStrictEqual(tree, ast)) return { expected: ast, got: tree };
  const hasWarning = [...refusedByPython(parse), ...misreadByPython(parse)].length !== 0;
  return isCiWrong && !hasWarning ? { expected: "a warning of what the CI does", got: "none" } : undefined;
}

/**
 * Kibana says where it can read no further: at a sign, often behind the text in which the mistake is. So an error of
 * ours counts that touches the place, or from which no other sign leads to it.
 */
function isPlaced({ text, errors }: KqlParse, offset: number | undefined): boolean {
  if (offset === undefined) return true;
  return errors.some(({ span }) => {
    const start = text.slice(0, span.start).trimEnd().length;
    const between = text.slice(Math.min(span.end, offset), offset);
    return start <= offset && !/[\\():<>"{}]/.test(between);
  });
}
