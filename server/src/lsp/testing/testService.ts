/** Answers about sample events: which tests there are, what they give, and what they say of a query. */
import path from "node:path";
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { isTestsFolder, type RulePlace, splitPath } from "../../core/testing/cases/association.ts";
import { type SampleEvents } from "../../core/testing/sampleEvents.ts";
import { type BookedRule, type ReadyRule, RuleBook } from "../../host/ruleBook.ts";
import { testCache } from "../../host/testCache.ts";
import { isWithin, pathFrom } from "../../host/paths.ts";
import { neighboursOf, testFilesOf } from "../../host/testFiles.ts";
import {
  eventFilesOf,
  placeOf,
  type PlannedTests,
  type ProjectOptions,
  readManifests,
  type RuleOnDisk,
} from "../../host/testProject.ts";
import { type CaseMemo, caseMemo, type ReadyCase, type RuleTests, type TimedReport } from "./ruleTests.ts";
import { TestPlaces, type TestWorld } from "./testPlaces.ts";
import { testPlans } from "./testPlans.ts";

export interface OneRule extends RuleTests {
  readonly root: string;
  readonly options: ProjectOptions;
  /** Of the document that the rule was read from; undefined if it is not open. */
  readonly version: number | undefined;
}

/** All rules and cases below a workspace folder. */
export interface TestProject {
  readonly root: string;
  readonly rules: readonly BookedRule[];
  readonly plan: PlannedTests;
}

/** A test file, with the rule and the cases that it belongs to. */
export interface TestFile {
  readonly root: string;
  /** Below the root. */
  readonly path: string;
  readonly options: ProjectOptions;
  /** Undefined for an orphan. */
  readonly rule: RuleOnDisk | undefined;
  readonly types: FieldTypes;
  /** Those that stand in the file, or take events from it. */
  readonly cases: readonly ReadyCase[];
  /** Of the file. */
  readonly problems: readonly CaseProblem[];
}

export class TestService {
  readonly places: TestPlaces;
  readonly #cache = testCache();
  readonly #memo: CaseMemo;
  readonly #plans = testPlans();
  readonly #books = new Map<string, RuleBook>();
  #changeCount = 0;
  /** Files of tests that stand in another place than their rule's, by the rule's path. */
  readonly #strays = new Map<string, ReadonlySet<string>>();

  constructor(world: TestWorld) {
    this.places = new TestPlaces(world);
    this.#memo = caseMemo(this.#cache);
  }

  /** Files were written, created or deleted. */
  changed(uris: readonly string[]): void {
    this.#changeCount++;
    const files = uris.flatMap((uri) => this.places.pathOf(uri) ?? []);
    for (const [root, book] of this.#books) {
      book.changed(files.filter((file) => isWithin(root, file)).map((file) => pathFrom(root, file)));
    }
  }

