/** The window with the packaged .vsix, by mouse and keyboard. Needs `npm run package`. */
import { authorSteps } from "./authorSteps.ts";
import { checkSteps } from "./checkSteps.ts";
import { writeFresh } from "./eventFiles.ts";
import { eventSteps } from "./eventSteps.ts";
import { authoredRepository, knowledgeSteps } from "./knowledgeSteps.ts";
import { readingSteps } from "./readingSteps.ts";
import { firstRuleSteps, noFolderSteps } from "./firstRuleSteps.ts";
import { type StepGroup, runGroup } from "./stepGroup.ts";
import { type Tally, sumOf, tallyLine } from "./tally.ts";
import { viewSteps } from "./viewSteps.ts";

export async function runWindow(): Promise<Tally> {
  console.log("\n  The window with the packaged .vsix");
  const repository = await authoredRepository();
  const settings = {
    "rulewright.update.apiUrl": repository.apiUrl,
    "rulewright.update.filesUrl": repository.filesUrl,
    "rulewright.update.registryUrl": "",
  };
  const groups: readonly StepGroup[] = [
    { name: "reading", steps: readingSteps },
    { name: "knowledge", steps: knowledgeSteps(repository), settings },
    { name: "events", steps: eventSteps, prepare: writeFresh },
    { name: "checks", steps: checkSteps },
    { name: "authoring", steps: authorSteps },
    { name: "first rule", steps: firstRuleSteps, opens: "empty folder" },
    { name: "no folder", steps: noFolderSteps, opens: "no folder" },
    { name: "views", steps: viewSteps },
  ];
  const asked = groups.filter(({ name }) => process.argv.length < 3 || process.argv.includes(name));
  const tallies: Tally[] = [];
  for (const group of asked) tallies.push(await runGroup(group));
  await repository.close();
  return sumOf(tallies);
}

if (import.meta.main) {
  const tally = await runWindow();
  console.log(tallyLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
