/** Verdicts of earlier runs: they hold while nothing has changed that they rest on, and not a run longer. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type JudgedFile, type Surroundings, judgeWith } from "../../server/src/cli/judge.ts";
import { keptVerdicts } from "../../server/src/cli/verdicts.ts";
import { workspaceIndex } from "../../server/src/core/analysis/workspace.ts";
import { type Profile } from "../../server/src/core/analysis/config.ts";
import { type GitBase } from "../../server/src/host/git.ts";
import { groundsRevision, programRevision } from "../../server/src/host/grounds.ts";
import { type Host } from "../../server/src/host/host.ts";
import { type LayerSource } from "../../server/src/host/knowledgeStore.ts";
import { TINY, temporaryFolder, tinyEtc, writeFiles } from "../host/tinyEtc.ts";
import { knowledge } from "../support/analyse.ts";
import { MISSPELT_RULE } from "../support/sampleRule.ts";
import { commandFolder } from "./commandFolder.ts";

/** What one run of `check` finds. */
interface Run {
  readonly text: string;
  readonly profile: Profile | undefined;
  readonly settings: string;
  /** What was there where the branch began. */
  readonly base: string | undefined;
  readonly today: string;
  readonly grounds: string;
  readonly program: string;
  readonly cwd: string;
  readonly around: Surroundings | undefined;
  /** Something was told about the schemas. */
  readonly isTold: boolean;
}

const FIRST: Run = {
  text: MISSPELT_RULE,
  profile: undefined,
  settings: "",
  base: MISSPELT_RULE,
  today: "2024/05/02",
  grounds: "as it was",
  program: "1",
  cwd: "/",
  around: undefined,
  isTold: false,
};

const FILE = "/rules/shell.toml";

interface Outcome {
  readonly judged: JudgedFile | undefined;
  /** False: it was known. */
  readonly isJudged: boolean;
}

function hostOf(files: Readonly<Record<string, string>>): Host {
  const bytes = (text: string | undefined): Uint8Array | undefined =>
    text === undefined ? undefined : new TextEncoder().encode(text);
  return {
    readFile: (file) => Promise.resolve(bytes(files[file])),
    isFolder: () => Promise.resolve(false),
    isThere: () => Promise.resolve(false),
    readPackaged: () => Promise.reject(new Error("not asked for")),
    packagedUri: (file) => file,
    parentOf: (file) => (file === "/" ? undefined : path.posix.dirname(file)),
    join: (folder, name) => path.posix.join(folder, name),
    resolve: (folder, file) => path.posix.resolve(folder, file),
  };
}

function baseOf({ base, text }: Run): GitBase {
  return {
    root: "/",
    differs: () => base !== text,
    idOf: () => base && `id of ${base}`,
    textOf: () => Promise.resolve(base),
    files: () => [],
  };
}

async function judgedIn(cacheFolder: string, run: Run): Promise<Outcome> {
  let isJudged = false;
  const verdicts = keptVerdicts({
    cacheFolder,
    program: run.program,
    groundsOf: () => Promise.resolve({ source: undefined, place: undefined }),
    revisionOf: () => Promise.resolve(run.grounds),
    isWorthKeeping: () => !run.isTold,
  });
  const { judge } = judgeWith({
    host: hostOf({ [FILE]: run.text, "/rulewright.toml": run.settings }),
    knowledgeFor() {
      isJudged = true;
      return Promise.resolve(knowledge);
    },
    profile: run.profile,
    cwd: run.cwd,
    bases: { of: () => Promise.resolve(baseOf(run)), forget: () => undefined },
    today: run.today,
    warn: () => undefined,
    verdicts,
  });
  const judged = await judge(FILE, run.around);
  await verdicts.save();
  return { judged, isJudged };
}

const NEIGHBOURS: Surroundings = { workspace: workspaceIndex([]), revision: "none" };

describe("a file is judged again", () => {
  const changes: Readonly<Record<string, Partial<Run>>> = {
    "when its text changes": { text: `${MISSPELT_RULE}\n`, base: `${MISSPELT_RULE}\n` },
    "when the profile changes": { profile: "elastic" },
    "when settings change": { settings: '[checks]\n"query/unknown-field" = "error"\n' },
    "when another text stands where the branch began": { base: "[rule]\n" },
    "when none stands there any more": { base: undefined },
    "on another day": { today: "2024/05/03" },
    "when what its folder rests on changes": { grounds: "otherwise" },
    "by another version of the program": { program: "2" },
    "when it is compared for the first time": { around: NEIGHBOURS },
  };
  test.each(Object.entries(changes))("%s", async (_name, change) => {
    const folder = temporaryFolder();
    const run = { ...FIRST, ...change };
    expect((await judgedIn(folder, FIRST)).isJudged).toBe(true);
    expect((await judgedIn(folder, run)).isJudged).toBe(true);
    expect((await judgedIn(folder, run)).isJudged).toBe(false);
  });

  test("when other rules around it change", async () => {
    const folder = temporaryFolder();
    await judgedIn(folder, FIRST);
    const compared = { ...FIRST, around: NEIGHBOURS };
    await judgedIn(folder, compared);
    expect((await judgedIn(folder, compared)).isJudged).toBe(false);
    const others = { ...FIRST, around: { ...NEIGHBOURS, revision: "others" } };
    expect((await judgedIn(folder, others)).isJudged).toBe(true);
    expect((await judgedIn(folder, FIRST)).isJudged).toBe(false);
  });

  test("when something was told that must be told again", async () => {
    const folder = temporaryFolder();
    await judgedIn(folder, { ...FIRST, isTold: true });
    expect((await judgedIn(folder, FIRST)).isJudged).toBe(true);
  });

  test("when what is kept was damaged", async () => {
    const folder = temporaryFolder();
    await judgedIn(folder, FIRST);
    const [name = ""] = readdirSync(folder);
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, "latin1").replace("procss", "prxcss"), "latin1");
    expect((await judgedIn(folder, FIRST)).isJudged).toBe(true);
  });
});

