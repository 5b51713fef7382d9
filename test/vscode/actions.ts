/** What a user does in the window, and what they see. */
import { type Locator, type Page, errors } from "playwright-core";
import { type Place } from "./withWindow.ts";
import { type Workspace, writeSettings } from "./workspace.ts";

/** Each with the class that the workbench wears under it. */
export const THEMES = [
  { name: "dark", setting: "Default Dark Modern", className: "vs-dark" },
  { name: "light", setting: "Default Light Modern", className: "vs" },
  { name: "high-contrast", setting: "Default High Contrast", className: "hc-black" },
] as const;

export type Theme = (typeof THEMES)[number];

export async function useTheme(page: Page, workspace: Workspace, theme: Theme): Promise<void> {
  writeSettings(workspace, { "workbench.colorTheme": theme.setting });
  await page.locator(`.monaco-workbench.${theme.className}`).waitFor();
}

export function squiggles(page: Page): Locator {
  return page.locator(".squiggly-error, .squiggly-warning");
}

/** The first piece of one colour in the editor's text that starts with this text, blanks and quotes aside. */
export function word(page: Page, text: string): Locator {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s");
  return page.locator(".view-line span span", { hasText: new RegExp(`^[\\s"]*${escaped}`) }).first();
}

export function colourOf(locator: Locator): Promise<string> {
  return locator.evaluate((element) => getComputedStyle(element).color);
}

export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(name);
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
  await row.waitFor();
  // Another command may fit the words better than its own name does.
  for (let i = 0; i < MOST_ROWS && !(await isFocused(row)); i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

const MOST_ROWS = 10;

async function isFocused(row: Locator): Promise<boolean> {
  return / focused\b/.test((await row.getAttribute("class")) ?? "");
}

/** Puts the cursor into the editor at a place. */
export async function goTo(page: Page, { line, column }: Place): Promise<void> {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: `line ${line}` }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

const HOVER_TRIES = 8;
const HOVER_MILLISECONDS = 2_500;

/** Rests the mouse on a word and waits for the hover that says so. A word that is drawn anew loses the mouse: it comes back. */
export async function hover(page: Page, target: Locator, expected: RegExp): Promise<string> {
  const shown = page.locator(".monaco-hover:visible", { hasText: expected }).first();
  for (let i = 1; i < HOVER_TRIES; i++) {
    await page.mouse.move(5, 5);
    await target.hover();
    try {
      await shown.waitFor({ timeout: HOVER_MILLISECONDS });
      return await shown.innerText();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
  }
  await target.hover();
  await shown.waitFor({ timeout: HOVER_MILLISECONDS });
  return shown.innerText();
}

/** Takes the suggestion that is called so, wherever it stands in the list. */
export async function takeSuggestion(page: Page, label: string | RegExp): Promise<void> {
  const row = page.locator(".suggest-widget .monaco-list-row", { hasText: label }).first();
  await row.waitFor();
  await settledSuggestions(page);
  for (let i = 0; i < MOST_ROWS && !(await isFocused(row)); i++) {
    await page.keyboard.press("ArrowDown");
    await settledSuggestions(page);
  }
  await page.locator(".suggest-widget .monaco-list-row.focused", { hasText: label }).waitFor();
  await page.keyboard.press("Enter");
}

const STILL_READS = 3;
const READ_MILLISECONDS = 60;

/** The list is filled as answers come: a key that is pressed before the last would choose another row. */
async function settledSuggestions(page: Page): Promise<void> {
  const list = page.locator(".suggest-widget .monaco-list-rows");
  let before = "";
  for (let still = 0; still < STILL_READS;) {
    const shown = await list.innerHTML();
    still = shown === before ? still + 1 : 0;
    before = shown;
    await page.waitForTimeout(READ_MILLISECONDS);
  }
}

const KEY_MILLISECONDS = 60;
const POPUP_MILLISECONDS = 3_000;

/** Types at the pace of a person, and takes the suggestion that comes of it; where none comes, it is asked for. */
export async function complete(page: Page, typed: string, label: string | RegExp): Promise<void> {
  await page.keyboard.type(typed, { delay: KEY_MILLISECONDS });
  const row = page.locator(".suggest-widget .monaco-list-row", { hasText: label }).first();
  await row.waitFor({ timeout: POPUP_MILLISECONDS }).catch(() => page.keyboard.press("Control+Space"));
  await takeSuggestion(page, label);
  await page.locator(".suggest-widget.visible", { hasText: label }).waitFor({ state: "hidden" });
}

/** Waits until the status bar says so, such as `Ln 1, Col 5` or `2 selections`. */
export async function cursorAt(page: Page, text: string): Promise<void> {
  await page.locator('[id="status.editor.selection"]', { hasText: text }).waitFor();
}

export function textLine(page: Page, text: string): Locator {
  return page.locator(".view-line", { hasText: text }).first();
}

export async function outlineNames(page: Page): Promise<readonly string[]> {
  const rows = page.locator(".outline-pane .monaco-list-row");
  await rows.first().waitFor();
  return rows.allInnerTexts();
}
