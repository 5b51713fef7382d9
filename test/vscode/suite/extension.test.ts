import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { TabInputWebview, commands, env, extensions, window } from "vscode";
import { SAMPLE_RULE, closeAll, eventually, eventuallyProblems, open, replace } from "./support.ts";

/** The parts of our manifest that are tested; it is JSON of our own. */
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean | "limited" } };
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function manifest(): Manifest {
  const extension = extensions.getExtension("rulewright.rulewright");
  assert.ok(extension);
  return extension.packageJSON as Manifest;
}

/** The server's process, a child of this one. */
function serverProcess(): number | undefined {
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      if (Number(parent) === process.pid && command.includes("server.cjs")) return Number(name);
    } catch {
      continue; // it has ended since it was listed
    }
  }
  return undefined;
}

suite("The extension", () => {
  teardown(closeAll);

  test("It is activated by languages only", () => {
    assert.deepEqual(manifest().activationEvents, ["onLanguage:detection-rule", "onLanguage:toml"]);
  });

  test("It says that rules are checked in Restricted Mode, and schemas not updated", () => {
    assert.equal(manifest().capabilities.untrustedWorkspaces.supported, "limited");
  });

  test("Every command of the manifest exists", async () => {
    await open(SAMPLE_RULE);
    await eventually(
      "activation",
      () => extensions.getExtension("rulewright.rulewright")?.isActive || undefined,
    );
    const known = await commands.getCommands(true);
    for (const { command } of manifest().contributes.commands) assert.ok(known.includes(command), command);
  });

  test("Explain Check opens the page of a check", async () => {
    await open(SAMPLE_RULE);
    await commands.executeCommand("rulewright.explainCheck", "query/unknown-field");
    const isPreview = (): true | undefined =>
      window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputWebview ? true : undefined;
    await eventually("a preview", isPreview);
    assert.match(window.tabGroups.activeTabGroup.activeTab?.label ?? "", /unknown-field/);
  });

  test("Copy Diagnostics Info puts versions on the clipboard", async () => {
    await open(SAMPLE_RULE);
    await commands.executeCommand("rulewright.copyDiagnosticsInfo");
    const text = await env.clipboard.readText();
    assert.match(text, /^Rulewright \d+\.\d+\.\d+$/m);
    assert.match(text, /^Server: .* on Node/m);
  });

  test("Restart Server leaves a server that works", async () => {
    const document = await open(SAMPLE_RULE);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
    await commands.executeCommand("rulewright.restartServer");
    await replace(document, "proces.name", "process.name");
    await eventuallyProblems(document, 0);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
  });

  test("A server that dies is started again", async () => {
    if (process.platform !== "linux") return; // how to find the process differs elsewhere
    const document = await open(SAMPLE_RULE);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
    const before = await eventually("the server's process", serverProcess);
    process.kill(before, "SIGKILL");
    await eventually("another process", () => {
      const now = serverProcess();
      return now === before ? undefined : now;
    });
    await replace(document, "proces.name", "process.name");
    await eventuallyProblems(document, 0);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
  });
});
