/** The built `check` on whole projects: what it mends, accepts, compares and leaves out. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/fixture.ts";
import { BROKEN_RULE, CLEAN_RULE, MISSPELT_RULE, renamed } from "../support/sampleRule.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Project {
  readonly folder: string;
  write(name: string, text: string): void;
  read(name: string): string;
  check(...args: readonly string[]): Run;
  git(...args: readonly string[]): void;
}

let projectCount = 0;

function project(files: Readonly<Record<string, string>>): Project {
  const own = path.join(folder, String(++projectCount));
  const one: Project = {
    folder: own,
    write(name, text) {
      mkdirSync(path.dirname(path.join(own, name)), { recursive: true });
      writeFileSync(path.join(own, name), text);
    },
    read: (name) => readFileSync(path.join(own, name), "utf8"),
    check(...args) {
      const command = [path.join(root, "dist/cli.cjs"), "check", ...args];
      const env = { ...process.env, NO_COLOR: "1" };
      const { status, stdout, stderr } = spawnSync(process.execPath, command, {
        cwd: own,
        env,
        encoding: "utf8",
      });
      return { code: status, out: stdout.replace(/\(\d+ ms\)/, "(N ms)"), err: stderr };
    },
    git(...args) {
      const identity = ["-c", "user.name=Jo", "-c", "user.email=jo@example.org"];
      const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: own, encoding: "utf8" });
      expect(stderr.replace(/^hint:.*\n/gm, "")).not.toMatch(/fatal|error/);
      expect(status).toBe(0);
    },
  };
  for (const [name, text] of Object.entries(files)) one.write(name, text);
  return one;
}

/** Ids of checks in the order in which they are told, each with its file. */
function told({ out }: Run): readonly string[] {
  return [...out.matchAll(/^(\S+?):\d+:\d+: \w+: .* \[(.*)\]$/gm)].map(
    ([, file = "", check = ""]) => `${path.basename(file)} ${check}`,
  );
}

const ELASTIC = 'profile = "elastic"\n';

describe("several rules", () => {
  test("are compared, also with those that were not asked for", () => {
    const one = project({
      "rulewright.toml": "",
      "rules/shell.toml": CLEAN_RULE,
      "rules/deep/web_shell.toml": renamed(CLEAN_RULE, "Web Shell"),
      "rules/deep/shell_copy.toml": CLEAN_RULE,
      "notes/shell.toml": CLEAN_RULE,
    });
    const both = ["shell.toml workspace/duplicate-name", "shell.toml workspace/duplicate-id"];
    expect(told(one.check("rules/shell.toml"))).toEqual(both);
    expect(one.check("rules/shell.toml").out).toContain(
      "This `rule_id` is also in `rules/deep/shell_copy.toml`",
    );
    expect(told(one.check("rules/deep/web_shell.toml"))).toEqual([]);
    expect(told(one.check("rules"))).toEqual([
      "shell_copy.toml workspace/duplicate-name",
      "shell_copy.toml workspace/duplicate-id",
      ...both,
    ]);
  });

  test("a comment that allows what only a comparison finds is needed or not", () => {
    const allowed = CLEAN_RULE.replace(
      "rule_id",
      "# rulewright: allow workspace/duplicate-id -- a copy\nrule_id",
    );
    const one = project({ "shell.toml": allowed, "web_shell.toml": renamed(CLEAN_RULE, "Web Shell") });
    expect(told(one.check())).toEqual(["shell.toml allow/unused"]);
    one.write("web_shell.toml", CLEAN_RULE.replace("Web Server", "Web Shell"));
    expect(told(one.check())).toEqual(["web_shell.toml workspace/duplicate-id"]);
  });
});

