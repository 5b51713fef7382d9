/**
 * Writes `data/fields/popular.tsv`: how many of 1,000 rules of a checkout query a field.
 * Run by hand: `node scripts/dataPopular.ts FOLDER`. The output is committed.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fieldUsesIn } from "./dataFieldUses.ts";

const MIN_RULES = 2;

const [, , folder] = process.argv;
if (folder === undefined) throw new Error("Name the folder that holds `rules`");
const uses = fieldUsesIn(folder).filter(({ language }) => language !== undefined);
const ruleCounts = new Map<string, number>();
for (const { inQueries } of uses) {
  for (const name of inQueries) {
    if (!name.includes("*")) ruleCounts.set(name, (ruleCounts.get(name) ?? 0) + 1);
  }
}
const rows = [...ruleCounts]
  .filter(([, count]) => MIN_RULES <= count)
  .map(([name, count]) => [name, Math.ceil((1000 * count) / uses.length)] as const)
  .sort(([a, aCount], [b, bCount]) => bCount - aCount || (a < b ? -1 : 1));
const lines = [
  "# How many of 1,000 rules query a field; those that fewer than two rules of a large repository query are left out.",
  "# Columns: field, rules of 1,000.",
  ...rows.map(([name, count]) => `${name}\t${count}`),
];
const target = path.resolve(import.meta.dirname, "../data/fields/popular.tsv");
writeFileSync(target, `${lines.join("\n")}\n`);
console.log(`${rows.length} fields of ${uses.length} rules`);
