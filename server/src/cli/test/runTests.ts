/** Runs the test cases of rules, with what they cover and, if asked, which changes of the query they notice. */
import { sampleTypes } from "../../core/analysis/sampleTypes.ts";
import { type Knowledge } from "../../core/knowledge/knowledge.ts";
import { referencedFiles } from "../../core/testing/cases/manifestFiles.ts";
import { type CaseInputs } from "../../core/testing/cases/inputs.ts";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { type TestCase } from "../../core/testing/cases/testCase.ts";
import { type Coverage, coverageOf, partResults } from "../../core/testing/clauseCounts.ts";
import { type MutationScore, type ReadyCase, mutationScore } from "../../core/testing/mutate.ts";
import { type CaseReport } from "../../core/testing/report.ts";
import { runCase } from "../../core/testing/runCase.ts";
import { prepareRule } from "../../core/testing/runners.ts";
import { type PreparedRule } from "../../core/testing/run/prepared.ts";
import { type SampleEvents } from "../../core/testing/sampleEvents.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import {
  type ProjectOptions,
  type RuleOnDisk,
  driveAtOnce,
  eventFilesOf,
  placeOf,
  plannedTests,
  readEvents,
  readInputs,
  readManifests,
  readRuleFile,
  withNamed,
} from "../../host/testProject.ts";
import { type AskedTests } from "./find.ts";

export interface RuleTests {
  readonly rule: RuleOnDisk;
  readonly reports: readonly TimedReport[];
  /** Undefined for rules that cannot be run. */
  readonly coverage: Coverage | undefined;
  readonly mutations: MutationScore | undefined;
}

export interface TimedReport extends CaseReport {
  readonly milliseconds: number;
}

export interface TestRun {
  /** In the order of their paths; those without a case have no report. */
  readonly rules: readonly RuleTests[];
  readonly problems: readonly CaseProblem[];
  /** The texts of manifests, by path. */
  readonly manifests: ReadonlyMap<string, string>;
}

export interface RunTestsOptions extends ProjectOptions {
  readonly knowledge: Knowledge;
  readonly mutates: boolean;
  readonly onRule: (done: number, all: number) => void;
}

export async function runTests(asked: AskedTests, options: RunTestsOptions): Promise<TestRun> {
  const rules: RuleOnDisk[] = [];
  for (const file of asked.toml) {
    const rule = await readRuleFile(file, options);
    if (rule !== undefined) rules.push(rule);
  }
  const manifests = await readManifests(asked.others, options);
  const named = [...manifests].flatMap(([file, text]) => referencedFiles(file, text));
  const files = await withNamed(asked.others, named, options);
  const plan = await plannedTests(rules.map(placeOf), files, manifests, options);
  const cases = byRule((plan?.cases ?? []).filter((testCase) => isAsked(testCase, asked)));
  const types = sampleTypes(options.knowledge);
  const results: RuleTests[] = [];
  for (const rule of rules) {
    results.push(await testsOf(rule, cases.get(rule.path) ?? [], types, options));
    options.onRule(results.length, rules.length);
  }
  return { rules: results, problems: plan?.problems ?? [], manifests };
}

/** Of rules that are there for the sake of some test files, only those. */
function isAsked(testCase: TestCase, { narrowed, files }: AskedTests): boolean {
  if (!narrowed.has(testCase.rule.path)) return true;
  return [testCase.origin.path, ...eventFilesOf(testCase)].some((file) => files.has(file));
}

function byRule(cases: readonly TestCase[]): ReadonlyMap<string, readonly TestCase[]> {
  const found = new Map<string, TestCase[]>();
  for (const testCase of cases) {
    const known = found.get(testCase.rule.path);
    if (known === undefined) found.set(testCase.rule.path, [testCase]);
    else known.push(testCase);
  }
  return found;
}

async function testsOf(
  rule: RuleOnDisk,
  cases: readonly TestCase[],
  types: FieldTypes,
  options: RunTestsOptions,
): Promise<RuleTests> {
  if (cases.length === 0) return { rule, reports: [], coverage: undefined, mutations: undefined };
  const prepared = prepareRule(rule.rule, { types, query: undefined });
  const events = new Map<string, SampleEvents | undefined>();
  const reports: TimedReport[] = [];
  const ready: ReadyCase[] = [];
  for (const testCase of cases) {
    const started = performance.now();
    for (const file of eventFilesOf(testCase))
      if (!events.has(file)) events.set(file, await readEvents(file, options));
    const inputs = readInputs(testCase, events);
    const report = await driveAtOnce(runCase(testCase, prepared, inputs));
    reports.push({ ...report, milliseconds: performance.now() - started });
    if (inputs.ok) ready.push({ testCase, inputs: inputs.value });
  }
  return {
    rule,
    reports,
    coverage: prepared.ok ? await coverageBy(prepared.value, ready) : undefined,
    mutations: options.mutates ? await scoreOf(rule, types, ready) : undefined,
  };
}

/** Scratch events assert nothing, so they cover nothing. */
async function coverageBy(prepared: PreparedRule, ready: readonly ReadyCase[]): Promise<Coverage> {
  const events = ready
    .filter(({ testCase }) => testCase.expect !== "events" && !testCase.isTodo)
    .flatMap(({ inputs }: { readonly inputs: CaseInputs }) => inputs.events);
  return coverageOf(await driveAtOnce(partResults(prepared, events)));
}

async function scoreOf(
  { rule }: RuleOnDisk,
  types: FieldTypes,
  ready: readonly ReadyCase[],
): Promise<MutationScore | undefined> {
  const score = await driveAtOnce(mutationScore(rule, types, ready));
  return score.ok ? score.value : undefined;
}
