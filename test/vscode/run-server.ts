/** The suite inside a real extension host: VS Code's server, with a window in Chromium. Needs `node scripts/build.ts --test`. */
import { join } from "node:path";
import { format } from "node:util";
import { type Browser, launchBrowser } from "./browser.ts";
import { type Tally, tallyIn, tallyLine } from "./tally.ts";
import { type VSCodeServer, startVSCodeServer } from "./vscodeServer.ts";
import { type Workspace, createWorkspace, root } from "./workspace.ts";

const LIMIT_MILLISECONDS = Number(process.env["TEST_TIMEOUT_MS"] ?? 150_000);
const isVerbose = process.env["VERBOSE"] !== undefined;

/** The workbench's own lines, known by their start; what is worth printing is mocha's report. */
const noise =
  /^(Error: )?(Resolv(ing|ed) |Creat(ing|ion)|Updating additional|Ignoring|Found additional|Request to|Loading dev|Unable to read file|Failed to |No search provider|ENOPRO|Could not locate the bindings|Cannot find module '\.\/build\/Release|Require stack|Timed out waiting for authentication|getaddrinfo|Canceled|\[(AccountPolicyGate|AgentHost|reconnection|Service Worker))/;
const workbenchStack = /workbench(\.web\.main\.internal)?\.js:\d/;

export async function runSuite(): Promise<Tally> {
  const workspace = createWorkspace();
  let server: VSCodeServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await startVSCodeServer();
    browser = await launchBrowser();
    return await runInWindow(server, browser, workspace);
  } finally {
    await browser?.close();
    await server?.stop();
    workspace.remove();
  }
}

/** The page calls two functions of ours: one for each line that is logged, one when the suite has ended. */
async function runInWindow(server: VSCodeServer, browser: Browser, workspace: Workspace): Promise<Tally> {
  const page = await browser.newPage();
  const lines: string[] = [];
  let end: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (end = resolve));
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    const line = format(...args);
    lines.push(line);
    if (isVerbose || !(noise.test(line) || workbenchStack.test(line))) console.log(line);
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => end(code));
  if (isVerbose) page.on("console", (message) => console.log(`[${message.type()}] ${message.text()}`));
  const timer = setTimeout(() => {
    console.error(`The suite did not end within ${LIMIT_MILLISECONDS / 1000} s`);
    end(1);
  }, LIMIT_MILLISECONDS);
  await page.goto(suiteUrl(server, workspace));
  const code = await exit;
  clearTimeout(timer);
  const tally = tallyIn(lines.join("\n")) ?? { passed: 0, failed: 1 };
  return code === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

function suiteUrl(server: VSCodeServer, { folder }: Workspace): string {
  const payload = [
    ["extensionDevelopmentPath", server.uriOf(root)],
    ["extensionTestsPath", server.uriOf(join(root, "dist/test/index.cjs"))],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  return `${server.base}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString()}`;
}

if (import.meta.main) {
  const tally = await runSuite();
  console.log(tallyLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
