/** A VS Code window as a user has it: the packaged .vsix installed, a folder open, a sample rule in the editor. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page } from "playwright-core";
import { word } from "./actions.ts";
import { type Browser, launchBrowser } from "./browser.ts";
import { type VSCodeServer, startVSCodeServer } from "./vscodeServer.ts";
import { SAMPLE_RULE, type Workspace, createWorkspace, root, writeSettings } from "./workspace.ts";

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

/** `prepare` writes more into the folder before it is opened. */
export async function withWindow(
  use: (window: RuleWindow) => Promise<void>,
  settings: Readonly<Record<string, unknown>> = {},
  prepare: (workspace: Workspace) => void = () => undefined,
): Promise<void> {
  if (!existsSync(vsix)) throw new Error("rulewright.vsix is missing: run npm run package");
  const workspace = createWorkspace();
  writeSettings(workspace, {});
  prepare(workspace);
  let server: VSCodeServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await startVSCodeServer({ vsix, settings });
    browser = await launchBrowser();
    const page = await browser.newPage();
    const text = readFileSync(join(workspace.folder, SAMPLE_RULE), "utf8");
    const placeOf = (part: string): Place => placeIn(text, part);
    await page.goto(urlOf(server, workspace, placeOf("\n  // a renamed copy")));
    // Coloured by the language: the editor is there, and takes keys.
    await word(page, "where").waitFor({ timeout: START_MILLISECONDS });
    await use({ page, workspace, placeOf });
  } finally {
    await browser?.close();
    await server?.stop();
    workspace.remove();
  }
}

function urlOf(server: VSCodeServer, { folder }: Workspace, { line }: Place): string {
  const payload = [
    ["openFile", `${server.uriOf(join(folder, SAMPLE_RULE))}:${line}:1`],
    ["gotoLineMode", "true"],
  ];
  return `${server.base}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString()}`;
}

function placeIn(text: string, part: string): Place {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`\`${part}\` is not in the sample rule`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
