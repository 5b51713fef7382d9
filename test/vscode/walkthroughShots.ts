/** The pictures of the walkthrough, into images/walkthrough. Needs `npm run package`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { goTo, runCommand } from "./actions.ts";
import { withWindow } from "./withWindow.ts";
import { root } from "./workspace.ts";

const folder = join(root, "images/walkthrough");
mkdirSync(folder, { recursive: true });

await withWindow(async ({ page, placeOf }) => {
  /** The middle of the window, where the editor is. */
  const shoot = (name: string): Promise<Buffer> =>
    page.screenshot({
      path: join(folder, `${name}.png`),
      animations: "disabled",
      clip: { x: 352, y: 30, width: 900, height: 640 },
    });

  /** The list of commands goes before the list of a command comes. */
  const asked = async (placeholder: string): Promise<void> => {
    await page.locator(`.quick-input-widget input[placeholder="${placeholder}"]`).waitFor();
    await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  };

  await page.locator(".codelens-decoration", { hasText: "8 cases" }).first().waitFor();
  // What stands after the lines comes by style sheets alone.
  await page.waitForTimeout(1000);
  await shoot("samples");

  await runCommand(page, "Rulewright: New Rule");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Machine learning" }).first().waitFor();
  await shoot("new-rule");
  await page.keyboard.press("Escape");

  await goTo(page, placeOf('process.args : "/s"'));
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("process.pa");
  await page.locator(".suggest-widget .monaco-list-row").first().waitFor();
  await shoot("query");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+K");

  await runCommand(page, "Rulewright: Explain Event");
  await asked("Which event is explained beside the query?");
  await shoot("events");
  await page.keyboard.press("Escape");

  await runCommand(page, "Rulewright: Show Knowledge");
  await asked("What is known of fields and techniques");
  await shoot("schemas");
});
