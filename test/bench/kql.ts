/** How fast KQL is read and asked about events, and rules that look at many events together. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { asSampleEvents } from "../../server/src/core/testing/generate/asSamples.ts";
import { prepareRule } from "../../server/src/core/testing/runners.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { exhausted } from "../engine/exhausted.ts";
import { root } from "../support/fixture.ts";
import { ecsTypes } from "../testing/ecsTypes.ts";
import { syntheticProcesses } from "./eqlEvents.ts";

export interface ParseFigures {
  readonly count: number;
  /** Milliseconds a query in a process that has read none before. */
  readonly cold: number;
  readonly warm: number;
}

export function kqlParseFigures(rules: string): ParseFigures {
  const script = path.join(root, "test/bench/kqlParse.ts");
  const { stdout, stderr } = spawnSync(process.execPath, [script, rules], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as ParseFigures; // Our own script.
}

const EVENTS = 100_000;
const ROUNDS = 7;

const QUERY = `host.os.type:windows and event.type:start and process.name:(powershell.exe or pwsh.exe or "cmd.exe")
  and process.args:(-enc* or -e or *FromBase64String*) and not process.parent.name:(explorer.exe or svchost.exe)
  and not user.id:S-1-5-18`;

/** Events a second. */
export function kqlEventRate(): number {
  const documents = syntheticProcesses(EVENTS).map(({ document }) => document);
  const compiled = compileKql(parseKql(QUERY).ast, { types: ecsTypes, now: 0 });
  if (!compiled.ok) throw new Error(compiled.error.feature);
  const matches = compiled.value;
  const time = medianTime(() => documents.filter(matches).length);
  return (EVENTS / time) * 1000;
}

const THRESHOLD = `type = "threshold"
[rule.threshold]
field = ["host.id", "process.name", "user.id"]
value = 10
[[rule.threshold.cardinality]]
field = "process.args"
value = 2`;

const NEW_TERMS = `type = "new_terms"
[rule.new_terms]
field = "new_terms_fields"
value = ["host.id", "process.name", "process.pid"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-14d"`;

export interface RunFigure {
  readonly name: string;
  readonly milliseconds: number;
}

/** A whole run of each: every event matches, and half of them are history where there is one. */
export function kqlRunFigures(): readonly RunFigure[] {
  const events = asSampleEvents(syntheticProcesses(EVENTS).map(({ document }) => document));
  const all = { history: [], indicators: [], now: undefined, index: undefined };
  return [
    { name: "a threshold rule", more: THRESHOLD, inputs: { ...all, events } },
    {
      name: "a new terms rule",
      more: NEW_TERMS,
      inputs: { ...all, events: events.slice(EVENTS / 2), history: events.slice(0, EVENTS / 2) },
    },
  ].map(({ name, more, inputs }) => {
    const text = `[rule]\nlanguage = "kuery"\nquery = "event.kind:event"\nfrom = "now-9m"\n${more}\n`;
    const prepared = prepareRule(readRule(readToml(text)), { types: ecsTypes, query: undefined });
    if (!prepared.ok) throw new Error(prepared.error.reason);
    const milliseconds = medianTime(() => {
      const outcome = exhausted(prepared.value.run(inputs));
      if (!outcome.ok || outcome.value.alerts.length === 0) throw new Error(`${name} does not alert`);
    });
    return { name: `${name} over ${EVENTS} events`, milliseconds };
  });
}

function medianTime(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
}
