/** Which rule a test file belongs to, by where the two stand. */

export interface RulePlace {
  /** Path below the project, with `/`. */
  readonly path: string;
  readonly ruleId: string | undefined;
}

/** Where tests of a rule are looked for, the best place first. */
export type Nearness = "tests-folder" | "beside" | "mirrored";

export interface RuleIndex {
  readonly stems: ReadonlySet<string>;
  /** Folders that hold rules. */
  readonly folders: ReadonlySet<string>;
  /** The rules with the stem whose tests may stand in the folder. */
  readonly find: (
    folder: string,
    stem: string,
  ) => { readonly rule: RulePlace; readonly nearness: Nearness } | undefined;
  readonly byId: (ruleId: string) => RulePlace | undefined;
}

export const TESTS_FOLDER = "_tests";

/** A folder that holds nothing but tests: `_tests`, and what lies below folders that repeat those of the rules. */
export function isTestsFolder(folder: string, roots: readonly string[]): boolean {
  return (
    splitPath(folder).name === TESTS_FOLDER || roots.some((root) => folderBelow(folder, root) !== undefined)
  );
}

/** `roots` are folders that repeat the folders of the rules, such as `tests/rules`. */
export function ruleIndex(rules: readonly RulePlace[], roots: readonly string[]): RuleIndex {
  const byPlace = new Map<string, RulePlace>();
  const byStem = new Map<string, RulePlace[]>();
  const byId = new Map<string, RulePlace>();
  for (const rule of rules) {
    const { folder, name } = splitPath(rule.path);
    const stem = name.replace(/\.toml$/, "");
    byPlace.set(joinPath(folder, stem), rule);
    const same = byStem.get(stem);
    if (same === undefined) byStem.set(stem, [rule]);
    else same.push(rule);
    if (rule.ruleId !== undefined && !byId.has(rule.ruleId)) byId.set(rule.ruleId, rule);
  }

  function find(folder: string, stem: string): ReturnType<RuleIndex["find"]> {
    const isTests = splitPath(folder).name === TESTS_FOLDER;
    const above = isTests ? splitPath(folder).folder : folder;
    const near = byPlace.get(joinPath(above, stem));
    if (near !== undefined) return { rule: near, nearness: isTests ? "tests-folder" : "beside" };
    for (const root of roots) {
      const below = folderBelow(above, root);
      if (below === undefined) continue;
      const rule = mirrored(byStem.get(stem) ?? [], below);
      if (rule !== undefined) return { rule, nearness: "mirrored" };
    }
    return undefined;
  }

  const folders = new Set(rules.map(({ path }) => splitPath(path).folder));
  return { stems: new Set(byStem.keys()), folders, find, byId: (ruleId) => byId.get(ruleId) };
}

/** The one rule whose folder is, or ends as, the folder below the root. */
function mirrored(rules: readonly RulePlace[], below: string): RulePlace | undefined {
  const folders = rules.map((rule) => ({ rule, folder: splitPath(rule.path).folder }));
  const same = folders.find(({ folder }) => folder === below);
  if (same !== undefined) return same.rule;
  const ending = folders.filter(({ folder }) => below === "" || folder.endsWith(`/${below}`));
  return ending.length === 1 ? ending[0]?.rule : undefined;
}

function folderBelow(folder: string, root: string): string | undefined {
  const clean = root.replace(/^\.\//, "").replace(/\/+$/, "");
  if (folder === clean) return "";
  return folder.startsWith(`${clean}/`) ? folder.slice(clean.length + 1) : undefined;
}

export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: slash === -1 ? "" : path.slice(0, slash), name: path.slice(slash + 1) };
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The path of `reference` as a file in `folder` names it; undefined if it leads out of the project. */
export function resolvedPath(folder: string, reference: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of reference.split(/[\\/]/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
