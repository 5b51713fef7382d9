/** From an empty folder to a tested, formatted rule without a problem, by keys alone; and then what leads to it. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { complete, cursorAt, goTo, runCommand, squiggles, textLine, word } from "./actions.ts";
import { type RuleWish, answersTo, askForNewRule, beginRule } from "./authorActions.ts";
import { lens, pickRow, save, takeAll, textAfterLine } from "./eventActions.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow, placeIn } from "./withWindow.ts";

export const firstRuleSteps: readonly Step[] = [
  ["The view of rules says how to begin", viewSaysHow],
  ["Escape at any question of New Rule… writes nothing", escapeWritesNothing],
  ["New Rule… begins a sequence below `rules`", sequenceIsBegun],
  ["Tab leads from the example in the query to the description", tabLeadsOn],
  ["A field is completed segment by segment, a value and a function by name", stepIsCompleted],
  ["`until` is offered behind the last step", untilIsOffered],
  ["A technique brings its tactic and its tag", techniqueBringsTactic],
  ["A tag is completed", tagIsCompleted],
  ["Ctrl+. mends a typo", typoIsMended],
  ["Events are generated, and the tests pass", testsPass],
  ["An edit turns a near miss, and the rule says so", nearMissTurns],
  ["The formatted and saved rule has no problem", ruleHasNoProblem],
  ["Undo of everything that was typed leaves the file", undoLeavesFile],
  ["The view of rules shows it", viewShowsRule],
  ["Find All Rules for This Technique… leads to it", techniqueLeadsToRule],
  ["Find All Rules Reading This Field… leads to it", fieldLeadsToRule],
  ["A cell of the ATT&CK coverage leads to it", cellLeadsToRule],
];

export const noFolderSteps: readonly Step[] = [
  ["Without a folder, New Rule… begins a text that is not saved", textIsBegun],
  ["Sample events for it ask to save it first", eventsAskToSave],
];

const WISH: RuleWish = {
  kind: "EQL sequence",
  source: "Elastic Defend on Windows",
  technique: { id: "T1059.001", name: "PowerShell" },
  name: "PowerShell Goes to the Network",
  author: "Jo",
};
const FILE = "execution_powershell_goes_to_the_network.toml";
const RULE = `rules/${FILE}`;

function ruleText({ workspace }: RuleWindow): string {
  return readFileSync(join(workspace.folder, RULE), "utf8");
}

/** Behind the first place of a text in the saved rule. */
async function goBehind(window: RuleWindow, part: string): Promise<void> {
  const { line, column } = placeIn(ruleText(window), part);
  await goTo(window.page, { line, column: column + part.length });
}