describe("overrides", () => {
  test("set severities for some files; the last one wins", () => {
    const one = project({
      "rulewright.toml": `
[checks]
"query/unknown-field" = "error"
[[overrides]]
paths = ["rules/old"]
checks = { "query/unknown-field" = "off" }
[[overrides]]
paths = ["b_*.toml"]
[overrides.checks]
"query/unknown-field" = "info"
`,
      "rules/new/a_shell.toml": renamed(MISSPELT_RULE, "A Shell"),
      "rules/old/old_shell.toml": renamed(MISSPELT_RULE, "Old Shell"),
      "rules/old/b_shell.toml": renamed(MISSPELT_RULE, "B Shell"),
    });
    const { out, err } = one.check();
    expect(err).toBe("");
    expect(
      [...out.matchAll(/^(\S+?):\d+:\d+: (\w+): /gm)].map(([, file, severity]) => [file, severity]),
    ).toEqual([
      ["rules/new/a_shell.toml", "error"],
      ["rules/old/b_shell.toml", "info"],
    ]);
  });

  test("that say nothing that can be understood are told", () => {
    const one = project({
      "rulewright.toml": `
overrides = [
  { paths = [], checks = {} },
  { paths = ["a"], check = { } },
  { paths = ["a"], checks = { "query/unknown-feild" = "off" } },
  7,
]
`,
      "shell.toml": CLEAN_RULE,
    });
    const lines = one.check().err.trim().split("\n");
    expect(lines.map((line) => line.slice(line.indexOf("rulewright.toml")))).toEqual([
      'rulewright.toml:3: `paths` is a list of patterns such as "rules/legacy/**"',
      "rulewright.toml:4: Unknown key `check`: an override has paths and checks",
      "rulewright.toml:4: `checks` is a table of checks and severities",
      "rulewright.toml:5: There is no check `query/unknown-feild`, did you mean `query/unknown-field`?",
      "rulewright.toml:6: `overrides` is a list of tables: an override has paths and checks",
    ]);
  });
});

describe("--fix", () => {
  const untidy = CLEAN_RULE.replace(
    "severity",
    'tags = ["Use Case: A", "Use Case: A"] # all of them\nseverity',
  );

  test("applies safe fixes and nothing else, and tells what is left", () => {
    const one = project({
      "shell.toml": untidy
        .replace("147", "47")
        .replace('"start"', '"start" and procss.pid == 4')
        .replaceAll("\n", "\r\n"),
      "web_shell.toml": renamed(CLEAN_RULE, "Web Shell"),
    });
    const before = one.read("shell.toml");
    const run = one.check("--fix");
    expect(run.out).toContain("Fixed shell.toml: 1 problem (tags/duplicate-tag)\n");
    expect(one.read("shell.toml")).toBe(before.replace('["Use Case: A", "Use Case: A"]', '["Use Case: A"]'));
    expect(told(run)).toContain("shell.toml query/unknown-field");
    expect(one.check("--fix").out).not.toContain("Fixed");
  });

  test("says in JSON what was mended", () => {
    const one = project({ "shell.toml": untidy });
    expect(JSON.parse(one.check("--fix", "--format", "json").out)).toMatchObject({
      fixed: [{ path: "shell.toml", checks: ["tags/duplicate-tag"] }],
    });
  });
});

