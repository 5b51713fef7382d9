/** What the paths of a command line ask to be tested: rules, the files that may be their tests, or single tests. */
import path from "node:path";
import { CHECKS } from "../../core/checks/registry.generated.ts";
import { NO_REPOSITORY } from "../../core/knowledge/repository.ts";
import { nodeHost } from "../../host/node.ts";
import { findProjects, testRootsOf } from "../../host/projects.ts";
import { pathFrom } from "../../host/paths.ts";
import { findTestFiles, mirroredFiles, neighboursOf, testFilesOf } from "../../host/testFiles.ts";
import { collectFiles } from "../files.ts";

export interface AskedTests {
  /** All paths are told from the current folder, with `/`. */
  readonly toml: readonly string[];
  readonly others: readonly string[];
  /** Of these rules only the cases of the files are asked for that stand in `files`. */
  readonly narrowed: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  readonly roots: readonly string[];
}

export interface FindOptions {
  readonly cwd: string;
  readonly packageRoot: string;
  /** Folders that repeat those of the rules, beside those of `rulewright.toml`. */
  readonly roots: readonly string[];
  readonly warn: (message: string) => void;
}

const TESTS = "_tests";

export async function askedTests(paths: readonly string[], options: FindOptions): Promise<AskedTests> {
  const { cwd } = options;
  const toml = new Set<string>();
  const others = new Set<string>();
  const single = new Set<string>();
  const files = new Set<string>();
  for (const asked of paths.length === 0 ? ["."] : paths) {
    const full = path.resolve(cwd, asked);
    if (await nodeHost(options.packageRoot).isFolder(full)) {
      const found =
        path.basename(full) === TESTS ? await testsFolder(cwd, full) : await findTestFiles(cwd, full);
      for (const file of found.toml) toml.add(file);
      for (const file of found.others) others.add(file);
      continue;
    }
    for (const file of await collectFiles([asked], cwd)) {
      if (file.endsWith(".toml")) single.add(file);
      else files.add(pathFrom(cwd, file));
    }
  }
  const narrowed = new Set<string>();
  for (const file of files) {
    others.add(file);
    for (const rule of await rulesOf(cwd, path.resolve(cwd, file))) {
      if (toml.has(rule) || single.has(path.resolve(cwd, rule))) continue;
      narrowed.add(rule);
      single.add(path.resolve(cwd, rule));
    }
  }
  const roots = await rootsFor([...toml, ...[...single].map((file) => pathFrom(cwd, file))], options);
  for (const file of single) {
    const found = await testFilesOf(cwd, file, roots);
    toml.add(pathFrom(cwd, file));
    for (const other of found.others) others.add(other);
  }
  for (const other of await mirroredTests(cwd, [...toml], roots)) others.add(other);
  return { toml: [...toml].sort(), others: [...others].sort(), narrowed, files, roots };
}

/** The files of a folder `_tests`, and the rules above it that they belong to. */
async function testsFolder(
  cwd: string,
  folder: string,
): Promise<{ readonly toml: readonly string[]; readonly others: readonly string[] }> {
  const { others } = await findTestFiles(cwd, folder);
  const { toml } = await neighboursOf(cwd, path.join(folder, "any"));
  const isTested = (rule: string): boolean => others.some((file) => isNamedAfter(file, rule));
  return { toml: toml.filter(isTested), others };
}

/** Of the rules beside a file, or above its folder, the one whose name is the longest that it begins with. */
async function rulesOf(cwd: string, file: string): Promise<readonly string[]> {
  const { toml } = await neighboursOf(cwd, file);
  const own = toml.filter((rule) => isNamedAfter(file, rule));
  return own.toSorted((a, b) => b.length - a.length).slice(0, 1);
}

function isNamedAfter(file: string, rule: string): boolean {
  return path.basename(file).startsWith(`${path.posix.basename(rule, ".toml")}.`);
}

async function rootsFor(
  toml: readonly string[],
  { cwd, packageRoot, roots, warn }: FindOptions,
): Promise<readonly string[]> {
  const host = nodeHost(packageRoot);
  const projects = findProjects({
    host,
    checkIds: CHECKS.map(({ id }) => id),
    settingFor: () => Promise.resolve(undefined),
    repositoryAt: () => Promise.resolve(NO_REPOSITORY),
  });
  const folders = new Set([cwd, ...toml.map((file) => path.dirname(path.resolve(cwd, file)))]);
  const found = new Set(roots.map((root) => pathFrom(cwd, path.resolve(cwd, root))));
  const problems = new Set<string>();
  for (const folder of folders) {
    const project = await projects.of(folder);
    for (const problem of project.problems) problems.add(problem);
    for (const root of testRootsOf(project)) found.add(pathFrom(cwd, root));
  }
  problems.forEach(warn);
  return [...found];
}

async function mirroredTests(
  cwd: string,
  toml: readonly string[],
  roots: readonly string[],
): Promise<readonly string[]> {
  if (roots.length === 0) return [];
  const stems = new Map<string, string[]>();
  for (const file of toml) {
    const folder = path.posix.dirname(file);
    stems.set(folder, [...(stems.get(folder) ?? []), path.posix.basename(file, ".toml")]);
  }
  const found: string[] = [];
  for (const [folder, own] of stems)
    found.push(...(await mirroredFiles(cwd, path.resolve(cwd, folder), own, roots)));
  return found;
}
