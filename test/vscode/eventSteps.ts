/** Sample events in the window: from a rule without any to tests that prove it. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { THEMES, goTo, runCommand, useTheme } from "./actions.ts";
import {
  copy,
  lens,
  noTextAfterLines,
  openFile,
  pick,
  save,
  showTests,
  takeAll,
  testRow,
  textAfterLine,
} from "./eventActions.ts";
import {
  CHAIN,
  CHAIN_NAME,
  FRESH,
  FRESH_NAME,
  GENERATED,
  HIT,
  KEYED,
  KEYED_NAME,
  testsOf,
} from "./eventFiles.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow } from "./withWindow.ts";
import { writeSettings } from "./workspace.ts";

const [DARK, , HIGH_CONTRAST] = THEMES;

type Page = RuleWindow["page"];

/** In this order: each goes on where the one before has left the window. */
export const eventSteps: readonly Step[] = [
  ["A rule without sample events offers to add some", offersEvents],
  ["A hit on the clipboard becomes a case, and the case is red", pastedCaseIsRed],
  ["The clause that rejects the chosen event says so after its line", clauseSaysSo],
  ["A run puts the failure at the clause", failureStandsAtClause],
  ["The query is edited until the case is green", queryBecomesGreen],
  ["Explain Event shows the verdict, the alert and the fields", eventIsExplained],
  ["Rules that alert on an event are listed", firingRulesAreListed],
  ["The Test Explorer runs the cases of all rules", explorerRuns],
  ["What cannot be run says why beside its name", reasonIsBeside],
  ["A case that another program writes appears", foreignCaseAppears],
  ["A continuous run goes again when a rule is saved", continuousRunGoesAgain],
  ["Coverage shows what no event exercises", coverageIsShown],
  ["A sequence says by how much its second step came too late", sequenceMisses],
  ["Texts after lines are gone while their setting is off", settingHidesTexts],
  ["Events are generated, and every case passes", eventsAreGenerated],
  ["By keys alone, in high contrast: generate, run, choose an event", keysAlone],
];

async function offersEvents({ page, workspace }: RuleWindow): Promise<void> {
  await useTheme(page, workspace, DARK);
  await runCommand(page, "View: Close All Editors");
  await openFile(page, FRESH);
  await lens(page, "Add sample events").waitFor();
  await lens(page, "Generate sample events").waitFor();
}

async function pastedCaseIsRed({ page }: RuleWindow): Promise<void> {
  await copy(page, HIT);
  await lens(page, "Add sample events").click();
  await pick(page, "Paste from the clipboard");
  await pick(page, "Must alert");
  await pick(page, "As they are");
  await page.locator(".tab", { hasText: "execution_fresh_shell.match.ndjson" }).first().waitFor();
  await lens(page, /✗ 1 case · 1 failing/).waitFor();
  await textAfterLine(page, /^0\/1 events$/);
}

async function clauseSaysSo({ page }: RuleWindow): Promise<void> {
  await page.keyboard.press("Control+1");
  await runCommand(page, "Rulewright: Choose Event to Explain Inline");
  await pick(page, "dash");
  await textAfterLine(page, /^✗ 0\/1 events, was `dash`$/);
}

