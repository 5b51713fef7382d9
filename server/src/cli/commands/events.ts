/** `events who-fires`: which rules alert on the events of a file. */
import path from "node:path";
import { sampleTypes } from "../../core/analysis/sampleTypes.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { prepareRule } from "../../core/testing/runners.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { nodeHost } from "../../host/node.ts";
import { pathFrom } from "../../host/paths.ts";
import {
  type RuleOnDisk,
  driveAtOnce,
  projectOnDisk,
  readEvents,
  readRuleFile,
} from "../../host/testProject.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { collectFiles } from "../files.ts";
import { cliKnowledge } from "../diskJudge.ts";
import { progressLine } from "../progress.ts";
import { type Terminal } from "../terminal.ts";

export interface WhoFiresOptions {
  readonly rules: readonly string[];
  readonly format: "human" | "json";
}

interface Firing {
  readonly rule: string;
  /** Lines of the events that alerts rest on. */
  readonly lines: readonly number[];
  readonly alerts: number;
}

interface WhoFiresReport {
  readonly firing: readonly Firing[];
  readonly ruleCount: number;
  readonly eventCount: number;
  /** Rules that cannot be run. */
  readonly unsupported: number;
}

export async function whoFiresCommand(
  file: string,
  options: WhoFiresOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const started = performance.now();
  const events = await eventsOf(file, terminal);
  const store = cliKnowledge(nodeHost(packageRoot), packageRoot, (message) => terminal.error(`${message}\n`));
  const types = sampleTypes(await store.now(undefined));
  const report = await firingOn(events, types, options, terminal);
  const milliseconds = Math.round(performance.now() - started);
  terminal.print(
    options.format === "json" ? jsonText(report, milliseconds) : humanText(report, milliseconds),
  );
  if (report.ruleCount === 0) terminal.error("No detection rules found\n");
  return EXIT.clean;
}

/** What cannot be read is told, and the rest is used. */
async function eventsOf(file: string, { cwd, error }: Terminal): Promise<readonly SampleEvent[]> {
  const read = await readEvents(pathFrom(cwd, path.resolve(cwd, file)), projectOnDisk(cwd));
  if (read === undefined) throw new UsageError(`There is no file ${file} that can be read`);
  if (read.refusal !== undefined) throw new UsageError(`${file}: ${read.refusal.message}`);
  for (const { line, message } of read.problems) error(`${file}:${line}: ${message}\n`);
  return read.events;
}

async function firingOn(
  events: readonly SampleEvent[],
  types: FieldTypes,
  { rules: paths }: WhoFiresOptions,
  terminal: Terminal,
): Promise<WhoFiresReport> {
  const { cwd } = terminal;
  const files = await collectFiles(paths.length === 0 ? ["."] : paths, cwd);
  const progress = progressLine(terminal, (done) => `Asking ${done} of ${files.length} files`);
  const firing: Firing[] = [];
  let ruleCount = 0;
  let unsupported = 0;
  for (const file of files) {
    progress.advance(1);
    const rule = await readRuleFile(pathFrom(cwd, file), projectOnDisk(cwd));
    // Kibana runs no deprecated rule.
    if (rule === undefined || rule.rule.isDeprecated) continue;
    ruleCount++;
    const found = await firingOf(rule, events, types);
    if (found === undefined) unsupported++;
    else if (0 < found.alerts) firing.push(found);
  }
  progress.clear();
  return { firing, ruleCount, unsupported, eventCount: events.length };
}

/** Undefined for a rule that cannot be run. */
async function firingOf(
  { path: file, rule }: RuleOnDisk,
  events: readonly SampleEvent[],
  types: FieldTypes,
): Promise<Firing | undefined> {
  const prepared = prepareRule(rule, { types, query: undefined });
  const inputs = { events, history: [], indicators: [], now: undefined, index: undefined };
  const result = prepared.ok ? await driveAtOnce(prepared.value.run(inputs)) : prepared;
  if (!result.ok) return undefined;
  const { alerts } = result.value;
  const lines = new Set(alerts.flatMap((alert) => alert.events.flatMap((event) => event?.line ?? [])));
  return { rule: file, lines: [...lines].sort((a, b) => a - b), alerts: alerts.length };
}

function jsonText(
  { firing, ruleCount, eventCount, unsupported }: WhoFiresReport,
  milliseconds: number,
): string {
  const summary = { rules: ruleCount, events: eventCount, unsupported, milliseconds };
  return `${JSON.stringify({ version: 1, summary, firing })}\n`;
}

function humanText(
  { firing, ruleCount, eventCount, unsupported }: WhoFiresReport,
  milliseconds: number,
): string {
  const rows = firing.map(({ rule, lines }) => `${rule}: ${linesText(lines)}\n`);
  const events = eventCount === 1 ? "1 event" : `${eventCount} events`;
  return `${rows.join("")}${firing.length} of ${ruleCount} rules alert on ${events}; ${unsupported} cannot be run (${milliseconds} ms)\n`;
}

const MOST_LINES = 10;

function linesText(lines: readonly number[]): string {
  const left = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).join(", ");
  return `${lines.length === 1 ? "line" : "lines"} ${shown}${left <= 0 ? "" : ` and ${left} more`}`;
}
