/** Judges the sample events that belong to the rules of a run: whoever sees its report sees what an editor tells of them. */
import path from "node:path";
import { sampleTypes } from "../core/analysis/sampleTypes.ts";
import { testFileDiagnostics } from "../core/analysis/testFile.ts";
import { eventsFindings } from "../core/testing/findings.ts";
import { ruleSettings } from "../core/testing/run/settings.ts";
import { readSampleEvents } from "../core/testing/sampleEvents.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { readableText } from "../host/limitedFile.ts";
import { namesIn } from "../host/schemaFiles.ts";
import { driveAtOnce, ruleIn } from "../host/testProject.ts";
import { type Judge, type JudgedFile } from "./judge.ts";

const TESTS = "_tests";
const EVENTS = /\.(?:ndjson|jsonl)$/i;

export interface EventsWorld {
  readonly judge: Judge;
  readonly warn: (message: string) => void;
}

export function isEventsFile(file: string): boolean {
  return EVENTS.test(file);
}

/** Those in `_tests` beside the rules, and those that were named. */
export async function judgedEvents(
  world: EventsWorld,
  rules: readonly string[],
  named: readonly string[],
): Promise<readonly JudgedFile[]> {
  const found = new Map<string, string | undefined>(named.map((file) => [file, undefined]));
  for (const [folder, own] of byFolder(rules)) {
    for (const name of (await namesIn(path.join(folder, TESTS))).filter(isEventsFile)) {
      const rule = ruleOf(name, own);
      if (rule !== undefined) found.set(path.join(folder, TESTS, name), rule);
    }
  }
  const judged: JudgedFile[] = [];
  for (const [file, rule] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const one = await judgedEventsFile(world, file, rule);
    if (one !== undefined) judged.push(one);
  }
  return judged;
}

function byFolder(rules: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const rule of rules) {
    const folder = path.dirname(rule);
    const own = folders.get(folder) ?? [];
    folders.set(folder, own);
    own.push(rule);
  }
  return folders;
}

/** Of the rules whose names the file begins with, that with the longest. */
function ruleOf(name: string, rules: readonly string[]): string | undefined {
  const own = rules.filter((rule) => name.startsWith(`${path.basename(rule, ".toml")}.`));
  return own.toSorted((a, b) => b.length - a.length)[0];
}

/** Undefined if it cannot be read, which is told. */
async function judgedEventsFile(
  { judge, warn }: EventsWorld,
  file: string,
  rule: string | undefined,
): Promise<JudgedFile | undefined> {
  const read = await judge.read(file);
  if (read === undefined) {
    warn(`${file} cannot be read, or is too large to be looked through`);
    return undefined;
  }
  const { text } = read;
  const { knowledge, config } = read.snapshotOf("");
  const events = await driveAtOnce(readSampleEvents(text));
  // Which fields a query asks of them depends on the cases, which `rulewright test` runs.
  const options = {
    types: sampleTypes(knowledge),
    timestampField: await timestampFieldOf(rule),
    fields: [],
  };
  const findings = await driveAtOnce(eventsFindings(text, events, options));
  // What is merely worth knowing before a file is shared is told where it is edited.
  const diagnostics = testFileDiagnostics(text, { findings, problems: [] }, config);
  return {
    path: file,
    text,
    lines: lineIndexOf(text),
    diagnostics: diagnostics.filter(({ severity }) => severity === "error" || severity === "warning"),
    summary: undefined,
    needsOthers: false,
  };
}

async function timestampFieldOf(file: string | undefined): Promise<string> {
  const text = file === undefined ? undefined : await readableText(file);
  const rule = file === undefined || text === undefined ? undefined : ruleIn(file, text);
  return rule === undefined ? "@timestamp" : ruleSettings(rule.rule).timestampField;
}
