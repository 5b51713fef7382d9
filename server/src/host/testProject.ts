/** Rules and test cases, read from the disk, or from an editor, as they are needed. */
import path from "node:path";
import { caseInputs, type CaseInputs } from "../core/testing/cases/inputs.ts";
import { type RulePlace } from "../core/testing/cases/association.ts";
import { type CaseProblem } from "../core/testing/cases/problem.ts";
import { type EventSource, type TestCase } from "../core/testing/cases/testCase.ts";
import { testCasesOf, type TestPlan } from "../core/testing/cases.ts";
import { type EventsProblem, readSampleEvents, type SampleEvents } from "../core/testing/sampleEvents.ts";
import { type Result } from "../core/base/result.ts";
import { unreachable } from "../core/base/unreachable.ts";
import { isRuleFile, readRule, textIn } from "../core/rule/read.ts";
import { type RuleDocument } from "../core/rule/model.ts";
import { spanOf } from "../core/text/span.ts";
import { readToml } from "../core/toml/read.ts";
import { readTestTextAtOnce, stampOf, type TestText } from "./testFiles.ts";

export interface RuleOnDisk {
  /** Below the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly rule: RuleDocument;
}

/** How generators are pulled: at once, or in slices. Undefined: it was stopped. */
export type Drive = <T>(work: Generator<undefined, T>) => Promise<T | undefined>;

export function driveAtOnce<T>(work: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return Promise.resolve(step.value);
  }
}

export interface ProjectOptions {
  readonly root: string;
  /** Texts that are not those on the disk: of documents that are open in an editor. */
  readonly overlay: (file: string) => string | undefined;
  /** What is on the disk. */
  readonly read: (file: string) => Promise<TestText>;
  readonly drive: Drive;
  /** Folders that repeat the folders of the rules. */
  readonly roots: readonly string[];
}

/** Of a process that has nothing else to do. */
export function projectOnDisk(root: string): ProjectOptions {
  return { root, overlay: () => undefined, read: readTestTextAtOnce, drive: driveAtOnce, roots: [] };
}

export interface PlannedTests extends TestPlan {
  /** The texts of manifests, by path. */
  readonly manifests: ReadonlyMap<string, string>;
}

/** The texts of those of the files that are manifests, by path. */
export async function readManifests(
  files: readonly string[],
  options: ProjectOptions,
): Promise<ReadonlyMap<string, string>> {
  const manifests = new Map<string, string>();
  for (const file of files.filter((name) => /\.test\.ya?ml$/.test(name))) {
    const text = await textOf(file, options);
    if (text !== undefined) manifests.set(file, text);
  }
  return manifests;
}

/** With those of the named files that stand elsewhere and are there. */
export async function withNamed(
  files: readonly string[],
  named: readonly string[],
  { root }: ProjectOptions,
): Promise<readonly string[]> {
  const known = new Set(files);
  for (const file of named) {
    if (!known.has(file) && (await stampOf(path.join(root, file))) !== undefined) known.add(file);
  }
  return known.size === files.length ? files : [...known].sort();
}

/** Undefined if it was stopped. */
export async function plannedTests(
  rules: readonly RulePlace[],
  others: readonly string[],
  manifests: ReadonlyMap<string, string>,
  { roots, drive }: ProjectOptions,
): Promise<PlannedTests | undefined> {
  const work = testCasesOf({ rules, files: others, roots, textOf: (file) => manifests.get(file) });
  const plan = await drive(work);
  return plan && { ...plan, manifests };
}

/** Undefined for TOML that is no rule, and for what cannot be read. */
export async function readRuleFile(file: string, options: ProjectOptions): Promise<RuleOnDisk | undefined> {
  const text = await textOf(file, options);
  return text === undefined ? undefined : ruleIn(file, text);
}

export function ruleIn(file: string, text: string): RuleOnDisk | undefined {
  const toml = readToml(text);
  return isRuleFile(toml) ? { path: file, text, rule: readRule(toml) } : undefined;
}

export function placeOf({ path: file, rule }: RuleOnDisk): RulePlace {
  return { path: file, ruleId: rule.rule && textIn(rule.rule, "rule_id")?.value };
}

/** From the events of the files that the case takes them from; one that is not among them cannot be read. */
export function readInputs(
  testCase: TestCase,
  events: ReadonlyMap<string, SampleEvents | undefined>,
): Result<CaseInputs, CaseProblem> {
  return caseInputs(testCase, (file) => events.get(file));
}

/** Undefined if there is no such file, or if it was stopped. */
export async function readEvents(file: string, options: ProjectOptions): Promise<SampleEvents | undefined> {
  const full = path.join(options.root, file);
  const opened = options.overlay(full);
  if (opened !== undefined) return options.drive(readSampleEvents(opened));
  const found = await options.read(full);
  switch (found.kind) {
    case "absent":
      return undefined;
    case "too-large":
      return refusedEvents(
        "too-large",
        "The file is larger than 256 MB: `rulewright query` reads files of any size",
      );
    case "damaged":
      return refusedEvents("broken-json", `By its name the file is packed with gzip, and it ${found.text}`);
    case "read":
      return options.drive(readSampleEvents(found.text));
    default:
      return unreachable(found);
  }
}

function refusedEvents(kind: EventsProblem["kind"], message: string): SampleEvents {
  const refusal = { kind, span: spanOf(0, 0), line: 1, message };
  return { events: [], problems: [refusal], refusal };
}

/** Each once: its events, its history and its indicators. */
export function eventFilesOf(testCase: TestCase): ReadonlySet<string> {
  let root = testCase;
  while (root.events.kind === "patched") root = root.events.base;
  const sources = [root.events, testCase.history, testCase.indicators];
  return new Set(sources.flatMap((source) => (isFile(source) ? [source.path] : [])));
}

function isFile(source: TestCase["events"] | undefined): source is Extract<EventSource, { kind: "file" }> {
  return source?.kind === "file";
}

async function textOf(file: string, { root, overlay, read }: ProjectOptions): Promise<string | undefined> {
  const full = path.join(root, file);
  const opened = overlay(full);
  if (opened !== undefined) return opened;
  const found = await read(full);
  return found.kind === "read" ? found.text : undefined;
}
