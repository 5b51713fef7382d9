/** How long it takes to list the places of what hundreds of rules name, in the built server. */
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { lineIndexOf } from "../../server/src/core/text/lineIndex.ts";
import { startWire } from "../support/wire.ts";

export interface ReferenceFigures {
  readonly name: string;
  readonly placeCount: number;
  /** The median of some requests. */
  readonly milliseconds: number;
}

const ROUNDS = 9;

export async function referenceFigures(
  folder: string,
  rules: readonly { readonly path: string; readonly text: string }[],
): Promise<readonly ReferenceFigures[]> {
  const rule = rules.find(({ text }) => SUBJECTS.every(({ word }) => text.includes(word)));
  if (rule === undefined) return [];
  const client = await startWire({ folders: [folder] });
  const uri = pathToFileURL(path.join(folder, rule.path)).href;
  const lines = lineIndexOf(rule.text);
  await client.open(uri, rule.text);
  await client.pull(uri);
  const figures: ReferenceFigures[] = [];
  for (const { name, word, skip } of SUBJECTS) {
    const position = lines.positionAt(rule.text.indexOf(word) + skip);
    const params = { textDocument: { uri }, position, context: { includeDeclaration: true } };
    const ask = async (): Promise<number> => {
      const places: unknown[] | null = await client.connection.sendRequest("textDocument/references", params);
      return places?.length ?? 0;
    };
    const placeCount = await settled(ask);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      await ask();
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    figures.push({ name, placeCount, milliseconds: times[Math.floor(times.length / 2)] ?? NaN });
  }
  await client.stop();
  return figures;
}

const SUBJECTS = [
  { name: "a tag", word: '"Use Case: Threat Detection"', skip: 5 },
  { name: "a field", word: "event.type ==", skip: 2 },
  { name: "a technique", word: '"T1059"', skip: 2 },
] as const;

/** The rules are not all known from the start. */
async function settled(ask: () => Promise<number>): Promise<number> {
  for (let before = 0; ;) {
    await setTimeout(500);
    const count = await ask();
    if (1 < count && count === before) return count;
    before = count;
  }
}