async function viewSaysHow({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Focus on Rules View");
  const welcome = page.locator(".welcome-view", { hasText: "There are no detection rules" });
  await welcome.locator(".monaco-button", { hasText: "New Rule" }).waitFor();
  assert.equal(await welcome.locator(".monaco-button", { hasText: "Open Folder" }).count(), 0);
}

async function escapeWritesNothing({ page, workspace }: RuleWindow): Promise<void> {
  const answers = answersTo(WISH);
  for (let given = 0; given < answers.length; given++) {
    await askForNewRule(page);
    for (const answer of answers.slice(0, given)) await answer(page);
    await page.locator(".quick-input-title", { hasText: `(${given + 1}/${answers.length})` }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }
  assert.deepEqual(readdirSync(workspace.folder), []);
}

async function sequenceIsBegun(window: RuleWindow): Promise<void> {
  const { page } = window;
  await beginRule(page, WISH);
  await word(page, "where").waitFor();
  // Both steps name the process: it is written into both at once.
  await cursorAt(page, "2 selections");
  assert.equal(await squiggles(page).count(), 0);
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  assert.match(ruleText(window), /^sequence by process\.entity_id with maxspan=1m$/m);
}

async function tabLeadsOn(window: RuleWindow): Promise<void> {
  const { page } = window;
  await page.keyboard.type("powershell.exe");
  await page.keyboard.press("Tab");
  await cursorAt(page, "selected");
  await page.keyboard.type("an interpreter that fetches more.");
  await page.keyboard.press("Escape");
  await save(page);
  assert.match(ruleText(window), /Network: an interpreter that fetches more\."$/m);
  assert.equal(ruleText(window).split('process.name : "powershell.exe"').length, 3);
}

async function stepIsCompleted(window: RuleWindow): Promise<void> {
  const { page } = window;
  await goBehind(window, '[network where host.os.type == "windows" and process.name : "powershell.exe"');
  await page.keyboard.type(" and ");
  await complete(page, "dest", /^destination\.\s*\d+ fields/);
  await complete(page, "po", "destination.port");
  await page.keyboard.type(" == 443 and ");
  await complete(page, "network.dir", "network.direction");
  await page.keyboard.type(" == ");
  await complete(page, '"eg', "egress");
  await save(page);
  await goBehind(window, 'process.name : "powershell.exe"');
  await page.keyboard.type(" and ");
  await complete(page, "startsW", "startsWith~");
  await complete(page, "process.comm", "process.command_line");
  await page.keyboard.press("Tab");
  await page.keyboard.type("powershell");
  await page.keyboard.press("Escape");
  await save(page);
  const text = ruleText(window);
  assert.ok(text.includes('and startsWith~(process.command_line, "powershell")]'), text);
  assert.ok(text.includes('and destination.port == 443 and network.direction == "egress"]'), text);
}

async function untilIsOffered(window: RuleWindow): Promise<void> {
  const { page } = window;
  await goBehind(window, '"egress"]');
  await page.keyboard.press("Enter");
  await complete(page, "un", "until");
  await textLine(page, "until [process where true]").waitFor();
  await page.keyboard.press("Tab");
  await complete(page, 'event.type == "en', "end");
  await page.keyboard.press("Escape");
  await save(page);
  assert.match(ruleText(window), /^ {2}until \[process where event\.type == "end"\]$/m);
}

async function techniqueBringsTactic(window: RuleWindow): Promise<void> {
  const { page } = window;
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await complete(page, "[[rule.thr", "[[rule.threat]]");
  await page.keyboard.press("Tab");
  await complete(page, "T1105", "T1105 Ingress Tool Transfer");
  await page.keyboard.press("Escape");
  await save(page);
  const text = ruleText(window);
  assert.match(text, /^id = "TA0011"\nname = "Command and Control"$/m);
  assert.match(text, /^ {4}"Tactic: Command and Control",$/m);
  assert.equal(await squiggles(page).count(), 0);
}

async function tagIsCompleted(window: RuleWindow): Promise<void> {
  const { page } = window;
  await goBehind(window, '"Tactic: Command and Control",');
  await page.keyboard.press("Enter");
  await complete(page, '"Dom', "Domain: Network");
  await save(page);
  assert.match(ruleText(window), /^ {4}"Domain: Network",?\n\]$/m);
}

async function typoIsMended(window: RuleWindow): Promise<void> {
  const { page } = window;
  await goBehind(window, "destination.po");
  await page.keyboard.press("Backspace");
  await squiggles(page).first().waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row", { hasText: "destination.port" }).first().waitFor();
  await page.keyboard.press("Enter");
  await squiggles(page).first().waitFor({ state: "detached" });
  await textLine(page, "destination.port == 443").waitFor();
  await save(page);
}

async function testsPass({ page, workspace }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Generate Sample Events");
  await takeAll(page);
  await lens(page, /^✓ \d+ cases$/).waitFor();
  await runCommand(page, "Rulewright: Run Tests of This Rule");
  await page.locator(".codicon-testing-passed-icon").first().waitFor();
  assert.ok(existsSync(join(workspace.folder, "rules/_tests", FILE.replace(".toml", ".match.ndjson"))));
}

const LATE = "step-2-comes-after-maxspan";

async function nearMissTurns(window: RuleWindow): Promise<void> {
  const { page } = window;
  await runCommand(page, "Rulewright: Choose Event to Explain Inline");
  await pickRow(page, "match, line 1").waitFor();
  await page.keyboard.type(LATE);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: LATE }).waitFor();
  await page.keyboard.press("Enter");
  await textAfterLine(page, /✗ step 2 \(line 2\) came .* after maxspan/);
  await goBehind(window, "maxspan=1");
  await page.keyboard.press("Delete");
  await page.keyboard.type("h");
  await page.keyboard.press("Escape");
  await textAfterLine(page, /^sequence found once in nomatch: step-2-comes-after-maxspan/);
  await lens(page, /✗ \d+ cases · 1 failing/).waitFor();
  await page.keyboard.press("Backspace");
  await page.keyboard.type("m");
  await page.keyboard.press("Escape");
  await lens(page, /^✓ \d+ cases$/).waitFor();
  await save(page);
}

