/** The test cases of rules, from the names of files and from manifests, with what is wrong with either. */
import { type CaseKind, caseName, testFileName } from "./cases/fileName.ts";
import {
  isTestsFolder,
  joinPath,
  type Nearness,
  type RuleIndex,
  ruleIndex,
  type RulePlace,
  splitPath,
  TESTS_FOLDER,
} from "./cases/association.ts";
import { type CaseProblem, fileProblem } from "./cases/problem.ts";
import { caseId, type FileCase, type TestCase } from "./cases/testCase.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { plannedByManifest } from "./cases/planned.ts";

export interface TestProject {
  readonly rules: readonly RulePlace[];
  /** Paths below the project, with `/`. Those that have nothing to do with tests are passed over. */
  readonly files: readonly string[];
  /** Folders that repeat the folders of the rules. */
  readonly roots: readonly string[];
  /** The texts of manifests; undefined for a file that cannot be read. */
  readonly textOf: (path: string) => string | undefined;
}

export interface TestPlan {
  readonly cases: readonly TestCase[];
  readonly problems: readonly CaseProblem[];
}

/** Yields often enough to be stopped at any time. */
export function* testCasesOf(project: TestProject): Generator<undefined, TestPlan> {
  const index = ruleIndex(project.rules, project.roots);
  const problems: CaseProblem[] = [];
  const byFile = new Map<string, FileCase>();
  const manifests: { readonly manifest: Manifest; readonly rule: RulePlace }[] = [];
  const strays: CaseProblem[] = [];
  let count = 0;
  for (const path of project.files) {
    if (++count % FILES_A_STEP === 0) yield;
    const { folder, name } = splitPath(path);
    const read = testFileName(name, index.stems);
    if (read === undefined) continue;
    const found = read.kind === "other" ? undefined : index.find(folder, read.stem);
    // Other projects have files of such names, too.
    if (found === undefined && !isPlaceOfTests(folder, project, index)) continue;
    if (read.kind === "other") {
      strays.push(fileProblem(path, "file-name", nameMessage(read)));
      continue;
    }
    if (read.kind === "manifest") {
      yield;
      const manifest = readManifest(path, project.textOf(path) ?? "");
      problems.push(...manifest.problems);
      const rule = ruleOf(manifest, folder, read.stem, index, problems);
      if (rule !== undefined) manifests.push({ manifest, rule });
      continue;
    }
    if (found === undefined) strays.push(orphan(path, read.stem));
    else byFile.set(path, { testCase: fileCase(path, found.rule, read), nearness: found.nearness });
  }
  const files = new Set(project.files);
  yield;
  const planned = yield* plannedByManifest(manifests, byFile, files, problems);
  const others = yield* withoutDuplicates(byFile, planned.claimed, problems);
  yield;
  const unclaimed = strays.filter(({ path }) => !planned.claimed.has(path));
  const cases = [...planned.cases, ...others].toSorted(byRuleAndName);
  return { cases, problems: [...problems, ...unclaimed] };
}

const FILES_A_STEP = 1000;

function byRuleAndName(left: TestCase, right: TestCase): number {
  if (left.rule.path !== right.rule.path) return left.rule.path < right.rule.path ? -1 : 1;
  return 0;
}

function isPlaceOfTests(folder: string, { roots }: TestProject, index: RuleIndex): boolean {
  return isTestsFolder(folder, roots) || index.folders.has(folder);
}

function nameMessage(read: { readonly problem: string; readonly meant: string | undefined }): string {
  return read.meant === undefined ? read.problem : `${read.problem}: did you mean \`${read.meant}\`?`;
}

function ruleOf(
  manifest: Manifest,
  folder: string,
  stem: string,
  index: RuleIndex,
  problems: CaseProblem[],
): RulePlace | undefined {
  const { ruleId, path } = manifest;
  if (ruleId === undefined) {
    const found = index.find(folder, stem);
    if (found === undefined) problems.push(orphan(path, stem));
    return found?.rule;
  }
  const rule = index.byId(ruleId.value);
  if (rule === undefined) {
    const message = `No rule has the id \`${ruleId.value}\``;
    problems.push({ kind: "orphan", severity: "error", path, span: ruleId.span, message, fixes: [] });
  }
  return rule;
}

function orphan(path: string, stem: string): CaseProblem {
  return fileProblem(path, "orphan", `There is no rule \`${stem}.toml\` that these tests belong to`);
}

function fileCase(
  path: string,
  rule: RulePlace,
  read: { readonly expect: CaseKind; readonly isTodo: boolean; readonly label: string },
): TestCase {
  const { expect, isTodo, label } = read;
  const name = `${caseName(expect, label)}${isTodo ? " (todo)" : ""}`;
  return {
    id: caseId(rule, name),
    rule,
    name,
    description: undefined,
    expect,
    isTodo,
    alerts: undefined,
    events: { kind: "file", path },
    history: undefined,
    indicators: undefined,
    now: undefined,
    index: undefined,
    origin: { path, span: undefined },
  };
}

