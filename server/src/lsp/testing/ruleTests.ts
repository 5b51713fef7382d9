/** The tests of one rule, ready to run. What was computed is kept for as long as it rests on the same values. */
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { type CaseInputs } from "../../core/testing/cases/inputs.ts";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { type TestCase } from "../../core/testing/cases/testCase.ts";
import { type CaseReport } from "../../core/testing/report.ts";
import { runCase } from "../../core/testing/runCase.ts";
import { type PreparedRule, type Refusal } from "../../core/testing/run/prepared.ts";
import { type SampleEvents } from "../../core/testing/sampleEvents.ts";
import { type Result } from "../../core/base/result.ts";
import { type TestCache } from "../../host/testCache.ts";
import { eventFilesOf, type ProjectOptions, readInputs, type RuleOnDisk } from "../../host/testProject.ts";

export interface ReadyCase {
  readonly testCase: TestCase;
  readonly inputs: Result<CaseInputs, CaseProblem>;
}

export interface RuleTests {
  readonly rule: RuleOnDisk;
  readonly types: FieldTypes;
  readonly prepared: Result<PreparedRule, Refusal>;
  readonly cases: readonly ReadyCase[];
  /** The texts of manifests, by path. */
  readonly manifests: ReadonlyMap<string, string>;
}

export interface TimedReport {
  readonly report: CaseReport;
  readonly milliseconds: number;
}

export interface CaseMemo {
  /** Undefined if it was stopped. */
  inputs(
    cases: readonly TestCase[],
    options: ProjectOptions,
    isStopped: () => boolean,
  ): Promise<readonly ReadyCase[] | undefined>;
  /** Undefined if it was stopped. */
  run(
    prepared: RuleTests["prepared"],
    ready: ReadyCase,
    options: ProjectOptions,
  ): Promise<TimedReport | undefined>;
}

/** With the same events a case has the same inputs; with those and the same rule, the same report. */
export function caseMemo(cache: TestCache): CaseMemo {
  const inputs = new WeakMap<
    TestCase,
    { readonly sources: readonly SampleEvents[]; readonly ready: ReadyCase }
  >();
  const reports = new WeakMap<
    ReadyCase,
    { readonly prepared: RuleTests["prepared"]; readonly timed: TimedReport }
  >();

  function readyCase(testCase: TestCase, files: ReadonlyMap<string, SampleEvents>): ReadyCase {
    const sources = [...files.values()];
    const kept = inputs.get(testCase);
    if (kept !== undefined && areSame(kept.sources, sources)) return kept.ready;
    const ready = { testCase, inputs: readInputs(testCase, files) };
    inputs.set(testCase, { sources, ready });
    return ready;
  }

  return {
    async inputs(cases, options, isStopped) {
      const ready: ReadyCase[] = [];
      for (const testCase of cases) {
        const files = new Map<string, SampleEvents>();
        for (const file of eventFilesOf(testCase)) {
          const events = await cache.events(file, options);
          if (isStopped()) return undefined;
          if (events !== undefined) files.set(file, events);
        }
        ready.push(readyCase(testCase, files));
      }
      return ready;
    },

    async run(prepared, ready, { drive }) {
      const kept = reports.get(ready);
      if (kept?.prepared === prepared) return kept.timed;
      const started = performance.now();
      const report = await drive(runCase(ready.testCase, prepared, ready.inputs));
      if (report === undefined) return undefined;
      const timed = { report, milliseconds: performance.now() - started };
      reports.set(ready, { prepared, timed });
      return timed;
    },
  };
}

function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, i) => value === other[i]);
}
