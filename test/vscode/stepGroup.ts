/**
 * Steps that build on each other, in a window of their own. A window that is driven can miss a key or a mouse move on
 * a busy machine: a group that breaks off is tried once more in a fresh window, and says so.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Tally } from "./tally.ts";
import { type RuleWindow, type WindowOptions, withWindow } from "./withWindow.ts";
import { root } from "./workspace.ts";

export type Step = readonly [string, (window: RuleWindow) => Promise<void>];

export interface StepGroup extends WindowOptions {
  readonly name: string;
  /** In this order: each goes on where the one before has left the window. */
  readonly steps: readonly Step[];
}

const WAIT_MILLISECONDS = 20_000;

/** The steps after one that fails count as failed: there is no window that they could go on from. */
export async function runGroup(group: StepGroup): Promise<Tally> {
  const first = await attempt(group);
  if (first.failed === 0) return first;
  console.log(`    ↻ Once more in a fresh window: ${group.name}`);
  return attempt(group);
}

async function attempt({ name: group, steps, ...options }: StepGroup): Promise<Tally> {
  let passed = 0;
  const run = async (window: RuleWindow): Promise<void> => {
    window.page.setDefaultTimeout(WAIT_MILLISECONDS);
    for (const [name, step] of steps) {
      const started = Date.now();
      try {
        await step(window);
      } catch (error) {
        console.log(`    ✘ ${name}\n${error instanceof Error ? error.message : String(error)}`);
        await picture(window, group);
        return;
      }
      passed++;
      console.log(`    ✔ ${name} (${Date.now() - started}ms)`);
    }
  };
  try {
    await withWindow(run, options);
  } catch (error) {
    console.log(`    ✘ The window of ${group}\n${error instanceof Error ? error.message : String(error)}`);
  }
  return { passed, failed: steps.length - passed };
}

async function picture({ page }: RuleWindow, group: string): Promise<void> {
  mkdirSync(join(root, "shots"), { recursive: true });
  await page.screenshot({ path: join(root, "shots", `failure-${group}-${Date.now()}.png`) });
}