test("what was known is what was found", async () => {
  const folder = temporaryFolder();
  const found = await judgedIn(folder, FIRST);
  const known = await judgedIn(folder, FIRST);
  expect(found.judged?.diagnostics.map(({ check }) => check)).toEqual(["query/unknown-field"]);
  expect(known.isJudged).toBe(false);
  expect(JSON.stringify(known.judged)).toBe(JSON.stringify(found.judged));
  expect(known.judged?.lines.positionAt(MISSPELT_RULE.indexOf("procss"))).toEqual(
    found.judged?.lines.positionAt(MISSPELT_RULE.indexOf("procss")),
  );
});

/** With the files that tell of versions and of deprecated rules. */
const WITH_RECORDS = `rule_dirs: [../../rules]
files:
  packages: packages.yaml
  stack_schema_map: stack-schema-map.yaml
  version_lock: version.lock.json
  deprecated_rules: deprecated_rules.json
`;

describe("what a folder rests on is another thing", () => {
  const etcFiles = Object.keys(TINY);
  const added = [
    "attack-v18.1.0.json.gz",
    "attack-technique-redirects.json",
    "attack-version-maps/a.yaml",
    "version.lock.json",
    "deprecated_rules.json",
    "endpoint_schemas/more.json.gz",
    "registry/integration-schemas.json.gz",
  ];
  const source = (etcFolder: string): LayerSource => ({
    etcFolder,
    configFolder: undefined,
    layer: "checkout",
    name: etcFolder,
  });
  const revision = (etcFolder: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
    groundsRevision({ source: source(etcFolder), place: { etcFolder, configFolder: undefined } }, env);

  test.each(etcFiles.filter((name) => !name.includes("9.6")))("when %s changes", async (name) => {
    const etcFolder = tinyEtc();
    const before = await revision(etcFolder);
    expect(await revision(etcFolder)).toBe(before);
    writeFileSync(path.join(etcFolder, name), readFileSync(path.join(etcFolder, name), "latin1") + "\n");
    expect(await revision(etcFolder)).not.toBe(before);
  });

  test.each(added)("when %s comes, changes and goes", async (name) => {
    const etcFolder = tinyEtc({ "_config.yaml": WITH_RECORDS });
    const before = await revision(etcFolder);
    writeFiles(etcFolder, { [name]: "{}" });
    const come = await revision(etcFolder);
    writeFiles(etcFolder, { [name]: "[]" });
    const changed = await revision(etcFolder);
    expect(new Set([before, come, changed]).size).toBe(3);
    rmSync(path.join(etcFolder, name));
    expect(await revision(etcFolder)).not.toBe(changed);
  });

  test("when a switch of the environment or the test configuration that it names changes", async () => {
    const etcFolder = tinyEtc();
    writeFiles(etcFolder, { "tests.yaml": "unit_tests: {bypass: []}\n" });
    const env = { DETECTION_RULES_TEST_CONFIG: "tests.yaml" };
    const states = [
      await revision(etcFolder),
      await revision(etcFolder, { DR_BYPASS_TAGS_VALIDATION: "1" }),
      await revision(etcFolder, env),
    ];
    writeFiles(etcFolder, { "tests.yaml": "unit_tests: {bypass: [tests]}\n" });
    states.push(await revision(etcFolder, env));
    expect(new Set(states).size).toBe(4);
  });

  test("in another folder", async () => {
    expect(await revision(tinyEtc())).not.toBe(await revision(tinyEtc()));
  });
});

test("the program is another one when its bundles or its data change, and none if it is not built", async () => {
  const packageRoot = temporaryFolder();
  writeFiles(packageRoot, { "data/versions.json": "{}", "data/fields/a.tsv": "a" });
  expect(await programRevision(packageRoot)).toBeUndefined();
  const states: (string | undefined)[] = [];
  for (const files of [
    { "dist/cli.cjs": "1" },
    { "dist/cli.cjs": "2" },
    { "dist/worker.cjs": "1" },
    { "data/fields/a.tsv": "b" },
    { "data/fields/b.tsv": "b" },
  ]) {
    writeFiles(packageRoot, files);
    states.push(await programRevision(packageRoot));
  }
  expect(new Set(states).size).toBe(5);
  expect(states).not.toContain(undefined);
});

describe("the built command", () => {
  const folder = commandFolder();
  const home = path.join(folder.path, "home");
  mkdirSync(home);
  const check = (...args: readonly string[]): string =>
    folder.run(["check", "rules", ...args], ".", { RULEWRIGHT_HOME: home }).out;
  const kept = (): readonly string[] =>
    readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("verdicts-"));

  test("says the same from what it knows, notices what changes, and keeps nothing where it should not", () => {
    folder.write("rulewright.toml", "");
    folder.write("rules/shell.toml", MISSPELT_RULE);
    const first = check("--no-cache");
    expect(first).toContain("Unknown field `procss.parent.name`");
    expect(kept()).toEqual([]);
    expect(check()).toBe(first);
    expect(kept()).toHaveLength(1);
    expect(check()).toBe(first);
    folder.write("rules/copy.toml", MISSPELT_RULE);
    const both = check();
    expect(both).toContain("workspace/duplicate-id");
    expect(check()).toBe(both);
    rmSync(path.join(folder.path, "rules/copy.toml"));
    expect(check()).toBe(first);
  });
});
