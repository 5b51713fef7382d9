/** A rule is read in the window: colours, problems, hovers, outline and status. */
import assert from "node:assert/strict";
import {
  THEMES,
  colourOf,
  goTo,
  hover,
  outlineNames,
  runCommand,
  squiggles,
  useTheme,
  word,
} from "./actions.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow } from "./withWindow.ts";

/** In this order: each goes on where the one before has left the window. */
export const readingSteps: readonly Step[] = [
  ["A sample rule opens", ruleOpens],
  ...THEMES.map(
    (theme) =>
      [
        `Keyword, field, string and comment differ in the ${theme.name} theme`,
        async ({ page, workspace }: RuleWindow) => {
          await useTheme(page, workspace, theme);
          await coloursDiffer(page);
        },
      ] as const,
  ),
  ["A typo typed into a field is underlined", typoIsUnderlined],
  ["The Problems view lists it", problemIsListed],
  ["Ctrl+. offers the fix, and the fix removes it", fixRemovesIt],
  ["Hover of a field shows its type", fieldHover],
  ["Hover of a technique shows its name", techniqueHover],
  ["The outline shows the rule", outlineShows],
  ["The language status shows what is known", statusShows],
];

type Page = RuleWindow["page"];

async function ruleOpens({ page }: RuleWindow): Promise<void> {
  await page.locator(".tab.active", { hasText: "credential_access_registry" }).waitFor();
}

const COLOUR_TRIES = 50;

/** Colours by meaning come from the server, a moment after the theme. */
async function coloursDiffer(page: Page): Promise<void> {
  let colours: readonly string[] = [];
  for (let i = 0; i < COLOUR_TRIES; i++) {
    colours = await Promise.all(
      ["where", "process.name", "reg.exe", "// a renamed copy"].map((text) => colourOf(word(page, text))),
    );
    if (new Set(colours).size === colours.length) return;
    await page.waitForTimeout(100);
  }
  assert.fail(colours.join(" "));
}

async function typoIsUnderlined({ page, placeOf }: RuleWindow): Promise<void> {
  const { line, column } = placeOf("process.name");
  assert.equal(await squiggles(page).count(), 0);
  await goTo(page, { line, column: column + "proces".length });
  await page.keyboard.press("Delete");
  await squiggles(page).first().waitFor();
}

async function problemIsListed({ page }: RuleWindow): Promise<void> {
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "proces.name" }).first().waitFor();
}

async function fixRemovesIt({ page, placeOf }: RuleWindow): Promise<void> {
  await goTo(page, placeOf("process.name"));
  // The editor knows by then that there is something to offer.
  await page
    .locator(".codicon-light-bulb, .codicon-lightbulb-autofix, .codicon-gutter-lightbulb-auto-fix")
    .first()
    .waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row", { hasText: "process.name" }).first().waitFor();
  await page.keyboard.press("Enter");
  await squiggles(page).first().waitFor({ state: "detached" });
  await word(page, "process.name").waitFor();
}

async function fieldHover({ page }: RuleWindow): Promise<void> {
  await hover(page, word(page, "process.name"), /keyword/);
}

async function techniqueHover({ page, placeOf }: RuleWindow): Promise<void> {
  await goTo(page, placeOf("T1552.002"));
  await hover(page, word(page, "T1552.002"), /Credentials in Registry/);
}

async function outlineShows({ page }: RuleWindow): Promise<void> {
  await runCommand(page, "Explorer: Focus on Outline View");
  const names = await outlineNames(page);
  assert.ok(
    names.some((name) => name.includes("metadata")),
    names.join(" "),
  );
}

async function statusShows({ page }: RuleWindow): Promise<void> {
  await page.locator('[id="status.languageStatus"]').click();
  await page
    .locator(".monaco-hover:visible", { hasText: /ECS \d.*ATT&CK \d/ })
    .first()
    .waitFor();
}
