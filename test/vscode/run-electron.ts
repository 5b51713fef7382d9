/** The suite in desktop VS Code, where one can be had: VSCODE_PATH names one, or it is downloaded. */
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { createWorkspace, root } from "./workspace.ts";

const vscodePath = process.env["VSCODE_PATH"];
const isRequired = process.env["REQUIRE_ELECTRON"] !== undefined;
const offline = /ENOTFOUND|getaddrinfo|ECONN|EAI_AGAIN|ETIMEDOUT|fetch failed|Failed to/i;

const workspace = createWorkspace();
try {
  process.exitCode = await runTests({
    ...(vscodePath === undefined
      ? { version: process.env["VSCODE_VERSION"] ?? "stable" }
      : { vscodeExecutablePath: vscodePath }),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, "dist/test/index.cjs"),
    launchArgs: [workspace.folder, "--disable-extensions", "--disable-workspace-trust", "--no-sandbox"],
  });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (vscodePath !== undefined || !offline.test(message)) throw error;
  console.error(`SKIPPED: no desktop VS Code can be had here (${message}). Set VSCODE_PATH to one.`);
  process.exitCode = isRequired ? 1 : 0;
} finally {
  workspace.remove();
}