describe("a baseline", () => {
  test("takes away what was accepted, wherever it has moved, and tells what is gone", () => {
    const one = project({
      "rules/a_shell.toml": renamed(BROKEN_RULE, "A Shell"),
      "rules/b_shell.toml": renamed(BROKEN_RULE, "B Shell"),
    });
    expect(one.check("rules").code).toBe(1);
    expect(one.check("--write-baseline")).toMatchObject({
      code: 0,
      out: "Wrote rulewright-baseline.json: 4 problems\n",
    });
    expect(one.check("rules")).toMatchObject({
      code: 0,
      out: "4 known problems of rulewright-baseline.json not shown\n\n2 rules checked: 0 errors, 0 warnings (N ms)\n",
    });
    one.write(
      "rules/a_shell.toml",
      `# moved\n\n${renamed(BROKEN_RULE, "A Shell").replace("nginx", "apache")}`,
    );
    one.write(
      "rules/b_shell.toml",
      renamed(BROKEN_RULE, "B Shell").replace("147", "148").replace("procss", "process"),
    );
    const run = one.check("rules");
    expect(run.code).toBe(1);
    expect(told(run)).toEqual(["b_shell.toml rule/malformed-value"]);
    expect(run.out).toContain(
      "rulewright-baseline.json: query/unknown-field at `procss.parent.name` is no longer in rules/b_shell.toml\n",
    );
    expect(run.out).toContain(
      "rulewright-baseline.json: rule/malformed-value at `147` is no longer in rules/b_shell.toml\n",
    );
  });

  test("keeps what it says of files that were not judged, unless they are gone", () => {
    const one = project({
      "rules/a_shell.toml": renamed(MISSPELT_RULE, "A Shell"),
      "rules/b_shell.toml": renamed(MISSPELT_RULE, "B Shell"),
    });
    one.check("--write-baseline");
    one.write("rules/b_shell.toml", renamed(CLEAN_RULE, "B Shell"));
    expect(one.check("--write-baseline", "rules/b_shell.toml").out).toBe(
      "Wrote rulewright-baseline.json: 1 problem\n",
    );
    rmSync(path.join(one.folder, "rules/a_shell.toml"));
    expect(JSON.parse(one.check("--format", "json").out)).toMatchObject({
      baseline: { known: 0, stale: [{ path: "rules/a_shell.toml", check: "query/unknown-field", count: 1 }] },
    });
    expect(one.check("--write-baseline").out).toBe("Wrote rulewright-baseline.json: 0 problems\n");
  });

  test("that cannot be read is no reason to be silent", () => {
    const one = project({ "shell.toml": CLEAN_RULE, "rulewright-baseline.json": "{}" });
    expect(one.check()).toMatchObject({
      code: 2,
      out: "",
      err: "rulewright: rulewright-baseline.json is no baseline: write it again with --write-baseline\n",
    });
  });
});

describe("git", () => {
  function repository(): Project {
    const one = project({
      "rulewright.toml": ELASTIC,
      ".gitignore": "ignored.toml\n",
      "rules/a_shell.toml": renamed(CLEAN_RULE, "A Shell"),
      "rules/b_shell.toml": renamed(CLEAN_RULE, "B Shell"),
    });
    one.git("init", "--quiet", "--initial-branch=main");
    one.git("add", ".");
    one.git("commit", "--quiet", "--message=rules");
    return one;
  }

  test("--changed-since looks at files that differ from where the branch left, and at new ones", () => {
    const one = repository();
    one.git("checkout", "--quiet", "-b", "work");
    one.write("rules/a_shell.toml", renamed(CLEAN_RULE, "A Shell").replaceAll("\n", "\r\n"));
    one.write("rules/b_shell.toml", renamed(MISSPELT_RULE, "B Shell"));
    one.write("rules/c_shell.toml", renamed(CLEAN_RULE, "C Shell"));
    one.git("add", "rules/b_shell.toml");
    one.git("commit", "--quiet", "--message=more");
    const run = one.check("--changed-since", "main");
    expect(run.out).toContain("2 rules checked");
    expect(told(run)).toEqual([
      "b_shell.toml metadata/stale-updated-date",
      "b_shell.toml query/unknown-field",
    ]);
    expect(one.check("--changed-since", "HEAD").out).toContain("1 rule checked");
  });

  test("a change without a new date is told, and mended with the day", () => {
    const one = repository();
    one.write("rules/a_shell.toml", renamed(CLEAN_RULE, "A Shell").replace("nginx", "apache"));
    expect(told(one.check("rules"))).toEqual(["a_shell.toml metadata/stale-updated-date"]);
    const mended = one.check("rules", "--fix");
    expect(told(mended)).toEqual([]);
    expect(one.read("rules/a_shell.toml")).toMatch(/^updated_date = "20\d\d\/\d\d\/\d\d"$/m);
    expect(one.read("rules/a_shell.toml")).not.toContain('updated_date = "2024/01/31"');
    expect(one.read("rules/b_shell.toml")).toContain('updated_date = "2024/01/31"');
  });

  test("what git does not know is said", () => {
    const one = repository();
    expect(one.check("--changed-since", "nowhere")).toMatchObject({
      code: 2,
      err: "rulewright: There is no revision nowhere\n",
    });
    expect(one.check("--changed-since", "--help")).toMatchObject({ code: 2 });
    const outside = project({ "shell.toml": CLEAN_RULE });
    expect(outside.check("--changed-since", "main").err).toBe(
      "rulewright: --changed-since needs git, and a folder that it knows\n",
    );
  });
});
