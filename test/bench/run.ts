/**
 * `npm run bench`: every figure of speed, size and memory, as medians, over the public rules where they are at hand.
 * `--only NAME` measures one part: check, references, knowledge, workspace, testing, editing, views or format.
 */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { allDiagnostics, runChecks } from "../../server/src/core/analysis/runChecks.ts";
import { snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { ELASTIC, knowledge } from "../support/analyse.ts";
import { type CorpusRule, corpusRules, rulesFolder } from "../support/corpus.ts";
import { root } from "../support/fixture.ts";
import { SLICE_MILLISECONDS } from "../../server/src/lsp/drive.ts";
import { startWire } from "../support/wire.ts";
import { type CheckingFigures, checkingFigures } from "./checking.ts";
import { type CommandRun } from "./command.ts";
import { completionFigures } from "./completion.ts";
import { type EditingFigures, editingFigures } from "./editing.ts";
import { eqlEventRates } from "./eqlEvents.ts";
import { eqlFileRate } from "./eqlFile.ts";
import { eqlSequenceRate } from "./eqlSequences.ts";
import { type FormatFigures, formatFigures } from "./format.ts";
import { kqlEventRate, kqlParseFigures, kqlRunFigures } from "./kql.ts";
import { type KnowledgeFigures, knowledgeFigures } from "./knowledge.ts";
import { type ManyCasesFigures, manyCasesFigures } from "./manyCases.ts";
import { type ReferenceFigures, referenceFigures } from "./references.ts";
import { type TestingFigures, testingFigures } from "./testing.ts";
import { type ViewsFigures, viewsFigures } from "./views.ts";
import { type WorkspaceFigures, workspaceFigures } from "./workspace.ts";

const folder = rulesFolder();
const rules: readonly CorpusRule[] =
  folder === undefined
    ? globSync(["rules/**/*.toml"], { cwd: root }).map((file) => ({
        path: file,
        text: readFileSync(path.join(root, file), "utf8"),
      }))
    : corpusRules(folder);

function show(name: string, value: string, target = ""): void {
  console.log(`${name.padEnd(58)} ${value.padStart(12)}${target === "" ? "" : `   target ${target}`}`);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

/** The median time of each item over several rounds, after rounds that warm up. */
function medians<T>(items: readonly T[], work: (item: T) => void): readonly number[] {
  const rounds = 7;
  const times = items.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    items.forEach((item, i) => {
      const started = performance.now();
      work(item);
      if (0 <= round) times[i]?.push(performance.now() - started);
    });
  }
  return times.map((one) => percentile(one, 0.5));
}

function diagnoseAfresh({ text }: CorpusRule): void {
  const snapshot = snapshotOf({ text, knowledge, config: ELASTIC, cache: queryCache() });
  allDiagnostics(snapshot, {
    checks: CHECKS,
    onCrash: (check, error) => console.log(`${check} threw ${String(error)}`),
  });
}

function showKnowledge({ megabytes, distil, warm }: KnowledgeFigures): void {
  const inMegabytes = (value: number): string => `${value.toFixed(0)} MB`;
  const size = inMegabytes(megabytes);
  show(`distilling a checkout with ${size} of integrations`, milliseconds(distil.milliseconds), "2500 ms");
  show("  memory that it needs meanwhile", inMegabytes(distil.peakMegabytes), "250 MB");
  show("schemas of that size from the cache", milliseconds(warm.milliseconds), "100 ms");
  show("  memory that they add", inMegabytes(warm.addedMegabytes), "60 MB");
}

function showWorkspace({ ruleCount, milliseconds: time, longest, addedMegabytes }: WorkspaceFigures): void {
  show(`index of ${ruleCount} rules, cold`, milliseconds(time), "3000 ms");
  show("  longest that it holds the event loop", milliseconds(longest));
  show("  memory that it adds", `${addedMegabytes.toFixed(0)} MB`);
}

function showChecking({ cold, first, again }: CheckingFigures): void {
  const peak = ({ peakMegabytes }: CommandRun): string => `${peakMegabytes.toFixed(0)} MB`;
  show(`check of all ${rules.length} rules, cold process`, milliseconds(cold.milliseconds), "4000 ms");
  show("  its peak memory", peak(cold), "200 MB");
  show("  where schemas are to be distilled, too", milliseconds(first.milliseconds), "5000 ms");
  show("  its peak memory", peak(first));
  show("  when nothing has changed since", milliseconds(again.milliseconds), "1000 ms");
  show("  its peak memory", peak(again), "200 MB");
}

function showReferences(figures: readonly ReferenceFigures[]): void {
  for (const { name, placeCount, milliseconds: time } of figures)
    show(`the ${placeCount} places of ${name}, p50`, milliseconds(time), "100 ms");
}

function showManyCases({ caseCount, milliseconds: time, peakMegabytes }: ManyCasesFigures): void {
  show(`${caseCount} test cases in one folder`, milliseconds(time));
  show("  their peak memory", `${peakMegabytes.toFixed(0)} MB`);
}

function showTesting({ ruleTyping, eventsTyping, whoFires, command, throughput }: TestingFigures): void {
  for (const [name, times] of [
    ["a rule", ruleTyping],
    ["its events", eventsTyping],
  ] as const) {
    show(`typing in ${name} to results of 20 cases of 50 events, p50`, milliseconds(percentile(times, 0.5)));
    show("  the same, p95", milliseconds(percentile(times, 0.95)), "50 ms");
  }
  const asking = milliseconds(percentile(whoFires.times, 0.5));
  show(`which of ${whoFires.ruleCount} EQL rules alert on one event, p50`, asking, "100 ms");
  const run = milliseconds(command.milliseconds);
  show(`tests of ${command.ruleCount} rules with 3 cases, cold process`, run, "5000 ms");
  const { eventCount, ruleCount, eventsPerSecond } = throughput;
  show(`${eventCount} events through ${ruleCount} rules`, `${(eventsPerSecond / 1000).toFixed(0)} k/s`);
}

function showEditing({ ruleCount, tokens, longestTokens, longestLength, places }: EditingFigures): void {
  show(
    `semantic tokens of ${ruleCount} rules of about 14 kB, typed, p50`,
    milliseconds(percentile(tokens, 0.5)),
  );
  show("  the slowest of them", milliseconds(Math.max(...tokens)), "5 ms");
  show(`  of the longest query (${longestLength} characters)`, milliseconds(longestTokens));
  show(
    "signature, selection, highlights and notes at a place, p95",
    milliseconds(percentile(places, 0.95)),
    "10 ms",
  );
}

function showFormat({ ruleCount, tidy, untidy, chosen }: FormatFigures): void {
  show(`formatting one of ${ruleCount} rules of about 14 kB, p50`, milliseconds(percentile(tidy, 0.5)));
  for (const [name, times] of [
    ["where every line changes", untidy],
    ["with queries, order of keys and lists that fit", chosen],
  ] as const) {
    show(`  ${name}, p50`, milliseconds(percentile(times, 0.5)), "10 ms");
    show(`  ${name}, p95`, milliseconds(percentile(times, 0.95)));
  }
}

function showViews({ ruleCount, coverage, exports: written, kibana }: ViewsFigures): void {
  show(`coverage of ${ruleCount} rules, p50`, milliseconds(percentile(coverage, 0.5)), "200 ms");
  show("  as layer and picture, p50", milliseconds(percentile(written, 0.5)));
  show("what Kibana receives of one rule, p50", milliseconds(percentile(kibana, 0.5)));
  show("  the same, p95", milliseconds(percentile(kibana, 0.95)));
}

const PARTS: Readonly<Record<string, () => Promise<void> | void>> = {
  check: () => showChecking(checkingFigures(folder ?? path.join(root, "rules"))),
  references: async () => showReferences(folder === undefined ? [] : await referenceFigures(folder, rules)),
  knowledge: async () => showKnowledge(await knowledgeFigures()),
  workspace: () => showWorkspace(workspaceFigures(rules)),
  async testing() {
    showTesting(await testingFigures(rules));
    showManyCases(manyCasesFigures());
  },
  editing: () => showEditing(editingFigures(rules)),
  views: () => showViews(viewsFigures(rules)),
  format: () => showFormat(formatFigures(rules)),
};

const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
if (only !== undefined) {
  const part = PARTS[only];
  if (part === undefined)
    console.error(`There is no part ${only}: there are ${Object.keys(PARTS).join(", ")}`);
  else await part();
  process.exit(part === undefined ? 1 : 0);
}

console.log(`${rules.length} rules, Node ${process.versions.node}\n`);

const warm = medians(rules, diagnoseAfresh);
show("text to diagnostics of one rule, warm, p50", milliseconds(percentile(warm, 0.5)), "1 ms");
show("text to diagnostics of one rule, warm, p95", milliseconds(percentile(warm, 0.95)), "5 ms");
show("text to diagnostics of one rule, warm, slowest", milliseconds(Math.max(...warm)));

/** The longest that one rule's checks hold the event loop: a slice and the step that ends it. */
function longestSlice({ text }: CorpusRule): number {
  const snapshot = snapshotOf({ text, knowledge, config: ELASTIC, cache: queryCache() });
  const work = runChecks(snapshot, { checks: CHECKS, onCrash: (check) => console.log(`${check} threw`) });
  let longest = 0;
  let sliceStart = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    const now = performance.now();
    longest = Math.max(longest, now - sliceStart);
    if (step.done === true) return longest;
    if (SLICE_MILLISECONDS <= now - sliceStart) sliceStart = now;
  }
}

