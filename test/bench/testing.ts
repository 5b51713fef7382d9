/** How fast sample events answer: while somebody types, for all rules about one event, and on the command line. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepareRule } from "../../server/src/core/testing/runners.ts";
import { asSampleEvents } from "../../server/src/core/testing/generate/asSamples.ts";
import { type PreparedRule } from "../../server/src/core/testing/run/prepared.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { exhausted } from "../engine/exhausted.ts";
import { RULE, removeFolders, shell, testingWorkspace } from "../lsp/testingWorkspace.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { root } from "../support/fixture.ts";
import { PULLING } from "../support/wire.ts";
import { ecsTypes } from "../testing/ecsTypes.ts";
import { syntheticProcesses } from "./eqlEvents.ts";

export interface TestingFigures {
  /** From a change of the rule, or of one of its events files, to what is shown beside the query. */
  readonly ruleTyping: readonly number[];
  readonly eventsTyping: readonly number[];
  readonly whoFires: { readonly ruleCount: number; readonly times: readonly number[] };
  /** `rulewright test` over many rules with three cases each, cold. */
  readonly command: { readonly ruleCount: number; readonly milliseconds: number };
  readonly throughput: Throughput;
}

export interface Throughput {
  readonly ruleCount: number;
  readonly eventCount: number;
  /** Each event counts once for each rule. */
  readonly eventsPerSecond: number;
}

/** Rules in EQL are what is measured; those that are at hand stand for as many as are needed. */
export async function testingFigures(rules: readonly CorpusRule[]): Promise<TestingFigures> {
  const eql = rules.filter(({ text }) => /^language = "eql"$/m.test(text));
  const figures = {
    ...(await typingFigures()),
    whoFires: await whoFiresFigures(eql),
    command: commandFigures(eql),
    throughput: throughputFigures(eql),
  };
  removeFolders();
  return figures;
}

const CASES = 20;
const EVENTS_A_CASE = 50;
const WARMING = 20;
const ROUNDS = 200;

async function typingFigures(): Promise<Pick<TestingFigures, "ruleTyping" | "eventsTyping">> {
  const named = (i: number): string => `rules/_tests/a.${i % 2 === 0 ? "match" : "nomatch"}.c${i}.ndjson`;
  const linesOf = (i: number): string =>
    Array.from({ length: EVENTS_A_CASE }, (_event, second) =>
      shell({ name: i % 2 === 0 ? "sh" : "bash", second }),
    ).join("");
  const cases = Array.from({ length: CASES }, (_case, i) => [named(i), linesOf(i)] as const);
  const workspace = await testingWorkspace({ "rules/a.toml": RULE, ...Object.fromEntries(cases) });
  await workspace.open("rules/a.toml", RULE);
  await workspace.open(named(0), linesOf(0));
  const typed = async (name: string, textAt: (version: number) => string): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let version = 2; version < WARMING + ROUNDS; version++) {
      const started = performance.now();
      await workspace.change(name, version, textAt(version));
      const result = await workspace.ask("tests/inline", { uri: workspace.uri("rules/a.toml"), event: null });
      if (result?.summary.failed !== 0) throw new Error("A case fails");
      if (WARMING <= version) times.push(performance.now() - started);
    }
    return times;
  };
  const ruleTyping = await typed("rules/a.toml", (version) =>
    RULE.replace('"nginx"', `"nginx", "server-${version}"`),
  );
  const eventsTyping = await typed(named(0), (version) => linesOf(0) + shell({ args: [`-${version}`] }));
  await workspace.stop();
  return { ruleTyping, eventsTyping };
}

async function whoFiresFigures(rules: readonly CorpusRule[]): Promise<TestingFigures["whoFires"]> {
  const files = rules.map(({ text }, i) => [`rules/r${i}.toml`, text] as const);
  const capabilities = {
    ...PULLING,
    workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
  };
  const workspace = await testingWorkspace(
    { "event.ndjson": shell(), ...Object.fromEntries(files) },
    { capabilities },
  );
  const params = { uri: workspace.uri("event.ndjson"), line: 1 };
  // The first time compiles the rules.
  const { judged: ruleCount } = await workspace.ask("events/whoFires", params);
  const times: number[] = [];
  for (let round = 0; round < WARMING; round++) {
    const started = performance.now();
    await workspace.ask("events/whoFires", params);
    times.push(performance.now() - started);
  }
  await workspace.stop();
  return { ruleCount, times };
}

const COMMAND_RULES = 1000;
const COMMAND_CASES = ["nomatch", "nomatch.other", "nomatch.third"];

function commandFigures(rules: readonly CorpusRule[]): TestingFigures["command"] {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  mkdirSync(path.join(folder, "_tests"));
  const lines = Array.from({ length: 5 }, (_event, second) => shell({ name: "nothing", second })).join("");
  for (let i = 0; i < COMMAND_RULES; i++) {
    writeFileSync(path.join(folder, `r${i}.toml`), rules[i % rules.length]?.text ?? "");
    for (const kind of COMMAND_CASES)
      writeFileSync(path.join(folder, "_tests", `r${i}.${kind}.ndjson`), lines);
  }
  const started = performance.now();
  const command = [path.join(root, "dist/cli.cjs"), "test", "--format", "json"];
  const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  const milliseconds = performance.now() - started;
  rmSync(folder, { recursive: true });
  const { tests } = JSON.parse(stdout) as { readonly tests: readonly unknown[] }; // Our own shape.
  if (tests.length !== COMMAND_RULES * COMMAND_CASES.length) throw new Error(`${tests.length} cases ran`);
  return { ruleCount: COMMAND_RULES, milliseconds };
}

const MANY_EVENTS = 10_000;
const MANY_RULES = 100;

function throughputFigures(rules: readonly CorpusRule[]): Throughput {
  const events = asSampleEvents(syntheticProcesses(MANY_EVENTS).map(({ document }) => document));
  const prepared = rules.flatMap(({ text }): readonly PreparedRule[] => {
    const found = prepareRule(readRule(readToml(text)), { types: ecsTypes, query: undefined });
    return found.ok ? [found.value] : [];
  });
  const asked = prepared.slice(0, MANY_RULES);
  const inputs = { events, history: [], indicators: [], now: undefined, index: undefined };
  const askAll = (): void => {
    for (const rule of asked) if (!exhausted(rule.run(inputs)).ok) throw new Error("A rule cannot be run");
  };
  askAll();
  const started = performance.now();
  askAll();
  const seconds = (performance.now() - started) / 1000;
  const eventsPerSecond = (events.length * asked.length) / seconds;
  return { ruleCount: asked.length, eventCount: events.length, eventsPerSecond };
}
