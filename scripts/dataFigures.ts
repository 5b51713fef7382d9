/**
 * Prints how many of the fields that the rules of a checkout name are known from the packaged tables:
 * `node scripts/dataFigures.ts FOLDER`.
 */
import path from "node:path";
import { loadKnowledge } from "../server/src/host/knowledge.ts";
import { nodeHost } from "../server/src/host/node.ts";
import {
  type Coverage,
  generalisation,
  keyCoverage,
  packagedSource,
  queryCoverage,
  shareKnown,
} from "./dataCoverage.ts";
import { fieldUsesIn } from "./dataFieldUses.ts";

const [, , folder] = process.argv;
if (folder === undefined) throw new Error("Name the folder that holds `rules`");
const { fields, vendorFields } = await loadKnowledge(nodeHost(path.resolve(import.meta.dirname, "..")));
if (fields === undefined || vendorFields === undefined) throw new Error("The packaged tables are not loaded");
const sourceOf = packagedSource(fields, vendorFields);
const rules = fieldUsesIn(folder);

console.log(`${vendorFields.size} fields and ${[...vendorFields.namespaces()].length} open namespaces`);
for (const row of [...queryCoverage(rules, sourceOf), keyCoverage(rules, sourceOf)]) console.log(line(row));
console.log(`unknown: ${unknownNames().join(", ")}`);
printGeneralisation();

function line(coverage: Coverage): string {
  const { group, uses, bySource } = coverage;
  const ecs = percent(bySource.ECS, uses);
  const parts = `table ${percent(bySource.table, uses)}, open ${percent(bySource["open namespace"], uses)}`;
  return `${group}: ${uses} uses, known ${(100 * shareKnown(coverage)).toFixed(2)} % (ECS ${ecs}, ${parts})`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(whole, 1)).toFixed(2)} %`;
}

function unknownNames(): readonly string[] {
  const names = rules.flatMap(({ inQueries, inKeys }) => [...inQueries, ...inKeys]);
  return [...new Set(names)].filter((name) => sourceOf(name) === "nowhere").sort();
}

/** Every third rule is held out, three times over, as rules of one kind stand beside each other. */
function printGeneralisation(): void {
  for (const part of [0, 1, 2]) {
    const { uses, unseen, unseenInTable, unseenInOpenNamespace } = generalisation(
      rules,
      sourceOf,
      (index) => index % 3 === part,
    );
    console.log(
      `names of two thirds of the rules alone leave ${unseen} of ${uses} uses (${percent(unseen, uses)}) of the others ` +
        `unknown; the tables have ${unseenInTable} of them, open namespaces ${unseenInOpenNamespace}`,
    );
  }
}
