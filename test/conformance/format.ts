/** Every public rule and many random ones, formatted: values and comments stay, and a second time changes nothing. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { type FormatOptions } from "../../server/src/core/format/options.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { randomRule } from "../format/randomRule.ts";
import { type CorpusRule, corpusRules } from "../support/corpus.ts";
import { type FormattedText, formattedRule } from "../support/format.ts";
import { seededRandom } from "../support/random.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const RANDOM_RULES = 10_000;
/** Of the rules, at least so many may not change with default settings. */
const UNCHANGED_SHARE = 0.8;

/** All that an author may choose, in few runs. */
const CHOICES: readonly Partial<FormatOptions>[] = [
  { lists: "fit", width: 60 },
  { queries: "always" },
  { keyOrder: "house" },
  { keyOrder: "house", queries: "always", lists: "fit", width: 40 },
];

export function* formatSuites({ rules: folder, share }: ConformanceInput): Generator<SuiteOutcome> {
  const rules = folder === undefined ? [] : corpusRules(folder);
  if (0 < rules.length) {
    yield perRule("format/values", rules, ({ text }) => ofFormatted(text, {}, valueProblem));
    yield perRule("format/comments", rules, ({ text }) => ofFormatted(text, {}, commentProblem));
    yield perRule("format/idempotent", rules, ({ text }) => ofFormatted(text, {}, repetitionProblem));
    yield perRule("format/choices", rules, ({ text }, index) =>
      // Of a tenth of the work, each rule takes its turn.
      firstOf(share < 1 ? [choiceOf(index)] : CHOICES, (one) => anyProblem(text, one)),
    );
    yield unchangedSuite(rules);
  }
  yield randomSuite(Math.round(RANDOM_RULES * share));
}

function choiceOf(index: number): Partial<FormatOptions> {
  return CHOICES[index % CHOICES.length] ?? {};
}

type Problem = string | undefined;

/** What is wrong with a text that was formatted. */
type Judge = (text: string, formatted: FormattedText, options: Partial<FormatOptions>) => Problem;

function ofFormatted(text: string, options: Partial<FormatOptions>, judge: Judge): Problem {
  const formatted = formattedRule(text, options);
  return "refused" in formatted ? `refused: ${formatted.refused}` : judge(text, formatted, options);
}

function anyProblem(text: string, options: Partial<FormatOptions>): Problem {
  const problem = ofFormatted(
    text,
    options,
    (...judged) => valueProblem(...judged) ?? commentProblem(...judged) ?? repetitionProblem(...judged),
  );
  return problem === undefined ? undefined : `${JSON.stringify(options)}: ${problem}`;
}

/**
 * In queries that are formatted, blanks may differ, and an `and` may stand before a comment instead of after it: that
 * they are the same queries is for other suites to say.
 */
function valueProblem(text: string, formatted: FormattedText, { queries }: Partial<FormatOptions>): Problem {
  const [before, after] = [text, formatted.text].map((one) => parse(one.replace(/^\uFEFF/, "")));
  const isSame =
    queries === "always"
      ? isDeepStrictEqual(charactersIn(before), charactersIn(after))
      : isDeepStrictEqual(before, after);
  return isSame ? undefined : "other values";
}

/** With each text as its characters but the blanks, in any order. */
function charactersIn(value: unknown): unknown {
  if (typeof value === "string") return [...value.replace(/\s+/g, "")].sort().join("");
  if (Array.isArray(value)) return value.map(charactersIn);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, charactersIn(inner)]));
}

function commentProblem(
  text: string,
  formatted: FormattedText,
  { keyOrder }: Partial<FormatOptions>,
): Problem {
  const [before, after] = [text, formatted.text].map((one) => {
    const comments = readToml(one).comments.map(({ start, end }) => one.slice(start, end).trimEnd());
    return keyOrder === "house" ? comments.sort() : comments;
  });
  return isDeepStrictEqual(before, after) ? undefined : "other comments";
}

function repetitionProblem(
  _text: string,
  formatted: FormattedText,
  options: Partial<FormatOptions>,
): Problem {
  const again = formattedRule(formatted.text, options);
  if ("refused" in again) return `refused the second time: ${again.refused}`;
  return again.edits.length === 0 ? undefined : "changes again";
}

function perRule(
  suite: string,
  rules: readonly CorpusRule[],
  problemOf: (rule: CorpusRule, index: number) => Problem,
): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  rules.forEach((rule, index) => {
    const got = problemOf(rule, index);
    if (got !== undefined) failures.push({ index, name: rule.path, expected: "no problem", got });
  });
  return { suite, passed: rules.length - failures.length, failures, known: 0, skipped: 0, notes: [] };
}

/** One case: what most rules look like is what we write. */
function unchangedSuite(rules: readonly CorpusRule[]): SuiteOutcome {
  const unchanged = rules.filter(({ text }) => {
    const formatted = formattedRule(text);
    return !("refused" in formatted) && formatted.text === text;
  });
  const share = unchanged.length / rules.length;
  const figure = `${unchanged.length} of ${rules.length} rules (${(share * 100).toFixed(1)} %) unchanged`;
  const failures =
    UNCHANGED_SHARE <= share
      ? []
      : [{ index: 0, name: "default settings", expected: `${UNCHANGED_SHARE * 100} %`, got: figure }];
  return {
    suite: "format/unchanged",
    passed: 1 - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [figure],
  };
}

/** The seed of each rule is its number, so that a failure can be repeated. */
function randomSuite(count: number): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let changedCount = 0;
  for (let seed = 0; seed < count; seed++) {
    const text = randomRule(seededRandom(seed));
    const formatted = formattedRule(text);
    if (!("refused" in formatted) && formatted.text !== text) changedCount++;
    const got = firstOf([{}, choiceOf(seed)], (options) => anyProblem(text, options));
    if (got !== undefined) failures.push({ index: seed, name: `seed ${seed}`, expected: "no problem", got });
  }
  return {
    suite: "format/random",
    passed: count - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [`${changedCount} of ${count} random rules changed`],
  };
}

function firstOf<T>(items: readonly T[], problemOf: (item: T) => Problem): Problem {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
