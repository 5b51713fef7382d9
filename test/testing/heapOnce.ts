/**
 * Asks for the results beside a query over and over, while rule and events are typed in turn, and prints the heap in
 * use after 100 rounds and after 1,000: `node --expose-gc heapOnce.ts`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CancellationToken } from "vscode-languageserver";
import { inlineResult } from "../../server/src/lsp/testing/inline.ts";
import { runTests } from "../../server/src/lsp/testing/runTests.ts";
import { type OpenText } from "../../server/src/lsp/testing/testPlaces.ts";
import { TestService } from "../../server/src/lsp/testing/testService.ts";
import { whoFires } from "../../server/src/lsp/testing/whoFires.ts";
import { RULE, shell } from "../lsp/testingWorkspace.ts";
import { knowledge } from "../support/analyse.ts";

const EARLY = 100;
const LATE = 1000;

const root = mkdtempSync(path.join(tmpdir(), "rulewright-"));
const uri = (name: string): string => pathToFileURL(path.join(root, name)).href;
mkdirSync(path.join(root, "_tests"));
for (let i = 0; i < 10; i++) {
  const lines = Array.from({ length: 50 }, (_event, second) => shell({ second: second % 60 })).join("");
  writeFileSync(path.join(root, "_tests", `a.match.c${i}.ndjson`), lines);
}
writeFileSync(path.join(root, "a.toml"), RULE);
writeFileSync(path.join(root, "_tests/a.events.ndjson"), "");

const texts = new Map<string, string>();
let version = 1;
const documents = (): readonly OpenText[] =>
  [...texts].map(([name, text]) => ({ uri: uri(name), version, getText: () => text }));
const service = new TestService({
  pathOf: (one) => decodeURIComponent(new URL(one).pathname),
  uriOf: (file) => pathToFileURL(file).href,
  documents,
  workspaceFolders: () => [root],
  knowledgeFor: () => Promise.resolve(knowledge),
  testRootsFor: () => Promise.resolve([]),
  isWatching: () => false,
});

function megabytesInUse(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

async function round(i: number): Promise<void> {
  version++;
  texts.set("a.toml", RULE.replace('process.name : "sh"', `process.name : ("sh", "tool-${i}")`));
  texts.set("_tests/a.events.ndjson", shell({ name: `tool-${i}` }) + shell());
  const result = await inlineResult(service, { uri: uri("a.toml"), event: null }, CancellationToken.None);
  if (result?.summary.scratchAlerts !== 2) throw new Error(JSON.stringify(result?.summary));
  await runTests(service, { uri: uri("a.toml"), cases: null, withCoverage: true }, CancellationToken.None);
  await whoFires(service, { uri: uri("_tests/a.events.ndjson"), line: 1 }, CancellationToken.None);
}

let early = 0;
for (let i = 1; i <= LATE; i++) {
  await round(i);
  if (i === EARLY) early = megabytesInUse();
}
const late = megabytesInUse();
rmSync(root, { recursive: true });
console.log(JSON.stringify({ early, late }));
process.exit();
