/** Small rules, projects of files and events as tests write them, and what comes out of them as text. */
import { type Result } from "../../server/src/core/base/result.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { type RuleDocument } from "../../server/src/core/rule/model.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { type CaseInputs, caseInputs } from "../../server/src/core/testing/cases/inputs.ts";
import { type CaseProblem } from "../../server/src/core/testing/cases/problem.ts";
import { type TestCase } from "../../server/src/core/testing/cases/testCase.ts";
import { type TestPlan, testCasesOf } from "../../server/src/core/testing/cases.ts";
import { type CaseReport } from "../../server/src/core/testing/report.ts";
import { type PreparedRule, type Refusal } from "../../server/src/core/testing/run/prepared.ts";
import { runCase } from "../../server/src/core/testing/runCase.ts";
import { prepareRule } from "../../server/src/core/testing/runners.ts";
import { allSampleEvents, type SampleEvent } from "../../server/src/core/testing/sampleEvents.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";

/** An EQL rule; `more` are further lines of `[rule]`. */
export function ruleText(query: string, more = 'type = "eql"\nlanguage = "eql"'): string {
  return `[metadata]\nmaturity = "production"\n[rule]\nname = "A rule"\nrule_id = "r1"\nseverity = "high"\nrisk_score = 73\n${more}\nquery = '''\n${query}\n'''\n`;
}

export function ruleOf(query: string, more?: string): RuleDocument {
  return readRule(readToml(ruleText(query, more)));
}

export function preparedOf(
  query: string,
  types: FieldTypes = NO_TYPES,
  more?: string,
): Result<PreparedRule, Refusal> {
  return prepareRule(ruleOf(query, more), { types, query: undefined });
}

export function readyRule(query: string, types: FieldTypes = NO_TYPES, more?: string): PreparedRule {
  const prepared = preparedOf(query, types, more);
  if (!prepared.ok) throw new Error(prepared.error.reason);
  return prepared.value;
}

/** Files by path. The rule of the project is `rules/a.toml`. */
export type Files = Readonly<Record<string, string>>;

export function planOf(files: Files, roots: readonly string[] = []): TestPlan {
  const rules = Object.keys(files).filter((path) => path.endsWith(".toml"));
  return exhausted(
    testCasesOf({
      rules: rules.map((path) => ({
        path,
        ruleId: /rule_id = "(\w+)"/.exec(files[path] ?? "")?.[1],
      })),
      files: Object.keys(files).filter((path) => !path.endsWith(".toml")),
      roots,
      textOf: (path) => files[path],
    }),
  );
}

export function inputsOf(testCase: TestCase, files: Files): Result<CaseInputs, CaseProblem> {
  return caseInputs(testCase, (path) => {
    const text = files[path];
    return text === undefined ? undefined : allSampleEvents(text);
  });
}

export function problemText({ kind, path, span, message }: CaseProblem, files: Files): string {
  const at = span === undefined ? "" : ` ${JSON.stringify((files[path] ?? "").slice(span.start, span.end))}`;
  return `${kind}${at}: ${message}`;
}

/** Every case of the project, by name. */
export function reportsOf(files: Files, types: FieldTypes = NO_TYPES): ReadonlyMap<string, CaseReport> {
  const reports = planOf(files).cases.map((testCase): [string, CaseReport] => {
    const rule = readRule(readToml(files[testCase.rule.path] ?? ""));
    const prepared = prepareRule(rule, { types, query: undefined });
    return [testCase.name, exhausted(runCase(testCase, prepared, inputsOf(testCase, files)))];
  });
  return new Map(reports);
}

export function eventsIn(text: string): readonly SampleEvent[] {
  const { events, problems } = allSampleEvents(text);
  if (problems[0] !== undefined) throw new Error(problems[0].message);
  return events;
}

/** A line of NDJSON for an event of a process. */
export function processEvent(fields: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ "event.category": "process", ...fields })}\n`;
}
