/** Views of rules in the window: what Kibana receives and the matrix of ATT&CK follow what is typed. */
import assert from "node:assert/strict";
import { type Frame, type Locator } from "playwright-core";
import { goTo, runCommand } from "./actions.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow } from "./withWindow.ts";

/** In this order: each goes on where the one before has left the window. */
export const viewSteps: readonly Step[] = [
  ["What Kibana receives stands beside the rule", kibanaIsShown],
  ["It follows what is typed", kibanaFollows],
  ["The matrix says how many rules a technique has", matrixIsShown],
  ["Keys move between techniques, and who opens nothing goes on there", keysMove],
  ["The matrix follows what is typed, and stays where it was", matrixFollows],
];

type Page = RuleWindow["page"];

/** Lines of the page in the second group. */
function kibanaLine(page: Page, text: string): Locator {
  return page.locator(".editor-group-container").nth(1).locator(".view-line", { hasText: text }).first();
}

async function kibanaIsShown({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Rulewright: Show What Kibana Receives");
  await page.locator(".tab", { hasText: "as Kibana receives it" }).waitFor();
  await kibanaLine(page, '"author"').waitFor();
}

async function kibanaFollows({ page, placeOf }: RuleWindow): Promise<void> {
  const { line, column } = placeOf("author = [");
  await goTo(page, { line, column: column + 'author = ["'.length });
  await page.keyboard.type("Nobody and ");
  await kibanaLine(page, "Nobody and").waitFor();
}

const CELL = 'button[data-tactic="TA0006"][data-technique="T1552"]';
const OTHER_CELL = 'button[data-tactic="TA0006"][data-technique="T1110"]';
const FRAME_TRIES = 100;

async function matrixFrame(page: Page): Promise<Frame> {
  for (let i = 0; i < FRAME_TRIES; i++) {
    for (const frame of page.frames()) if (0 < (await cellCount(frame))) return frame;
    await page.waitForTimeout(100);
  }
  return assert.fail("There is no page with the matrix");
}

/** Frames come and go while the page is loaded. */
async function cellCount(frame: Frame): Promise<number> {
  return frame
    .locator(CELL)
    .count()
    .catch(() => 0);
}

async function matrixIsShown({ page }: RuleWindow): Promise<void> {
  await page.keyboard.press("Control+2");
  await runCommand(page, "Rulewright: Show ATT&CK Coverage");
  const frame = await matrixFrame(page);
  await frame.locator(CELL, { hasText: "T1552 · 1 rule" }).waitFor();
  await frame.locator(OTHER_CELL, { hasText: "T1110 · no rules" }).waitFor();
}

async function keysMove({ page }: RuleWindow): Promise<void> {
  const frame = await matrixFrame(page);
  const focused = frame.locator("button:focus");
  await frame.locator(CELL).focus();
  await page.keyboard.press("ArrowUp");
  const above = await focused.getAttribute("data-technique");
  assert.notEqual(above, "T1552");
  await page.keyboard.press("Enter");
  await page.locator(".statusbar-item", { hasText: `no rule for ${above ?? ""}` }).waitFor();
  await page.keyboard.press("ArrowDown");
  await frame.locator(`${CELL}:focus`).waitFor();
}

async function matrixFollows({ page, placeOf }: RuleWindow): Promise<void> {
  const frame = await matrixFrame(page);
  const place = (): Promise<readonly number[]> =>
    frame.locator(".scroll").evaluate(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]);
  const before = await place();
  // Keys that are pressed in a page reach the window a moment later: the mouse goes back at once.
  await page.locator(".tab", { hasText: "credential_access_registry" }).first().click();
  await page.locator(".editor-group-container.active .monaco-editor.focused").first().waitFor();
  for (const id of ['"T1552"', '"T1552.002"']) {
    const { line, column } = placeOf(id);
    await goTo(page, { line, column: column + 1 });
    for (let i = 0; i < "T1552".length; i++) await page.keyboard.press("Delete");
    await page.keyboard.type("T1110");
  }
  await frame.locator(OTHER_CELL, { hasText: "T1110 · 1 rule" }).waitFor();
  await frame.locator(CELL, { hasText: "T1552 · no rules" }).waitFor();
  assert.deepEqual(await place(), before);
}
