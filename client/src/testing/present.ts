/** From reports to what the Test Explorer shows. */
import { Location, MarkdownString, Range, type TestItem, TestMessage, type TestRun, Uri } from "vscode";
import { type TestCaseReport, type TextRange } from "../../../server/src/lsp/protocol.ts";

/** Tells a run what became of an item: exactly one of passed, failed, errored and skipped. */
export function present(run: TestRun, item: TestItem, ruleUri: string, report: TestCaseReport): void {
  const { outcome, milliseconds } = report;
  switch (outcome) {
    case "passed":
      return run.passed(item, milliseconds);
    case "failed":
      return run.failed(item, messageOf(ruleUri, report), milliseconds);
    case "error":
      return run.errored(item, messageOf(ruleUri, report), milliseconds);
    case "unsupported":
    case "todo":
    case "scratch":
      run.appendOutput(`${item.label}: ${skippedText(report)}\r\n`, undefined, item);
      return run.skipped(item);
  }
}

function skippedText({ outcome, message, alertCount, eventCount }: TestCaseReport): string {
  if (outcome === "scratch") return `${alertCount} of ${eventCount} events alert`;
  return message ?? outcome;
}

function messageOf(ruleUri: string, report: TestCaseReport): TestMessage {
  const { message, detail, expected, actual, range } = report;
  const text = new MarkdownString(detail === "" ? (message ?? "") : `${message ?? ""}\n\n${detail}`);
  const shown = new TestMessage(text);
  shown.expectedOutput = expected;
  shown.actualOutput = actual;
  if (range !== null) shown.location = new Location(Uri.parse(ruleUri), toRange(range));
  return shown;
}

export function toRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
