/** A VS Code window as a user has it: the packaged .vsix installed, a folder open, a sample rule in the editor. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Locator, type Page } from "playwright-core";
import { word } from "./actions.ts";
import { type Browser, launchBrowser } from "./browser.ts";
import { type VSCodeServer, startVSCodeServer } from "./vscodeServer.ts";
import {
  SAMPLE_RULE,
  type Workspace,
  createWorkspace,
  emptyWorkspace,
  root,
  writeSettings,
} from "./workspace.ts";

export interface RuleWindow {
  readonly page: Page;
  readonly workspace: Workspace;
  /** Where a text stands in the sample rule: 1-based, as the editor counts. */
  placeOf(text: string): Place;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

const START_MILLISECONDS = 60_000;
const vsix = join(root, "rulewright.vsix");

export interface WindowOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly opens?: Opening;
  /** Writes more into the folder before it is opened. */
  readonly prepare?: (workspace: Workspace) => void;
}

/** A folder of rules with the sample rule in the editor, a folder without any file, or none at all. */
export type Opening = "sample rule" | "empty folder" | "no folder";

export async function withWindow(
  use: (window: RuleWindow) => Promise<void>,
  { settings = {}, opens = "sample rule", prepare = () => undefined }: WindowOptions = {},
): Promise<void> {
  if (!existsSync(vsix)) throw new Error("rulewright.vsix is missing: run npm run package");
  const workspace = opens === "sample rule" ? createWorkspace() : emptyWorkspace();
  if (opens === "sample rule") writeSettings(workspace, {});
  prepare(workspace);
  let server: VSCodeServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await startVSCodeServer({ vsix, settings });
    browser = await launchBrowser();
    const page = await browser.newPage();
    const text = readFileSync(join(root, SAMPLE_RULE), "utf8");
    const placeOf = (part: string): Place => placeIn(text, part);
    await page.goto(urlOf(server, workspace, opens, placeOf("\n  // a renamed copy")));
    // Coloured by the language: the editor is there, and takes keys. Without one, our commands are there.
    const ready = opens === "sample rule" ? word(page, "where") : viewIcon(page);
    await ready.waitFor({ timeout: START_MILLISECONDS });
    await use({ page, workspace, placeOf });
  } finally {
    await browser?.close();
    await server?.stop();
    workspace.remove();
  }
}

function viewIcon(page: Page): Locator {
  return page.locator('.activitybar .action-label[aria-label^="Rulewright"]').first();
}

function urlOf(
  { base, uriOf }: VSCodeServer,
  { folder }: Workspace,
  opens: Opening,
  { line }: Place,
): string {
  const payload = JSON.stringify([
    ["openFile", `${uriOf(join(folder, SAMPLE_RULE))}:${line}:1`],
    ["gotoLineMode", "true"],
  ]);
  const asked = {
    "sample rule": { folder, payload },
    "empty folder": { folder },
    "no folder": { ew: "true" },
  }[opens];
  return `${base}/?${new URLSearchParams(asked).toString()}`;
}

export function placeIn(text: string, part: string): Place {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`\`${part}\` is not in the rule`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
