/** What a user does with sample events in the window, and what they see. */
import { type Locator, type Page } from "playwright-core";
import { runCommand } from "./actions.ts";

const STEP_MILLISECONDS = 50;

export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split("/").at(-1) ?? path;
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(path);
  await focusedRow(page, name).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).first().waitFor();
}

/** A lens above the query of a rule. */
export function lens(page: Page, text: string | RegExp): Locator {
  return page.locator(".codelens-decoration a", { hasText: text }).first();
}

export function pickRow(page: Page, text: string | RegExp): Locator {
  return page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
}

function focusedRow(page: Page, text: string): Locator {
  return page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text }).first();
}

/** Types what a pick is called and takes it. */
export async function pick(page: Page, text: string): Promise<void> {
  await pickRow(page, text).waitFor();
  await page.keyboard.type(text);
  await focusedRow(page, text).waitFor();
  await page.keyboard.press("Enter");
}

export async function copy(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
}

/** Texts that stand after lines: drawn by style sheets, so that no text of the page holds them. */
export function textsAfterLines(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll(".view-lines .view-line span"))
      .map((element) => getComputedStyle(element, "::after").content)
      .filter((content) => content !== "none" && content !== "normal")
      .map((content) =>
        content
          .replace(/^"|"$/g, "")
          .replace(/\\"/g, '"')
          .replace(/\u00a0/g, " "),
      ),
  );
}

const LIMIT_MILLISECONDS = 20_000;

/** Waits until a text after a line says so. */
export async function textAfterLine(page: Page, expected: RegExp): Promise<string> {
  const end = Date.now() + LIMIT_MILLISECONDS;
  for (;;) {
    const texts = await textsAfterLines(page);
    const found = texts.find((text) => expected.test(text));
    if (found !== undefined) return found;
    if (end < Date.now()) throw new Error(`No line says ${String(expected)}, but: ${texts.join(" | ")}`);
    await page.waitForTimeout(STEP_MILLISECONDS);
  }
}

/** Waits until no text after a line says so. */
export async function noTextAfterLines(page: Page, unwanted: RegExp): Promise<void> {
  const end = Date.now() + LIMIT_MILLISECONDS;
  while ((await textsAfterLines(page)).some((text) => unwanted.test(text))) {
    if (end < Date.now()) throw new Error(`Some lines go on to say ${String(unwanted)}`);
    await page.waitForTimeout(STEP_MILLISECONDS);
  }
}

/** A row of the Test Explorer. */
export function testRow(page: Page, name: string): Locator {
  return page.locator(".test-explorer .monaco-list-row", { hasText: name }).first();
}

export async function showTests(page: Page): Promise<void> {
  await runCommand(page, "Testing: Focus on Test Explorer View");
  await page.locator(".test-explorer .monaco-list-row").first().waitFor();
}

/** Generated cases: all that is offered is ticked. */
export async function takeAll(page: Page): Promise<void> {
  await pickRow(page, "must alert").waitFor();
  await page.keyboard.press("Enter");
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}
