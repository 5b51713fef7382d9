/** Indexes the rules of a folder in this process and prints how long it took and how much memory: `indexOnce.ts <folder>`. */
import { type WorkspaceIndex } from "../../server/src/core/analysis/workspace.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { pathBelow } from "../../server/src/host/paths.ts";
import { ruleFilesBelow } from "../../server/src/host/ruleFiles.ts";
import { decodeText } from "../../server/src/host/host.ts";
import { WorkspaceRules } from "../../server/src/lsp/workspaceRules.ts";
import { root } from "../support/fixture.ts";

const [, , folder = ""] = process.argv;
const host = nodeHost(root);

/** Run with `--expose-gc`. */
function megabytesInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_000_000;
}

const rules = new WorkspaceRules({
  filesBelow: (below) => ruleFilesBelow(below, { within: "rule-folders" }),
  async textOf(file) {
    const bytes = await host.readFile(file);
    return bytes && decodeText(bytes).text;
  },
  placeOf: (file) =>
    Promise.resolve({ root: folder, path: pathBelow(folder, file) ?? file, isAmongRules: true }),
  onNews: () => undefined,
  onFailure: (error) => console.error(error),
});

/** The longest that the event loop is held meanwhile. */
let longest = 0;
let last = performance.now();
function turn(): void {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  if (rules.index(folder) === undefined) setImmediate(turn);
}

const before = megabytesInUse();
const started = performance.now();
last = started;
setImmediate(turn);
await rules.build([folder]);
const index: WorkspaceIndex | undefined = rules.index(folder);
const isFound = index?.inFilesNamed("none").length === 0;
const milliseconds = performance.now() - started;
const addedMegabytes = megabytesInUse() - before;
console.log(
  JSON.stringify({ milliseconds, longest, addedMegabytes, ruleCount: isFound ? index?.ruleCount : 0 }),
);
