/** How often rules query a field, as measured over a large repository: for ranking, where the rules at hand say little. */

/** Of 1,000 rules; 0 for a field that hardly any rule queries. */
export type FieldPopularity = (name: string) => number;

/** Reads `data/fields/popular.tsv`: see its first lines for the columns. */
export function fieldPopularity(table: string): FieldPopularity {
  const counts = new Map<string, number>();
  for (const line of table.split("\n")) {
    const tab = line.indexOf("\t");
    if (0 < tab) counts.set(line.slice(0, tab), Number(line.slice(tab + 1)));
  }
  return (name) => counts.get(name) ?? 0;
}
