/** A process of its own that reads every KQL query of the public rules: the first time, with everything cold, and after. */
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { corpusRules } from "../support/corpus.ts";

const ROUNDS = 5;

const [folder = ""] = process.argv.slice(2);
const queries = corpusRules(folder)
  .flatMap(({ text }) => readRule(readToml(text)).queries)
  .filter(({ language }) => language === "kuery")
  .map(({ text }) => text);

function meanOfRound(): number {
  const started = performance.now();
  for (const text of queries) parseKql(text);
  return (performance.now() - started) / queries.length;
}

const cold = meanOfRound();
const warm = Array.from({ length: ROUNDS }, meanOfRound).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
console.log(JSON.stringify({ count: queries.length, cold, warm }));
