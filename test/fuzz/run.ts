/** `npm run fuzz -- [--seed N] [--share S]`: all campaigns, with what they found. */
import { parseArgs } from "node:util";
import { type CampaignResult, deletions, oddInputs, prefixes } from "./campaigns.ts";
import { randomEdits } from "./edits.ts";
import { editorRequests } from "./requests.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, share: { type: "string", default: "1" } },
});
const options = { seed: Number(values.seed), share: Number(values.share) };
console.log(`seed ${options.seed}, share ${options.share}`);

let failed = 0;
for (const campaign of [
  oddInputs,
  () => prefixes(options),
  () => deletions(options),
  () => randomEdits(options),
  () => editorRequests(options),
]) {
  const result: CampaignResult = await campaign();
  failed += result.problems.length;
  console.log(
    `${result.name}: ${result.probes} probes, slowest ${result.slowestMilliseconds.toFixed(1)} ms, ${result.problems.length} problems`,
  );
  for (const problem of result.problems.slice(0, 20)) console.log(`    ${problem}`);
}
process.exitCode = failed === 0 ? 0 : 1;
