/** A rule is begun, pasted and checked by a task in the window. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cursorAt, runCommand, squiggles, word } from "./actions.ts";
import { beginRule } from "./authorActions.ts";
import { copy, lens, openFile, pick, save, takeAll } from "./eventActions.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow } from "./withWindow.ts";
import { SAMPLE_RULE } from "./workspace.ts";

export const authorSteps: readonly Step[] = [
  ["New Rule… by keys alone writes a rule without a problem", ruleIsBegun],
  ["Its sample events are generated, and it alerts", newRuleIsProven],
  ["Undo takes a change of Format Document back", formatIsUndone],
  ["A rule of Kibana is pasted as TOML", ruleIsPasted],
  ["The task checks all rules, and its problems are listed", taskChecks],
];

const NEW = "rules/windows/execution_odd_powershell.toml";

async function ruleIsBegun({ page, workspace }: RuleWindow): Promise<void> {
  await runCommand(page, "View: Close All Editors");
  await openFile(page, SAMPLE_RULE);
  await beginRule(page, {
    kind: "EQL, one event",
    source: "Elastic Defend on Windows",
    technique: { id: "T1059.001", name: "PowerShell" },
    name: "Odd PowerShell",
    author: "Jo",
  });
  await page.locator(".tab.active", { hasText: "execution_odd_powershell.toml" }).first().waitFor();
  await word(page, "where").waitFor();
  await lens(page, "Generate sample events").waitFor();
  assert.equal(await squiggles(page).count(), 0);
  const text = readFileSync(join(workspace.folder, NEW), "utf8");
  assert.match(text, /^author = \["Jo"\]$/m);
  assert.match(text, /^id = "T1059\.001"$/m);
}

async function newRuleIsProven({ page }: RuleWindow): Promise<void> {
  await lens(page, "Generate sample events").click();
  await takeAll(page);
  await lens(page, /^✓ \d+ cases?/).waitFor();
}

async function formatIsUndone({ page, workspace }: RuleWindow): Promise<void> {
  await openFile(page, NEW);
  const before = readFileSync(join(workspace.folder, NEW), "utf8");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
  await page.keyboard.type("   ");
  await cursorAt(page, "Ln 1, Col 14");
  await runCommand(page, "Format Document");
  await cursorAt(page, "Ln 1, Col 11");
  await page.keyboard.press("Control+Z");
  await cursorAt(page, "Ln 1, Col 14");
  await page.keyboard.press("Control+Shift+Z");
  await cursorAt(page, "Ln 1, Col 11");
  await save(page);
  assert.equal(readFileSync(join(workspace.folder, NEW), "utf8"), before);
}

const EXPORTED = JSON.stringify({
  name: "Login From Afar",
  type: "query",
  language: "kuery",
  query: 'event.action:"logged-in"',
  index: ["logs-system.security*"],
  description: "A login.",
  risk_score: 21,
  severity: "low",
  author: ["Jo"],
  rule_id: "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a77",
  enabled: true,
});

async function ruleIsPasted({ page, workspace }: RuleWindow): Promise<void> {
  await openFile(page, NEW);
  await copy(page, EXPORTED);
  await runCommand(page, "Rulewright: Paste Rule as TOML");
  await page.locator(".tab.active", { hasText: "login_from_afar.toml" }).first().waitFor();
  const text = readFileSync(join(workspace.folder, "rules/windows/login_from_afar.toml"), "utf8");
  assert.match(text, /^query = '''\nevent\.action:"logged-in"\n'''$/m);
}

async function taskChecks({ page, workspace }: RuleWindow): Promise<void> {
  const text = readFileSync(join(workspace.folder, NEW), "utf8");
  await runCommand(page, "View: Close All Editors");
  writeFileSync(join(workspace.folder, NEW), text.replace("process.name", "process.arg"));
  await runCommand(page, "Tasks: Run Task");
  await pick(page, "rulewright");
  await pick(page, "check rules");
  // A file that is not open: only the task can tell of it.
  await runCommand(page, "Problems: Focus on Problems View");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "process.arg" }).first().waitFor();
}