const NEAREST_FIRST: Readonly<Record<Nearness, number>> = { "tests-folder": 0, beside: 1, mirrored: 2 };

/** Of two files for one case the one nearer to the rule counts, and of two that are as near the first by name. */
function* withoutDuplicates(
  byFile: ReadonlyMap<string, FileCase>,
  claimed: ReadonlySet<string>,
  problems: CaseProblem[],
): Generator<undefined, readonly TestCase[]> {
  const kept = new Map<string, FileCase>();
  const losers: FileCase[] = [];
  let count = 0;
  for (const [path, found] of byFile) {
    if (++count % FILES_A_STEP === 0) yield;
    if (claimed.has(path)) continue;
    const { id } = found.testCase;
    const known = kept.get(id);
    if (known !== undefined) losers.push(isBefore(found, known) ? known : found);
    if (known === undefined || isBefore(found, known)) kept.set(id, found);
  }
  for (const { testCase } of losers) {
    const { path } = testCase.origin;
    const first = kept.get(testCase.id)?.testCase.origin.path ?? "";
    problems.push(fileProblem(path, "duplicate", `\`${first}\` is the same case, and counts`));
  }
  yield;
  return [...kept.values()].map(({ testCase }) => testCase);
}

function isBefore(one: FileCase, other: FileCase): boolean {
  const order = NEAREST_FIRST[one.nearness] - NEAREST_FIRST[other.nearness];
  return order === 0 ? one.testCase.origin.path < other.testCase.origin.path : order < 0;
}

/** Where new tests of a rule go: `_tests` beside it. */
export function newTestPath(rulePath: string, expect: CaseKind, label = ""): string {
  const { folder, name } = splitPath(rulePath);
  const parts = [name.replace(/\.toml$/, ""), expect, ...(label === "" ? [] : [label]), "ndjson"];
  return joinPath(joinPath(folder, TESTS_FOLDER), parts.join("."));
}

/** Where the manifest of a rule goes. */
export function newManifestPath(rulePath: string): string {
  const { folder, name } = splitPath(rulePath);
  return joinPath(joinPath(folder, TESTS_FOLDER), `${name.replace(/\.toml$/, "")}.test.yml`);
}

export interface MovedFile {
  readonly from: string;
  readonly to: string;
}

/** The test files of a rule that must be renamed or moved along with it, with their new paths. */
export function movedTests(
  files: readonly string[],
  from: string,
  to: string,
  roots: readonly string[] = [],
): readonly MovedFile[] {
  const [old, next] = [splitPath(from), splitPath(to)];
  const [oldStem, newStem] = [old, next].map(({ name }) => name.replace(/\.toml$/, ""));
  if (oldStem === undefined || newStem === undefined) return [];
  const index = ruleIndex([{ path: from, ruleId: undefined }], roots);
  return files.flatMap((path) => {
    const { folder, name } = splitPath(path);
    const read = testFileName(name, index.stems);
    // What only manifests speak of, such as history, is named after the rule all the same.
    const isOther = read?.kind === "other" && name.startsWith(`${oldStem}.`);
    const stem = isOther ? oldStem : read === undefined || read.kind === "other" ? undefined : read.stem;
    const found = stem === undefined ? undefined : index.find(folder, stem);
    if (found === undefined) return [];
    const isTests = splitPath(folder).name === TESTS_FOLDER;
    const place = isTests ? splitPath(folder).folder : folder;
    const above =
      found.nearness === "mirrored" ? mirroredFolder(place, old.folder, next.folder) : next.folder;
    const target = isTests ? joinPath(above, TESTS_FOLDER) : above;
    return [{ from: path, to: joinPath(target, `${newStem}${name.slice(oldStem.length)}`) }];
  });
}

/** A folder that ends as the rule's old one, ending as its new one. */
function mirroredFolder(place: string, old: string, next: string): string {
  const [placeParts, oldParts, nextParts] = [place, old, next].map((one) => one.split("/"));
  if (placeParts === undefined || oldParts === undefined || nextParts === undefined) return place;
  let same = 0;
  while (same < oldParts.length && oldParts.at(-1 - same) === placeParts.at(-1 - same)) same++;
  const head = placeParts.slice(0, placeParts.length - same);
  const unmirrored = oldParts.slice(0, oldParts.length - same);
  const isBelow = unmirrored.every((part, i) => nextParts[i] === part);
  return [...head, ...(isBelow ? nextParts.slice(unmirrored.length) : nextParts)].join("/");
}
