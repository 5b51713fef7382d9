/** VS Code loads this file into the extension host and calls `run`. */
import Mocha from "mocha";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: 20_000, color: false, reporter: "spec" });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith(".test.cjs")) mocha.addFile(join(__dirname, name));
  }
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats ?? { ...emptyStats }));
  });
  console.log(`${passes} passed, ${failures} failed`);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

const emptyStats = { suites: 0, tests: 0, passes: 0, pending: 0, failures: 1 };
