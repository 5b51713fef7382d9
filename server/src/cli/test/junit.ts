/** A run of tests as XML in the form of JUnit: a suite for each rule, and one for what is wrong with test files. */
import { assertions, countsOf, type PlacedProblem, placedProblems, type TestReport } from "./report.ts";
import { type RuleTests, type TimedReport } from "./runTests.ts";

/** What cannot be run and known misses are skipped. */
export function junitTests(report: TestReport): string {
  const { passed, failed, unsupported, todo, error } = countsOf(report);
  const broken = placedProblems(report).filter(({ severity }) => severity === "error");
  const suites = [
    ...report.rules.filter(({ reports }) => 0 < assertions(reports).length).map(suiteOf),
    ...(broken.length === 0 ? [] : [problemSuite(broken)]),
  ];
  const tests = passed + failed + unsupported + todo + error + broken.length;
  const head = element("testsuites", {
    name: "rulewright",
    tests,
    failures: failed,
    errors: error + broken.length,
    skipped: unsupported + todo,
    time: seconds(report.milliseconds),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${head}>\n${suites.join("")}</testsuites>\n`;
}

function suiteOf({ rule, reports }: RuleTests): string {
  const all = assertions(reports);
  const count = (...outcomes: readonly string[]): number =>
    all.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const head = element("testsuite", {
    name: rule.path,
    tests: all.length,
    failures: count("failed"),
    errors: count("error"),
    skipped: count("unsupported", "todo"),
    time: seconds(all.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  });
  return `  <${head}>\n${all.map((one) => junitCase(rule.path, one)).join("")}  </testsuite>\n`;
}

function junitCase(
  path: string,
  { testCase, outcome, message, decisive, milliseconds }: TimedReport,
): string {
  const head = element("testcase", { classname: path, name: testCase.name, time: seconds(milliseconds) });
  if (outcome === "passed") return `    <${head}/>\n`;
  const kind = outcome === "failed" ? "failure" : outcome === "error" ? "error" : "skipped";
  const detail = decisive.map((event) => contentText(event.message)).join("\n");
  return `    <${head}><${element(kind, { message: message ?? outcome })}>${detail}</${kind}></testcase>\n`;
}

function problemSuite(problems: readonly PlacedProblem[]): string {
  const cases = problems.map(({ path, check, message, range }) => {
    const place = range === undefined ? path : `${path}:${range.start.line}`;
    const head = element("testcase", { classname: path, name: `${check} ${place}` });
    return `    <${head}><${element("error", { message })}/></testcase>\n`;
  });
  const counts = { tests: problems.length, errors: problems.length };
  return `  <${element("testsuite", { name: "test files", ...counts })}>\n${cases.join("")}  </testsuite>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${attributeText(String(value))}"`,
  );
  return `${name}${written.join("")}`;
}

const XML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Line breaks of an attribute would be read as blanks. */
function attributeText(text: string): string {
  return contentText(text).replace(/[\t\n\r]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Characters that XML cannot hold are left out. */
function contentText(text: string): string {
  const allowed = [...text].filter(isAllowed).join("");
  return allowed.replace(/[&<>"]/g, (one) => XML[one] ?? one);
}

function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(0xd800 <= code && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