const slices = Array.from({ length: 5 }, () => rules.map(longestSlice));
const worst = rules.map((_rule, i) =>
  percentile(
    slices.map((round) => round[i] ?? NaN),
    0.5,
  ),
);
show("longest that one rule's checks hold the event loop", milliseconds(Math.max(...worst)), "10 ms");

const tomlTimes = medians(rules, ({ text }) => void readToml(text));
show("  of which reading TOML, with smol-toml as judge, p50", milliseconds(percentile(tomlTimes, 0.5)));

const queries = rules.flatMap(({ text }) =>
  snapshotOf({ text, knowledge, config: ELASTIC, cache: queryCache() })
    .rule()
    .queries.filter(({ language }) => language === "eql"),
);
const parseTimes = medians(queries, ({ text }) => void parseEql(text));
const longest = queries.reduce(
  (most, { text }, i) => ((queries[most]?.text.length ?? 0) < text.length ? i : most),
  0,
);
show(
  `parsing one of ${queries.length} EQL queries, mean`,
  milliseconds(parseTimes.reduce((a, b) => a + b, 0) / parseTimes.length),
  "0.3 ms",
);
show(
  `parsing the longest EQL query (${queries[longest]?.text.length ?? 0} characters)`,
  milliseconds(parseTimes[longest] ?? NaN),
  "60 ms",
);

