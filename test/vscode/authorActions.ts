/** How a rule is begun in the window, by keys alone. */
import { type Page } from "playwright-core";
import { runCommand } from "./actions.ts";
import { pick, pickRow } from "./eventActions.ts";

export interface RuleWish {
  readonly kind: string;
  readonly source: string;
  /** Of ATT&CK: its id, and its name as the list shows it. */
  readonly technique: { readonly id: string; readonly name: string };
  readonly name: string;
  readonly author: string;
}

/** One answer to each question of `New Rule…`; none of them has the file written but the last. */
export type Answer = (page: Page) => Promise<void>;

export function answersTo({ kind, source, technique, name, author }: RuleWish): readonly Answer[] {
  return [
    (page) => pick(page, kind),
    (page) => pick(page, source),
    async (page) => {
      await pickRow(page, "No technique").waitFor();
      await page.keyboard.type(technique.id);
      await pickRow(page, technique.name).waitFor();
      await page.keyboard.press("Enter");
    },
    (page) => enterText(page, "What does the rule find?", name),
    (page) => enterText(page, "Who writes the rule?", author),
  ];
}

export async function askForNewRule(page: Page): Promise<void> {
  await runCommand(page, "Rulewright: New Rule");
  await pickRow(page, "EQL, one event").waitFor();
}

export async function beginRule(page: Page, wish: RuleWish): Promise<void> {
  await askForNewRule(page);
  for (const answer of answersTo(wish)) await answer(page);
}

async function enterText(page: Page, question: string, text: string): Promise<void> {
  await page.locator(".quick-input-widget", { hasText: question }).waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}
