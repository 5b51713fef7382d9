/** Screenshots for the README and for the eye, into shots/ or the folder named. Needs `npm run package`. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { THEMES, goTo, hover, outlineNames, runCommand, squiggles, useTheme, word } from "./actions.ts";
import { withWindow } from "./withWindow.ts";
import { root } from "./workspace.ts";

const folder = resolve(process.argv[2] ?? join(root, "shots"));
mkdirSync(folder, { recursive: true });

await withWindow(async ({ page, workspace, placeOf }) => {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    count++;
    const file = join(folder, `${count}-${name}.png`);
    await page.screenshot({ path: file, animations: "disabled" });
    console.log(file);
  };

  await page.keyboard.press("Control+B");
  for (const theme of THEMES) {
    await useTheme(page, workspace, theme);
    await word(page, "where").waitFor();
    await shoot(theme.name);
  }
  const [dark] = THEMES;
  await useTheme(page, workspace, dark);

  const { line, column } = placeOf("process.name");
  await goTo(page, { line, column: column + "proces".length });
  await page.keyboard.press("Delete");
  await squiggles(page).first().waitFor();
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "proces.name" }).first().waitFor();
  await shoot("problem");

  await goTo(page, { line, column });
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row", { hasText: "process.name" }).first().waitFor();
  await shoot("fix");
  // For images/screenshot.png: what matters of it, without the window's frame.
  await page.screenshot({
    path: join(folder, "readme.png"),
    clip: { x: 52, y: 30, width: 1344, height: 630 },
  });
  await page.keyboard.press("Enter");
  await squiggles(page).first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+J");

  await hover(page, word(page, "process.name"), /keyword/);
  await shoot("field");
  await goTo(page, placeOf("T1552.002"));
  await hover(page, word(page, "T1552.002"), /Credentials in Registry/);
  await shoot("technique");

  await runCommand(page, "Explorer: Focus on Outline View");
  await outlineNames(page);
  await page.locator('[id="status.languageStatus"]').click();
  await page.locator(".monaco-hover:visible", { hasText: "ECS" }).first().waitFor();
  await shoot("outline-and-status");

  await runCommand(page, "Rulewright: Explain Check");
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: "allow/unknown-check" })
    .first()
    .waitFor();
  // The list shows only the rows in sight.
  await page.keyboard.type("query/unknown-field");
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: "query/unknown-field" })
    .first()
    .waitFor();
  await shoot("checks");
  await page.keyboard.press("Enter");
  const preview = page.frameLocator("iframe.webview").frameLocator("iframe");
  await preview.locator("h1").first().waitFor();
  await shoot("check-page");
});