async function ruleHasNoProblem(window: RuleWindow): Promise<void> {
  const { page } = window;
  await goBehind(window, 'type = "eql"');
  await page.keyboard.type("   ");
  await cursorAt(page, "Col 16");
  await runCommand(page, "Format Document");
  await cursorAt(page, "Col 13");
  await save(page);
  assert.match(ruleText(window), /^type = "eql"$/m);
  await runCommand(page, "Problems: Focus on Problems View");
  await page.locator(".markers-panel", { hasText: "No problems have been detected" }).waitFor();
  await page.keyboard.press("Control+J");
}

async function undoLeavesFile(window: RuleWindow): Promise<void> {
  const { page, workspace } = window;
  const finished = ruleText(window);
  await page.keyboard.press("Control+1");
  for (let i = 0; i < MOST_UNDOS && (await textLine(page, "say here").count()) === 0; i++)
    await page.keyboard.press("Control+Z");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Control+Z");
  await textLine(page, "say here what the rule finds").waitFor();
  assert.ok(existsSync(join(workspace.folder, RULE)));
  for (let i = 0; i < MOST_UNDOS && (await page.locator(".tab.active.dirty").count()) === 1; i++)
    await page.keyboard.press("Control+Shift+Z");
  assert.equal(ruleText(window), finished);
}

const MOST_UNDOS = 200;

async function viewShowsRule({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Focus on Rules View");
  await page.locator(".pane-body .monaco-list-row", { hasText: "Execution" }).first().waitFor();
}

async function techniqueLeadsToRule(window: RuleWindow): Promise<void> {
  await goBehind(window, 'id = "T1059.0');
  await leadsToRule(window, "Rulewright: Find All Rules for This Technique", "1 rule for T1059.001");
}

async function fieldLeadsToRule(window: RuleWindow): Promise<void> {
  await goBehind(window, "destination.po");
  await leadsToRule(
    window,
    "Rulewright: Find All Rules Reading This Field",
    "1 rule reading destination.port",
  );
}

async function leadsToRule({ page }: RuleWindow, command: string, title: string): Promise<void> {
  await runCommand(page, command);
  await page.locator(".quick-input-title", { hasText: title }).waitFor();
  await pickRow(page, WISH.name).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await cursorAt(page, "selected");
}

async function cellLeadsToRule({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "View: Close All Editors");
  await runCommand(page, "Rulewright: Show ATT&CK Coverage");
  const matrix = page.frameLocator("iframe.webview").last().frameLocator("iframe");
  await matrix.locator('button[data-technique="T1059"]').first().press("Enter");
  await page.locator(".tab.active", { hasText: FILE }).waitFor();
}

async function textIsBegun({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Focus on Rules View");
  await page.locator(".welcome-view .monaco-button", { hasText: "Open Folder" }).waitFor();
  await beginRule(page, WISH);
  await word(page, "where").waitFor();
  await cursorAt(page, "2 selections");
  await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
  assert.equal(await squiggles(page).count(), 0);
}

async function eventsAskToSave({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Generate Sample Events");
  await page.locator('[id="status.notifications"] .codicon-bell-dot').waitFor();
  await runCommand(page, "Notifications: Show Notifications");
  await page.locator(".notifications-center", { hasText: "Save the rule first" }).waitFor();
}