async function failureStandsAtClause({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Run Tests of This Rule");
  await page
    .locator(".test-error-content-widget", { hasText: "Expected the event to alert, and it did not" })
    .waitFor();
}

async function queryBecomesGreen(window: RuleWindow): Promise<void> {
  await retype(window, FRESH, "bash", "dash");
  await lens(window.page, /✓ 1 case$/).waitFor();
  await textAfterLine(window.page, /^✓ 1\/1 events$/);
  await save(window.page);
}

async function eventIsExplained({ page }: RuleWindow): Promise<void> {
  await lens(page, "Explain event").click();
  const preview = page.frameLocator("iframe.webview").last().frameLocator("iframe");
  await preview.locator("h2", { hasText: "Verdict" }).waitFor();
  await preview.locator("h2", { hasText: "Alert" }).waitFor();
  await preview.locator("td", { hasText: "process.parent.name" }).first().waitFor();
  await runCommand(page, "View: Close All Editors");
}

async function firingRulesAreListed({ page }: RuleWindow): Promise<void> {
  await openFile(page, testsOf(FRESH, "match"));
  await runCommand(page, "Rulewright: Which Rules Alert on This Event?");
  await page.locator(".quick-input-title", { hasText: /1 of \d+ rules alert on this event/ }).waitFor();
  await pick(page, FRESH_NAME);
  await page.locator(".tab.active", { hasText: "execution_fresh_shell.toml" }).first().waitFor();
}

async function explorerRuns({ page }: RuleWindow): Promise<void> {
  await showTests(page);
  await testRow(page, FRESH_NAME).waitFor();
  await runCommand(page, "Test: Run All Tests");
  await testRow(page, FRESH_NAME).locator(".codicon-testing-passed-icon").waitFor();
  await testRow(page, CHAIN_NAME).locator(".codicon-testing-passed-icon").waitFor();
}

async function reasonIsBeside({ page }: RuleWindow): Promise<void> {
  await unfold(page, "Rare Destination for a Backup Server");
  await testRow(page, "cannot be run: Machine learning rules").waitFor();
}

async function foreignCaseAppears({ page, workspace }: RuleWindow): Promise<void> {
  writeFileSync(join(workspace.folder, testsOf(FRESH, "nomatch")), "{}\n");
  await lens(page, /2 cases/).waitFor();
  await unfold(page, FRESH_NAME);
  await testRow(page, "nomatch").waitFor();
}

async function unfold(page: Page, name: string): Promise<void> {
  const row = testRow(page, name);
  if ((await row.getAttribute("aria-expanded")) === "false") await row.locator(".monaco-tl-twistie").click();
}

async function continuousRunGoesAgain(window: RuleWindow): Promise<void> {
  const { page } = window;
  await runCommand(page, "Test: Start Continuous Run");
  await retype(window, FRESH, "dash", "fish");
  await save(page);
  await testRow(page, FRESH_NAME).locator(".codicon-testing-failed-icon").waitFor();
  await retype(window, FRESH, "fish", "dash");
  await save(page);
  await testRow(page, FRESH_NAME).locator(".codicon-testing-passed-icon").waitFor();
  await runCommand(page, "Test: Stop Continuous Run");
}

async function coverageIsShown({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Test: Run All Tests with Coverage");
  // Two of three values and conditions that must hold, and none of what excludes.
  const row = page.locator(".monaco-list-row", { hasText: "execution_fresh_shell.toml" });
  await row.filter({ hasText: "66.67%" }).first().waitFor();
  await openFile(page, FRESH);
  await page.locator(".coverage-deco-gutter.coverage-deco-miss").first().waitFor();
  await page.locator(".coverage-deco-gutter.coverage-deco-hit").first().waitFor();
}

async function sequenceMisses({ page }: RuleWindow): Promise<void> {
  await openFile(page, CHAIN);
  await textAfterLine(page, /✗ step 2 \(line 2\) came 5 s after maxspan/);
  await textAfterLine(page, /no sequence is complete in nomatch/);
}

async function settingHidesTexts({ page, workspace }: RuleWindow): Promise<void> {
  writeSettings(workspace, { "rulewright.inlineResults.enable": false });
  await noTextAfterLines(page, /events/);
  await useTheme(page, workspace, DARK);
  await textAfterLine(page, /no sequence is complete/);
}

async function eventsAreGenerated({ page, workspace }: RuleWindow): Promise<void> {
  await openFile(page, GENERATED);
  await lens(page, "Generate sample events").click();
  await takeAll(page);
  await lens(page, /✓ \d+ cases$/).waitFor();
  const written = readFileSync(join(workspace.folder, testsOf(GENERATED, "match")), "utf8");
  assert.match(written, /"name":"caddy"/);
}

async function keysAlone({ page, workspace }: RuleWindow): Promise<void> {
  await useTheme(page, workspace, HIGH_CONTRAST);
  await openFile(page, KEYED);
  await runCommand(page, "Rulewright: Add Sample Events");
  await pick(page, "Generate from the query");
  await takeAll(page);
  await lens(page, /✓ \d+ cases$/).waitFor();
  await runCommand(page, "Rulewright: Run Tests of This Rule");
  await runCommand(page, "Rulewright: Choose Event to Explain Inline");
  await pick(page, "not-process-name-bash");
  await textAfterLine(page, /^✗ \d\/\d events, was `/);
  await showTests(page);
  await testRow(page, KEYED_NAME).locator(".codicon-testing-passed-icon").waitFor();
}

/** Replaces a word of a rule, as somebody types. */
async function retype(
  { page, workspace }: RuleWindow,
  rule: string,
  before: string,
  after: string,
): Promise<void> {
  const text = readFileSync(join(workspace.folder, rule), "utf8");
  const lines = text.slice(0, text.indexOf(before)).split("\n");
  assert.ok(text.includes(before), `${before} in ${rule}`);
  await openFile(page, rule);
  await goTo(page, { line: lines.length, column: (lines.at(-1) ?? "").length + 1 });
  for (let i = 0; i < before.length; i++) await page.keyboard.press("Delete");
  await page.keyboard.type(after);
}
