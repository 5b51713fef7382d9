/** Tells a run of the Test Explorer what became of a case. */
import { Location, MarkdownString, type TestItem, TestMessage, type TestRun, Uri } from "vscode";
import { type TestCaseReport } from "../../../server/src/lsp/protocol.ts";
import { shownOf } from "./present.ts";
import { toRange } from "./ranges.ts";
import { type TestTree } from "./tree.ts";

export function show(
  run: TestRun,
  tree: TestTree,
  item: TestItem,
  ruleUri: string,
  report: TestCaseReport,
): void {
  const shown = shownOf(report);
  tree.describe(item, shown.kind === "skipped" ? shown.text : undefined);
  switch (shown.kind) {
    case "passed":
      return run.passed(item, report.milliseconds);
    case "failed":
      return run.failed(item, messageOf(ruleUri, report, shown.markdown), report.milliseconds);
    case "errored":
      return run.errored(item, messageOf(ruleUri, report, shown.markdown), report.milliseconds);
    case "skipped":
      run.appendOutput(`${nameOf(item)}: ${shown.text.replace(/\r?\n/g, "\r\n")}\r\n`, undefined, item);
      return run.skipped(item);
  }
}

/** Cases of different rules have the same names. */
function nameOf({ label, parent }: TestItem): string {
  return parent === undefined ? label : `${parent.label} › ${label}`;
}

function messageOf(ruleUri: string, { range }: TestCaseReport, markdown: string): TestMessage {
  const message = new TestMessage(new MarkdownString(markdown));
  if (range !== null) message.location = new Location(Uri.parse(ruleUri), toRange(range));
  return message;
}