const completion = completionFigures(rules);
show("completion at one of 1,000 places, p50", milliseconds(completion.median));
show("completion at one of 1,000 places, p95", milliseconds(completion.slowestTwentieth), "10 ms");

showEditing(editingFigures(rules));

if (folder !== undefined) {
  const { count, cold, warm: warmParse } = kqlParseFigures(folder);
  show(`parsing one of ${count} KQL queries for the first time, mean`, milliseconds(cold), "0.2 ms");
  show("  later on", milliseconds(warmParse), "0.2 ms");
}

showChecking(checkingFigures(folder ?? path.join(root, "rules")));
const small = checkingFigures(path.join(root, "rules")).cold;
show("check of the 10 sample rules, cold process", milliseconds(small.milliseconds));

const first = rules.find(({ text }) => text.includes('language = "eql"'))?.text ?? "";
const starts: number[] = [];
const memories: number[] = [];
for (let i = 0; i < 5; i++) {
  const started = performance.now();
  const client = await startWire();
  await client.open("untitled:bench", first);
  await client.pull("untitled:bench");
  starts.push(performance.now() - started);
  for (const [n, { text }] of rules.slice(0, 200).entries()) {
    await client.open(`untitled:bench-${n}`, text);
    await client.pull(`untitled:bench-${n}`);
  }
  memories.push(residentMegabytes(client.process.pid));
  await client.stop();
}
show("server start to first diagnostics", milliseconds(percentile(starts, 0.5)), "500 ms");
show("server memory with 200 rules open", `${percentile(memories, 0.5).toFixed(0)} MB`, "200 MB");

function residentMegabytes(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1] ?? NaN) / 1024;
  } catch {
    return NaN; // no /proc on this system
  }
}

/** What the first diagnostics need is three quarters of the server. The rest costs it 3 MB and no time, as it is not compiled. */
const LARGEST_SERVER = 2000;

for (const bundle of ["server.cjs", "cli.cjs", "client.cjs"]) {
  const size = statSync(path.join(root, "dist", bundle)).size / 1000;
  show(`bundle ${bundle}`, `${size.toFixed(0)} kB`, bundle === "server.cjs" ? `${LARGEST_SERVER} kB` : "");
}

for (const { name, eventsPerSecond, target: wanted } of [...eqlEventRates(), eqlSequenceRate()]) {
  const rate = `${(eventsPerSecond / 1000).toFixed(0)} k/s`;
  show(name, rate, wanted === 0 ? "" : `${(wanted / 1000).toFixed(0)} k/s`);
}
show("KQL rule for single events", `${(kqlEventRate() / 1000).toFixed(0)} k/s`, "1000 k/s");
for (const { name, milliseconds: time } of kqlRunFigures()) show(name, milliseconds(time), "300 ms");
const { megabytes, megabytesPerSecond, peakMegabytes } = eqlFileRate();
show(`a file of ${megabytes.toFixed(0)} MB through an event query`, `${megabytesPerSecond.toFixed(0)} MB/s`);
show("  its peak memory", `${peakMegabytes.toFixed(0)} MB`, "250 MB");
showKnowledge(await knowledgeFigures());
showWorkspace(workspaceFigures(rules));
showReferences(folder === undefined ? [] : await referenceFigures(folder, rules));
showTesting(await testingFigures(rules));
showManyCases(manyCasesFigures());
showFormat(formatFigures(rules));