  /** All rules and cases below the workspace folders. Throws if it was cancelled. */
  async projects(token: CancellationToken): Promise<readonly TestProject[]> {
    const projects: TestProject[] = [];
    for (const root of this.places.roots) {
      const options = await this.places.optionsIn(root, root, () => token.isCancellationRequested);
      const listing = await this.#bookOf(root).list(options, () => token.isCancellationRequested);
      const plan = listing && (await this.#plans.of(root, listing.rules, listing.others, options));
      if (listing === undefined || plan === undefined) throw cancelled();
      this.#rememberStrays(root, plan);
      projects.push({ root, rules: listing.rules, plan });
    }
    return projects;
  }

  /**
   * What is wrong with test files, without a look at the rules unless a manifest names one by its id. Undefined if it
   * was cancelled.
   */
  async problems(root: string, token: CancellationToken): Promise<PlannedTests | undefined> {
    const isStopped = (): boolean => token.isCancellationRequested;
    const options = await this.places.optionsIn(root, root, isStopped);
    const book = this.#bookOf(root);
    const { toml, others } = await book.files();
    const places = toml.map((file): RulePlace => ({ path: file, ruleId: undefined }));
    const likely = likelyTests(others, toml, options.roots);
    const plan = await this.#plans.of(`${root} by name`, places, likely, options);
    const namesRules = [...(plan?.manifests.values() ?? [])].some((text) => /^rule\s*:/m.test(text));
    if (!namesRules) return plan;
    const listing = await book.list(options, isStopped);
    return listing && this.#plans.of(root, listing.rules, listing.others, options);
  }

  /** Counts what `changed` was told. */
  get changeCount(): number {
    return this.#changeCount;
  }

  /** A rule with its cases, as they are now; undefined for what is no rule. */
  rule(uri: string, token: CancellationToken): Promise<OneRule | "stopped" | undefined> {
    return this.#rule(uri, () => token.isCancellationRequested);
  }

  /** The same, for answers that nobody wants once the document has changed. */
  currentRule(uri: string, token: CancellationToken): Promise<OneRule | "stopped" | undefined> {
    const version = this.#versionOf(uri);
    return this.#rule(uri, () => token.isCancellationRequested || this.#versionOf(uri) !== version);
  }

  async #rule(uri: string, isStale: () => boolean): Promise<OneRule | "stopped" | undefined> {
    const file = this.places.pathOf(uri);
    if (file === undefined) return undefined;
    const root = this.places.rootOf(file);
    const version = this.#versionOf(uri);
    const options = await this.places.optionsIn(root, path.dirname(file), isStale);
    const rule = await this.#cache.rule(pathFrom(root, file), options);
    if (isStale()) return "stopped";
    if (rule === undefined) return undefined;
    const { others } = await testFilesOf(root, file, options.roots);
    const all = [...new Set([...others, ...(this.#strays.get(file) ?? [])])].sort();
    const plan = await this.#plans.of(file, [placeOf(rule)], all, options);
    const cases = plan?.cases.filter((one) => one.rule.path === rule.path);
    const types = await this.places.typesFor(path.dirname(file));
    const ready = cases && (await this.#memo.inputs(cases, options, isStale));
    if (plan === undefined || ready === undefined || isStale()) return "stopped";
    const prepared = this.#cache.prepared(rule, types);
    return { rule, types, prepared, cases: ready, manifests: plan.manifests, root, options, version };
  }

  /** Undefined for a file that is not on a disk. Throws if it was cancelled or changes meanwhile. */
  async file(uri: string, token: CancellationToken): Promise<TestFile | undefined> {
    const full = this.places.pathOf(uri);
    if (full === undefined) return undefined;
    const root = this.places.rootOf(full);
    const version = this.#versionOf(uri);
    const isStale = (): boolean => token.isCancellationRequested || this.#versionOf(uri) !== version;
    const options = await this.places.optionsIn(root, path.dirname(full), isStale);
    const name = pathFrom(root, full);
    const plan = await this.#planAround(root, full, options);
    const own = plan?.cases.filter((one) => one.origin.path === name || eventFilesOf(one).has(name));
    const [first] = own ?? [];
    const rule = first && (await this.#cache.rule(first.rule.path, options));
    const types = await this.places.typesFor(path.dirname(full));
    const cases = own && (await this.#memo.inputs(own, options, isStale));
    if (plan === undefined || cases === undefined || isStale()) throw cancelled();
    const problems = plan.problems.filter((problem) => problem.path === name);
    return { root, path: name, options, rule, types, cases, problems };
  }

  /** Undefined if it was stopped. */
  run({ prepared, options }: OneRule, ready: ReadyCase): Promise<TimedReport | undefined> {
    return this.#memo.run(prepared, ready, options);
  }

  /** Names of events files in the folder of a manifest. */
  async eventFilesBeside(uri: string): Promise<readonly string[]> {
    const full = this.places.pathOf(uri);
    if (full === undefined) return [];
    const folder = path.dirname(full);
    const { others } = await neighboursOf(folder, full);
    return others.filter((file) => /^[^/]+\.ndjson(?:\.gz)?$/.test(file));
  }

  /** Every rule of a workspace folder, compiled. */
  ready(root: string, options: ProjectOptions, types: FieldTypes): AsyncGenerator<ReadyRule> {
    return this.#bookOf(root).ready(options, types);
  }

  /** The events of a file, as it is open or on the disk; undefined if there is none, or if it was cancelled. */
  events(uri: string, options: ProjectOptions): Promise<SampleEvents | undefined> {
    const full = this.places.pathOf(uri);
    return full === undefined
      ? Promise.resolve(undefined)
      : this.cachedEvents(pathFrom(options.root, full), options);
  }

  /** The same value for as long as the file is the same. */
  cachedEvents(file: string, options: ProjectOptions): Promise<SampleEvents | undefined> {
    return this.#cache.events(file, options);
  }

  /** Files that may be tests of a rule. */
  async testFiles(
    rule: string,
    token: CancellationToken,
  ): Promise<{
    readonly root: string;
    readonly options: ProjectOptions;
    readonly others: readonly string[];
  }> {
    const root = this.places.rootOf(rule);
    const options = await this.places.optionsIn(
      root,
      path.dirname(rule),
      () => token.isCancellationRequested,
    );
    return { root, options, others: (await testFilesOf(root, rule, options.roots)).others };
  }

  /** The texts of those of the files that are manifests. */
  async manifests(
    root: string,
    files: readonly string[],
    token: CancellationToken,
  ): Promise<ReadonlyMap<string, string>> {
    return readManifests(files, await this.places.optionsFor(root, token));
  }

  /** By the rules beside the file; if its rule is none of them, by all rules of the workspace. */
  async #planAround(root: string, full: string, options: ProjectOptions): Promise<PlannedTests | undefined> {
    const name = pathFrom(root, full);
    const stem = path.basename(full).split(".")[0] ?? "";
    const { toml, others } = await neighboursOf(root, full);
    const near = others.filter((other) => path.posix.basename(other).startsWith(`${stem}.`));
    const files = likelyTests([...new Set([...near, name])].sort(), toml, options.roots);
    const places = toml.map((file): RulePlace => ({ path: file, ruleId: undefined }));
    const plan = await this.#plans.of(full, places, files, options);
    if (plan?.problems.every(({ kind, path: at }) => kind !== "orphan" || at !== name) !== false) return plan;
    const listing = await this.#bookOf(root).list(options, () => false);
    return listing && this.#plans.of(full, listing.rules, files, options);
  }

  #versionOf(uri: string): number | undefined {
    return this.places.openText(uri)?.version;
  }

  #bookOf(root: string): RuleBook {
    const book = this.#books.get(root) ?? new RuleBook(root, () => this.places.isWatching);
    this.#books.set(root, book);
    return book;
  }

  /** So that a run of one rule finds what the list of all has found. */
  #rememberStrays(root: string, { cases }: PlannedTests): void {
    const strays = new Map<string, Set<string>>();
    for (const testCase of cases) {
      const stem = path.posix.basename(testCase.rule.path, ".toml");
      for (const file of [testCase.origin.path, ...eventFilesOf(testCase)]) {
        if (path.posix.basename(file).startsWith(`${stem}.`)) continue;
        const rule = path.join(root, testCase.rule.path);
        strays.set(rule, (strays.get(rule) ?? new Set()).add(file));
      }
    }
    for (const rule of [...this.#strays.keys()]) if (isWithin(root, rule)) this.#strays.delete(rule);
    for (const [rule, files] of strays) this.#strays.set(rule, files);
  }
}

/** Not all TOML is a rule: beside it, only what is named after it may be a test. */
function likelyTests(
  files: readonly string[],
  toml: readonly string[],
  roots: readonly string[],
): readonly string[] {
  const stems = new Set(toml.map((file) => file.replace(/\.toml$/, "")));
  return files.filter((file) => {
    const { folder, name } = splitPath(file);
    if (isTestsFolder(folder, roots)) return true;
    for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
      if (stems.has(file.slice(0, file.length - name.length + dot))) return true;
    }
    return false;
  });
}

export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "It was cancelled, or what it rests on changed");
}
