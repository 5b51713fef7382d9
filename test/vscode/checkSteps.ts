/** Checks in the window: what is wrong is marked, mended, allowed and filtered. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goTo, runCommand, squiggles } from "./actions.ts";
import { openFile } from "./eventActions.ts";
import { type Step } from "./stepGroup.ts";
import { type Place, type RuleWindow } from "./withWindow.ts";
import { SAMPLE_RULE } from "./workspace.ts";

type Page = RuleWindow["page"];

export const checkSteps: readonly Step[] = [
  ["A mistyped technique is marked, and a fix mends it", techniqueIsMended],
  ["Fix all safe problems mends what is safe, and undo takes it back", allIsMended],
  ["A rule_id that two rules have is shown in both", duplicateIsShown],
  ["A code action allows a finding where it stands", findingIsAllowed],
  ["The Problems view is filtered by the id of a check", problemsAreFiltered],
];

const RULE = "rules/linux/checked.toml";

/** The sample rule with an id and a name of its own. */
function writeRule({ workspace }: RuleWindow, change: (text: string) => string): string {
  const text = change(
    readFileSync(join(workspace.folder, SAMPLE_RULE), "utf8")
      .replace(/^rule_id = ".{4}/m, 'rule_id = "9999')
      .replaceAll("Registry Searched for Stored Passwords With Reg", "Checked")
      .replace("Reg.exe is told", "Here reg.exe is told"),
  );
  writeFileSync(join(workspace.folder, RULE), text);
  return text;
}

function placeIn(text: string, part: string): Place {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function problem(page: Page, text: string | RegExp): ReturnType<Page["locator"]> {
  return page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
}

async function showProblems(page: Page): Promise<void> {
  await runCommand(page, "Problems: Focus on Problems View");
  await page.locator(".markers-panel").waitFor();
}

async function takeAction(page: Page, title: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+.");
  const action = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  await action.waitFor();
  await action.click();
}

async function techniqueIsMended(window: RuleWindow): Promise<void> {
  const { page } = window;
  await runCommand(page, "View: Close All Editors");
  const text = writeRule(window, (rule) => rule.replace('id = "T1552.002"', 'id = "T1552.003"'));
  await openFile(page, RULE);
  await goTo(page, placeIn(text, 'T1552.003"'));
  await squiggles(page).first().waitFor();
  await showProblems(page);
  await problem(page, /T1552\.003/).waitFor();
  await goTo(page, placeIn(text, 'T1552.003"'));
  await takeAction(page, /T1552\.002/);
  await squiggles(page).first().waitFor({ state: "detached" });
  await runCommand(page, "File: Revert File");
}

async function allIsMended(window: RuleWindow): Promise<void> {
  const { page, workspace } = window;
  const broken = writeRule(window, (rule) =>
    rule.replace('"Domain: Endpoint",', '"Domain: Endpoint", "Domain: Endpoint",'),
  );
  await openFile(page, RULE);
  await showProblems(page);
  await problem(page, "has the tag").waitFor();
  await page.keyboard.press("Control+1");
  await runCommand(page, "Fix All");
  await problem(page, "has the tag").waitFor({ state: "detached" });
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  const mended = readFileSync(join(workspace.folder, RULE), "utf8");
  assert.equal(mended.split('"Domain: Endpoint"').length, 2);
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  assert.equal(readFileSync(join(workspace.folder, RULE), "utf8"), broken);
}

async function duplicateIsShown(window: RuleWindow): Promise<void> {
  const { page, workspace } = window;
  const id = /^rule_id = "(.*)"$/m.exec(readFileSync(join(workspace.folder, SAMPLE_RULE), "utf8"))?.[1] ?? "";
  writeRule(window, (rule) => rule.replace(/^rule_id = ".*"$/m, `rule_id = "${id}"`));
  await openFile(page, RULE);
  await showProblems(page);
  await problem(page, "checked.toml").waitFor();
  await problem(page, "credential_access_registry_searched_for_stored_passwords.toml").waitFor();
  await problem(page, "rule_id").waitFor();
}

async function findingIsAllowed(window: RuleWindow): Promise<void> {
  const { page } = window;
  const text = writeRule(window, (rule) => rule.replace('process.args : "/s"', 'process.arg : "/s"'));
  await openFile(page, RULE);
  // The editor takes the file from the disk anew: what stands in the view is the new text then.
  await showProblems(page);
  await problem(page, "process.arg").waitFor();
  await goTo(page, placeIn(text, "process.arg : "));
  await squiggles(page).first().waitFor();
  await takeAction(page, "Allow query/unknown-field here");
  await squiggles(page).first().waitFor({ state: "detached" });
  await page.locator(".view-line", { hasText: "rulewright: allow" }).first().waitFor();
  await runCommand(page, "File: Revert File");
}

async function problemsAreFiltered(window: RuleWindow): Promise<void> {
  const { page } = window;
  writeRule(window, (rule) =>
    rule.replace('process.args : "/s"', 'process.arg : "/s"').replace("risk_score = 47", "risk_score = 200"),
  );
  await openFile(page, RULE);
  await showProblems(page);
  await problem(page, "process.arg").waitFor();
  await problem(page, "risk_score").waitFor();
  await page.keyboard.type("unknown-field");
  await problem(page, "risk_score").waitFor({ state: "detached" });
  await problem(page, "process.arg").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
}
