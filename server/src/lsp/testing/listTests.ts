/** Rules with their cases, and what is wrong with the files of tests. */
import { type CancellationToken } from "vscode-languageserver";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { type TestCase } from "../../core/testing/cases/testCase.ts";
import { type LineIndex, lineIndexOf } from "../../core/text/lineIndex.ts";
import { spanOf } from "../../core/text/span.ts";
import { type BookedRule, bookedRule } from "../../host/ruleBook.ts";
import { type TestCaseItem, type TestFileProblem, type TestList, type TestedRule } from "../protocol.ts";
import { rangeIn } from "./places.ts";
import { cancelled, type TestProject, type TestService } from "./testService.ts";

/** All rules that have cases, or one rule whether it has any or not. */
export async function listTests(
  service: TestService,
  uri: string | null,
  token: CancellationToken,
): Promise<TestList> {
  if (uri === null) {
    const lists = (await service.projects(token)).map((project) => listOf(service, project));
    return {
      rules: lists.flatMap(({ rules }) => rules),
      problems: lists.flatMap(({ problems }) => problems),
    };
  }
  const one = await service.rule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return { rules: [], problems: [] };
  const cases = one.cases.map(({ testCase }) => testCase);
  const place: Place = { service, root: one.root, linesOf: linesIn(one.manifests) };
  return { rules: [testedRule(place, bookedRule(one.rule), cases)], problems: [] };
}

interface Place {
  readonly service: TestService;
  readonly root: string;
  readonly linesOf: (file: string) => LineIndex;
}

function listOf(service: TestService, { root, rules, plan }: TestProject): TestList {
  const byRule = new Map<string, TestCase[]>();
  for (const testCase of plan.cases) {
    const known = byRule.get(testCase.rule.path);
    if (known === undefined) byRule.set(testCase.rule.path, [testCase]);
    else known.push(testCase);
  }
  const place: Place = { service, root, linesOf: linesIn(plan.manifests) };
  const tested = rules.flatMap((rule) => {
    const cases = byRule.get(rule.path);
    return cases === undefined ? [] : [testedRule(place, rule, cases)];
  });
  return { rules: tested, problems: plan.problems.map((problem) => fileProblem(place, problem)) };
}

/** Of files that are no manifests, nothing is known but that they have a first line. */
function linesIn(texts: ReadonlyMap<string, string>): (file: string) => LineIndex {
  const known = new Map<string, LineIndex>();
  return (file) => {
    const lines = known.get(file) ?? lineIndexOf(texts.get(file) ?? "");
    known.set(file, lines);
    return lines;
  };
}

function testedRule(place: Place, rule: BookedRule, cases: readonly TestCase[]): TestedRule {
  return {
    uri: place.service.places.uriOf(place.root, rule.path),
    name: rule.name,
    line: rule.queryLine,
    cases: cases.map((testCase) => caseItem(place, testCase)),
  };
}

function caseItem(
  { service, root, linesOf }: Place,
  { id, name, origin, isTodo, expect }: TestCase,
): TestCaseItem {
  const { path, span } = origin;
  const line = span === undefined ? 0 : linesOf(path).positionAt(span.start).line;
  return { id, name, uri: service.places.uriOf(root, path), line, isTodo, isScratch: expect === "events" };
}

function fileProblem({ service, root, linesOf }: Place, problem: CaseProblem): TestFileProblem {
  const { path, message, severity, span } = problem;
  const range = rangeIn(linesOf(path), span ?? spanOf(0, 0));
  return { uri: service.places.uriOf(root, path), message, severity, range };
}
