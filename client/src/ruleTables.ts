const HEADER = /^\s*\[\s*(metadata|rule)\s*\]\s*(#.*)?$/;
const OPENING = /=\s*("""|''')/;

/** Does this TOML text have both a `[metadata]` and a `[rule]` table? What multi-line strings quote does not count. */
export function holdsRuleTables(text: string): boolean {
  const found = new Set<string>();
  let closing: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (closing !== undefined) {
      if (line.includes(closing)) closing = undefined;
      continue;
    }
    const table = HEADER.exec(line)?.[1];
    if (table !== undefined) found.add(table);
    if (found.size === 2) return true;
    const opening = OPENING.exec(line);
    const delimiter = opening?.[1];
    if (opening === null || delimiter === undefined) continue;
    const isClosed = line.includes(delimiter, opening.index + opening[0].length);
    if (!isClosed) closing = delimiter;
  }
  return false;
}
