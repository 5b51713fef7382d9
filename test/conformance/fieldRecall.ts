/** Real fields of the public rules, misspelt: how many are reported, and whether the right name is suggested first. */
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { touches } from "../../server/src/core/text/span.ts";
import { knowledge } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { seededRandom } from "../support/random.ts";
import { fieldFaults, type RuleUse, ruleUses } from "./fieldUses.ts";
import { type Misspelling, misspelling } from "./misspellings.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const CASES = 500;
const SEED = 20260801;

interface Case extends Misspelling {
  readonly use: RuleUse;
}

export function* recallSuites(
  rules: readonly CorpusRule[],
  schemas: SchemaSet | undefined,
  seed = SEED,
): Generator<SuiteOutcome> {
  const cases = misspeltCases([...ruleUses(rules, knowledge)], schemas, seed);
  if (schemas !== undefined) {
    yield* outcomes("corpus/field-recall", cases, knowledgeOfCheckout(schemas));
  }
  yield* outcomes("corpus/field-recall-embedded", cases, knowledge);
}

/** The same for the same rules. A mistake that makes another real name is none. */
function misspeltCases(
  uses: readonly RuleUse[],
  schemas: SchemaSet | undefined,
  seed: number,
): readonly Case[] {
  const random = seededRandom(seed);
  const real = realNames(schemas);
  const plain = uses.filter(({ name }) => /^[A-Za-z_][\w.]*$/.test(name));
  const [first, ...others] = new Set(plain.flatMap(({ name }) => name.split(".")));
  const [firstUse, ...otherUses] = plain;
  if (first === undefined || firstUse === undefined) return [];
  const cases: Case[] = [];
  for (let tries = 0; cases.length < CASES && tries < 100 * CASES; tries++) {
    const use = random.pick([firstUse, ...otherUses]);
    const made = misspelling(use.name, [first, ...others], random);
    if (made !== undefined && !real.has(made.written)) cases.push({ use, ...made });
  }
  return cases;
}

function realNames(schemas: SchemaSet | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of knowledge.fields?.startingWith("") ?? []) names.add(name);
  for (const { name } of knowledge.vendorFields?.all() ?? []) names.add(name);
  for (const stack of schemas?.stacks ?? []) {
    for (const packageName of schemas?.packages ?? []) {
      const answer = stack.integration(packageName, undefined);
      if (answer.kind === "found") for (const name of answer.schema.names()) names.add(name);
    }
  }
  return names;
}

function* outcomes(suite: string, cases: readonly Case[], known: Knowledge): Generator<SuiteOutcome> {
  const missed: SuiteFailure[] = [];
  const wrong: SuiteFailure[] = [];
  const byMistake = new Map<string, { count: number; found: number }>();
  cases.forEach(({ use, written, mistake }, index) => {
    const { span, rule, name } = use;
    const text = rule.text.slice(0, span.start) + written + rule.text.slice(span.end);
    const fault = fieldFaults(text, known).find((one) => touches(one.span, span.start));
    const counts = byMistake.get(mistake) ?? { count: 0, found: 0 };
    byMistake.set(mistake, { count: counts.count + 1, found: counts.found + (fault === undefined ? 0 : 1) });
    const where = `${rule.path}: ${written}`;
    if (fault === undefined) missed.push({ index, name: where, expected: "a finding", got: "none" });
    else if (fault.fixes[0]?.title !== `Replace by ${name}`)
      wrong.push({ index, name: where, expected: name, got: fault.fixes[0]?.title ?? "no suggestion" });
  });
  const found = cases.length - missed.length;
  const notes = [...byMistake].map(
    ([mistake, { count, found: hits }]) => `${mistake}: ${hits} of ${count} reported`,
  );
  yield { suite, passed: found, failures: missed, known: 0, skipped: 0, notes };
  yield {
    suite: `${suite}-first`,
    passed: found - wrong.length,
    failures: wrong,
    known: 0,
    skipped: 0,
    notes: [],
  };
}
