/** Random edits against the built server: it must survive them and end as a fresh start would. */
import { rulesToBreak } from "./inputs.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { type WireClient, startWire } from "../support/wire.ts";
import { lineIndexOf } from "../../server/src/core/text/lineIndex.ts";
import { type CampaignOptions, type CampaignResult } from "./campaigns.ts";

const EDITS = 10_000;
const URI = "untitled:fuzz";
const SNIPPETS = [
  "'''",
  '"""',
  "[",
  "]",
  "\n",
  "== ",
  "process.name",
  " and ",
  "\\",
  "/*",
  "'",
  '"',
  "[[rule.threat]]\n",
  "é😀",
  "=",
] as const;

export async function randomEdits({ seed, share }: CampaignOptions): Promise<CampaignResult> {
  const random = seededRandom(seed + 2);
  const client = await startWire();
  const problems: string[] = [];
  const [first = ""] = rulesToBreak(1, random);
  let text = first;
  let slowest = 0;
  const count = Math.round(EDITS * share);
  await client.open(URI, text);
  for (let version = 2; version < count + 2; version++) {
    text = await editOnce(client, text, version, random);
    // Pulls that are overtaken by the next edit are part of the game.
    if (version % 50 === 0) {
      const started = performance.now();
      await client.pull(URI);
      slowest = Math.max(slowest, performance.now() - started);
    }
    if (version % 2000 === 0) text = await replaceAll(client, first, ++version);
  }
  const after = JSON.stringify(await client.pull(URI));
  const fresh = await startWire();
  await fresh.open(URI, text);
  if (after !== JSON.stringify(await fresh.pull(URI)))
    problems.push("other diagnostics than after a fresh start");
  problems.push(...client.logged.map((message) => `logged: ${message}`));
  await Promise.all([client.stop(), fresh.stop()]);
  return { name: "random edits over stdio", probes: count, slowestMilliseconds: slowest, problems };
}

async function editOnce(client: WireClient, text: string, version: number, random: Random): Promise<string> {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.below(3) === 0 ? random.below(20) : 0));
  const inserted = random.below(4) === 0 ? "" : random.pick(SNIPPETS);
  const lines = lineIndexOf(text);
  const range = { start: lines.positionAt(start), end: lines.positionAt(end) };
  await change(client, version, [{ range, text: inserted }]);
  return text.slice(0, lines.offsetAt(range.start)) + inserted + text.slice(lines.offsetAt(range.end));
}

async function replaceAll(client: WireClient, text: string, version: number): Promise<string> {
  await change(client, version, [{ text }]);
  return text;
}

async function change(client: WireClient, version: number, contentChanges: readonly object[]): Promise<void> {
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: URI, version },
    contentChanges,
  });
}
