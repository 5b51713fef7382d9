/** The lens above a query: what its sample events say, and what can be done. */
import { type CancellationToken, type CodeLens } from "vscode-languageserver";
import { type InlineSummary } from "../protocol.ts";
import { queryLineOf } from "../../host/ruleBook.ts";
import { allReports, summaryOf } from "./inline.ts";
import { cancelled, type TestService } from "./testService.ts";

export async function testLenses(
  service: TestService,
  uri: string,
  token: CancellationToken,
): Promise<readonly CodeLens[]> {
  const one = await service.currentRule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return [];
  const line = queryLineOf(one.rule);
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [uri] },
  });
  if (one.cases.length === 0) {
    return [
      lens("$(add) Add sample events", "rulewright.addSampleEvents"),
      lens("$(sparkle) Generate sample events", "rulewright.generateSampleEvents"),
    ];
  }
  const summary = summaryOf(one, await allReports(service, one));
  return [
    lens(summaryText(summary), "rulewright.runRuleTests"),
    lens("Explain event", "rulewright.explainEvent"),
    lens("Add case", "rulewright.addSampleEvents"),
  ];
}

/** Such as "✓ 3 cases · 1 failing · 2 of 12 scratch events alert". */
export function summaryText(summary: Omit<InlineSummary, "series">): string {
  const { passed, failed, unsupported, todo, scratchAlerts, scratchEvents, problem } = summary;
  if (problem !== null) return `? ${problem}`;
  const total = passed + failed + unsupported + todo;
  const parts = [
    `${total} ${total === 1 ? "case" : "cases"}`,
    ...(failed === 0 ? [] : [`${failed} failing`]),
    ...(unsupported === 0 ? [] : [`${unsupported} cannot be run`]),
    ...(todo === 0 ? [] : [`${todo} known to miss`]),
    ...(scratchEvents === 0 ? [] : [`${scratchAlerts} of ${scratchEvents} scratch events alert`]),
  ];
  const mark = 0 < failed ? "✗" : total === 0 ? "·" : "✓";
  return `${mark} ${parts.join(" · ")}`;
}
