/** `npm run conformance -- [DIR] [--only NAME,…] [--json]`: our answers against those of the reference implementations. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkoutRepository, checkoutSchemas } from "../support/checkoutSchemas.ts";
import { conformanceFolder, rulesFolder } from "../support/corpus.ts";
import { apiSuites } from "./api.ts";
import { BARS } from "./bars.ts";
import { completionSuites } from "./completion.ts";
import { corpusSuites } from "./corpus.ts";
import { eqlSuites } from "./eql.ts";
import { formatSuites } from "./format.ts";
import { kqlSuites } from "./kql.ts";
import { generateSuites } from "./generate.ts";
import { rulesSuites } from "./rules.ts";
import { seedSuites } from "./seed.ts";
import { type ConformanceInput, type SuiteOutcome, type SuiteResult } from "./suite.ts";

const GROUPS: Readonly<Record<string, (input: ConformanceInput) => Iterable<SuiteOutcome>>> = {
  *corpus(input) {
    yield* corpusSuites(input);
    yield* seedSuites(input);
  },
  eql: eqlSuites,
  kql: kqlSuites,
  esql: () => [{ suite: "esql", notBuilt: true }],
  completion: completionSuites,
  generate: generateSuites,
  format: formatSuites,
  rules: rulesSuites,
  api: apiSuites,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, json: { type: "boolean", default: false } },
});
const folder = path.resolve(positionals[0] ?? conformanceFolder);
const rules = rulesFolder(folder);
/** Of the random input, a tenth is enough among everything else. */
const TENTH = 0.1;
const input: ConformanceInput = {
  folder,
  rules,
  schemas: rules === undefined ? undefined : await checkoutSchemas(rules),
  repository: rules === undefined ? undefined : await checkoutRepository(rules),
  share: values.only === undefined ? TENTH : 1,
};
const names = values.only?.split(",") ?? Object.keys(GROUPS);
const say = values.json ? console.error : console.log;

const unknown = names.find((name) => !(name in GROUPS));
if (unknown !== undefined) {
  console.error(`There is no group ${unknown}: there are ${Object.keys(GROUPS).join(", ")}`);
  process.exit(2);
}
if (!existsSync(folder)) say(`no conformance data in ${folder}: its suites are skipped`);
if (input.rules === undefined)
  say("no checkout of the public rules (DETECTION_RULES_DIR): its suites are skipped");

const results: SuiteResult[] = [];
for (const name of names) {
  if (!["corpus", "completion", "format", "api"].includes(name) && !existsSync(folder)) continue;
  for (const outcome of GROUPS[name]?.(input) ?? []) {
    if ("notBuilt" in outcome) say(`${outcome.suite}: not built`);
    else {
      print(outcome);
      results.push(outcome);
    }
  }
}

function print({ suite, passed, failures, known, skipped, notes }: SuiteResult): void {
  const counts = [`${passed} passed`, `${failures.length} failed`, `${known} known differences`];
  if (0 < skipped) counts.push(`${skipped} skipped`);
  say(`${suite}: ${counts.join(", ")}`);
  for (const note of notes) say(`    ${note}`);
  for (const { index, name, expected, got } of failures) {
    say(
      `    #${index} ${name.replaceAll("\n", "\\n")}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
    );
  }
}

const below = results.filter(({ suite, passed, failures }) => {
  const total = passed + failures.length;
  return 0 < total && passed / total < (BARS[suite] ?? 0);
});
for (const { suite } of below) say(`${suite} is below its bar of ${(BARS[suite] ?? 0) * 100} %`);
if (values.json) {
  const suites = Object.fromEntries(
    results.map(({ suite, passed, failures, known, skipped }) => [
      suite,
      { passed, failed: failures.length, known, skipped, failures },
    ]),
  );
  console.log(JSON.stringify({ suites }));
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failures.length, 0);
say(`conformance: ${passed} passed, ${failed} failed`);
process.exitCode = below.length === 0 ? 0 : 1;
