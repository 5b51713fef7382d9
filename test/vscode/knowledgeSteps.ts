/** What is known of fields and techniques, in the window: completion, hovers, an update that fails half way and then succeeds. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type RepositoryServer, repositoryServer } from "../update/repositoryServer.ts";
import { goTo, hover, runCommand, takeSuggestion, word } from "./actions.ts";
import { type Step } from "./stepGroup.ts";
import { type RuleWindow } from "./withWindow.ts";

type Page = RuleWindow["page"];

const ETC = "detection_rules/etc";
const ECS = {
  "event.category": { type: "keyword", level: "core" },
  "event.type": { type: "keyword", level: "core" },
  "host.os.type": { type: "keyword", level: "extended" },
  "process.name": { type: "keyword", level: "extended" },
  "process.args": { type: "keyword", level: "extended" },
  "process.command_line": { type: "wildcard", level: "extended" },
  "process.parent.name": { type: "keyword", level: "extended" },
  "process.pe.original_file_name": { type: "keyword", level: "extended" },
};

/** Schemas of a repository whose stack is one that no other has. */
export function authoredRepository(): Promise<RepositoryServer> {
  return repositoryServer({
    [`${ETC}/stack-schema-map.yaml`]: '"9.1.0":\n  beats: "9.1.2"\n  ecs: "9.1.0"\n  endgame: "8.4.0"\n',
    [`${ETC}/packages.yaml`]: 'package:\n  name: "9.1"\n',
    [`${ETC}/_config.yaml`]: "rule_dirs:\n  - ../../rules\nfiles: {}\n",
    [`${ETC}/non-ecs-schema.json`]: "{}",
    [`${ETC}/ecs_schemas/9.1.0/ecs_flat.json.gz`]: gzipSync(JSON.stringify(ECS)),
  });
}

export function knowledgeSteps(repository: RepositoryServer): readonly Step[] {
  return [
    ["A field is completed by a part of its name", fieldIsCompleted],
    ["A pick of a technique inserts id, name and reference", techniqueIsInserted],
    [
      "An update that breaks off half way says so, and changes nothing",
      (window) => failsHalfWay(window, repository),
    ],
    ["The next update succeeds, and the status shows its schemas", (window) => succeeds(window, repository)],
  ];
}

async function undoAll(page: Page): Promise<void> {
  await runCommand(page, "File: Revert File");
}

async function fieldIsCompleted({ page, placeOf }: RuleWindow): Promise<void> {
  const { line, column } = placeOf("process.name");
  await goTo(page, { line, column });
  await page.keyboard.type("p.pa.n");
  await page.keyboard.press("Control+Space");
  await takeSuggestion(page, "process.parent.name");
  await word(page, "process.parent.name").waitFor();
  await undoAll(page);
}

async function techniqueIsInserted({ page, placeOf }: RuleWindow): Promise<void> {
  const { line, column } = placeOf('T1552"');
  await goTo(page, { line, column });
  for (let i = 0; i < "T1552".length; i++) await page.keyboard.press("Delete");
  await page.keyboard.type("logon autostart");
  await page.keyboard.press("Control+Space");
  await takeSuggestion(page, "Boot or Logon Autostart Execution");
  await hover(page, word(page, "T1547"), /Boot or Logon Autostart Execution/);
  await page.locator(".view-line", { hasText: "attack.mitre.org/techniques/T1547/" }).first().waitFor();
  await undoAll(page);
}

async function update(page: Page): Promise<void> {
  await runCommand(page, "Rulewright: Update Schemas");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Repository" }).first().waitFor();
  await page.keyboard.press("Enter");
}

async function failsHalfWay({ page }: RuleWindow, repository: RepositoryServer): Promise<void> {
  repository.intercept = (_, response, path) => {
    if (!path.endsWith("ecs_flat.json.gz")) return false;
    response.writeHead(200, { "content-length": "200" });
    response.write("half");
    setImmediate(() => response.destroy());
    return true;
  };
  await update(page);
  // A window that is driven shows no toasts.
  await page.locator('[id="status.notifications"]').waitFor();
  await runCommand(page, "Notifications: Show Notifications");
  await page
    .locator(".notification-list-item", { hasText: /ecs_flat\.json\.gz could not be fetched.*untouched/ })
    .first()
    .waitFor();
  await runCommand(page, "Notifications: Clear All Notifications");
  assert.match(await statusText(page), /ECS 9\.4/);
}

async function succeeds({ page }: RuleWindow, repository: RepositoryServer): Promise<void> {
  repository.intercept = undefined;
  await update(page);
  await page.locator(".statusbar-item", { hasText: "schemas updated" }).first().waitFor();
  assert.match(await statusText(page), /downloaded schemas of 9\.1\.0/);
}

async function statusText(page: Page): Promise<string> {
  await page.locator('[id="status.languageStatus"]').click();
  const shown = page.locator(".monaco-hover:visible", { hasText: "ATT&CK" }).first();
  await shown.waitFor();
  const text = await shown.innerText();
  await page.keyboard.press("Escape");
  return text;
}
