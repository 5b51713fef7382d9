/** Loads schemas in this process and prints how long it took and how much memory: `loadOnce.ts <etcFolder> <cacheFolder>`. */
import { loadSchemas, packagedWorker } from "../../server/src/host/schemas.ts";
import { root } from "../support/fixture.ts";

const [, , etcFolder = "", cacheFolder = ""] = process.argv;

/** Run with `--expose-gc`. */
function megabytesInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

const before = megabytesInUse();
const residentBefore = process.memoryUsage.rss() / 1_000_000;
const started = performance.now();
const set = await loadSchemas({
  etcFolder,
  cacheFolder,
  layer: "checkout",
  workerFile: packagedWorker(root),
  onProblem: (problem) => console.error(problem),
});
// The first question builds what answers need.
const answers = (set?.stacks ?? []).map(
  (stack) => stack.integration("made0", "stream0").kind === "found" && stack.ecs?.typeOf("none"),
);
const milliseconds = performance.now() - started;
const addedMegabytes = megabytesInUse() - before;
// The highest so far is that of the loading, as nothing before it needs as much.
const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / 1_000_000 - residentBefore;
console.log(JSON.stringify({ milliseconds, addedMegabytes, peakMegabytes, answers: answers.length }));
