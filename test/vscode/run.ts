/** `npm run test:vscode`: builds, packages, runs the suite in the extension host and the packaged .vsix in a window. */
import { execFileSync } from "node:child_process";
import { runSuite } from "./run-server.ts";
import { runWindow } from "./run-window.ts";
import { type Tally, sumOf, tallyLine } from "./tally.ts";
import { root } from "./workspace.ts";

const start = Date.now();

function lap(what: string): void {
  console.log(`[${((Date.now() - start) / 1000).toFixed(1)} s] ${what}`);
}

/** A run that breaks off counts as a failure, and the other one still runs. */
async function tallyOf(run: () => Promise<Tally>): Promise<Tally> {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

execFileSync(process.execPath, ["scripts/build.ts", "--test"], { cwd: root, stdio: "inherit" });
lap("built");
execFileSync("npm", ["run", "--silent", "package"], { cwd: root, stdio: "inherit" });
lap("packaged");
const suite = await tallyOf(runSuite);
lap(`suite in the extension host: ${tallyLine(suite)}`);
const window = await tallyOf(runWindow);
lap(`window with the packaged .vsix: ${tallyLine(window)}`);

const total = sumOf([suite, window]);
console.log(tallyLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;
