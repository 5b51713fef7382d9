/** The built command line: output, exit codes, odd files. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

function run(args: readonly string[], cwd = folder): Run {
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), ...args], {
    cwd,
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout.replace(/\(\d+ ms\)/, "(N ms)"), err: stderr };
}

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

write("rules/shell.toml", BROKEN_RULE);
write("rules/clean.toml", renamed(CLEAN_RULE, "Clean Shell"));
write("rules/other/pyproject.toml", '[tool.black]\nline-length = "x\n');

describe("check", () => {
  test("shows place, message, id, source line and fix; exit code 1", () => {
    const { code, out } = run(["check", "rules"]);
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "rules/shell.toml:12:15: warning: Unknown field \`procss.parent.name\`, did you mean \`process.parent.name\`? [query/unknown-field]
          12 | process where procss.parent.name : "nginx" and event.type == "start"
             |               ^^^^^^^^^^^^^^^^^^
             = fix: Replace by process.parent.name

      rules/shell.toml:14:14: error: \`risk_score\` must be from 0 to 100 [rule/malformed-value]
          14 | risk_score = 147
             |              ^^^

      2 rules checked: 1 error, 1 warning (N ms)
      "
    `);
  });

  test("the JSON shape is stable", () => {
    const { code, out } = run(["check", "rules/shell.toml", "--format", "json"]);
    expect(code).toBe(1);
    const report: unknown = JSON.parse(out);
    expect(report).toEqual({
      version: 1,
      summary: { files: 1, errors: 1, warnings: 1, infos: 0, milliseconds: expect.any(Number) as number },
      files: [
        {
          path: "rules/shell.toml",
          diagnostics: [
            {
              check: "query/unknown-field",
              severity: "warning",
              message: "Unknown field `procss.parent.name`, did you mean `process.parent.name`?",
              range: { start: { line: 12, column: 15 }, end: { line: 12, column: 33 } },
              fixes: [{ title: "Replace by process.parent.name", safety: "unsafe" }],
              docs: "docs/checks/query/unknown-field.md",
            },
            {
              check: "rule/malformed-value",
              severity: "error",
              message: "`risk_score` must be from 0 to 100",
              range: { start: { line: 14, column: 14 }, end: { line: 14, column: 17 } },
              fixes: [],
              docs: "docs/checks/rule/malformed-value.md",
            },
          ],
        },
      ],
    });
  });

  test("exit code 0 without errors, 1 with --fail-on warning", () => {
    write("warned.toml", MISSPELT_RULE);
    expect(run(["check", "warned.toml"]).code).toBe(0);
    expect(run(["check", "warned.toml", "--fail-on", "warning"]).code).toBe(1);
    expect(run(["check", "rules/clean.toml", "--fail-on", "warning"]).code).toBe(0);
  });

  test("takes patterns and the current folder, and counts each file once", () => {
    expect(run(["check", "rules/*.toml", "rules", "rules/clean.toml"]).out).toContain("2 rules checked");
    expect(run(["check"], path.join(folder, "rules")).out).toContain("2 rules checked");
  });

  test("a path that is not there is a usage error", () => {
    expect(run(["check", "nowhere"])).toMatchObject({
      code: 2,
      out: "",
      err: "rulewright: There is no file or folder nowhere\n",
    });
  });

  test("a file that is no UTF-8 is reported at the place, binary ones too", () => {
    write(
      "odd/latin.toml",
      Buffer.concat([
        Buffer.from('[rule]\nname = "Caf'),
        Buffer.from([0xe9]),
        Buffer.from('"\ntype = "eql"\n'),
      ]),
    );
    write("odd/binary.toml", Uint8Array.from([0, 255, 254, 1, 2, 10, 128]));
    const { code, out } = run(["check", "odd"]);
    expect(code).toBe(1);
    expect(out).toContain("odd/latin.toml:2:12: error: The file is not UTF-8 from here on [toml/encoding]");
    expect(out).toContain("odd/binary.toml:1:2: error: The file is not UTF-8 from here on [toml/encoding]");
  });

  test("a folder named like a rule is a folder", () => {
    write("folder.toml/inner.toml", CLEAN_RULE);
    expect(run(["check", "folder.toml"])).toMatchObject({ code: 0 });
    expect(run(["check", "."]).out).toContain("rules checked");
  });

  test("rulewright.toml sets severities; what is wrong in it is told once", () => {
    write(
      "project/rulewright.toml",
      'profile = "elastic"\n[checks]\n"rule/malformed-value" = "off"\n"query/unknown-feild" = "off"\n',
    );
    write("project/rules/a.toml", renamed(BROKEN_RULE, "A Shell"));
    write("project/rules/b_shell.toml", renamed(BROKEN_RULE, "B Shell"));
    const { code, out, err } = run(["check", "project"]);
    expect(code).toBe(2);
    expect(out).toContain("0 errors, 2 warnings");
    expect(err.trim().split("\n")).toEqual([
      `${path.join(folder, "project/rulewright.toml")}:4: There is no check \`query/unknown-feild\`, did you mean \`query/unknown-field\`?`,
    ]);
  });

  test("a long line is cut to a window around the place", () => {
    write(
      "long_shell.toml",
      MISSPELT_RULE.replace(
        "process where",
        `process where ${Array.from({ length: 100 }, (_, i) => `process.name == "xxxxxxx${i}" or `).join("")}`,
      ),
    );
    const lines = run(["check", "long_shell.toml"]).out.split("\n");
    const caret = (lines[2] ?? "").indexOf("^");
    expect((lines[1] ?? "").length).toBeLessThan(130);
    expect((lines[1] ?? "").slice(caret)).toMatch(/^procss\.parent\.name/);
  });

  test("no colour without a terminal, colour when asked for", () => {
    const colourful = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), "check", "rules"], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: "" },
      encoding: "utf8",
    });
    expect(colourful.stdout).toContain("\u001b[");
    expect(run(["check", "rules"]).out).not.toContain("\u001b[");
  });
});

describe("other commands", () => {
  test("explain prints a check, lists all, and knows what was meant", () => {
    const one = run(["explain", "query/unknown-field"]);
    expect(one.code).toBe(0);
    expect(one.out).toMatch(
      /^query\/unknown-field: error \(warning in the profile custom\), since 0\.1\.0\n/,
    );
    expect(one.out).toContain("# rulewright: allow query/unknown-field -- reason");
    expect(run(["explain"]).out.trim().split("\n").length).toBeGreaterThan(15);
    expect(run(["explain", "query/unknown-feild"])).toMatchObject({
      code: 2,
      err: "rulewright: There is no check `query/unknown-feild`, did you mean `query/unknown-field`?\n",
    });
  });

  test("--version, --help, and what is no command", () => {
    expect(run(["--version"])).toMatchObject({ code: 0, out: "0.1.0\n" });
    expect(run(["--help"])).toMatchObject({ code: 0 });
    expect(run(["chekc"])).toMatchObject({ code: 2, out: "" });
    expect(run(["check", "--format", "xml"])).toMatchObject({ code: 2, out: "" });
  });
});

test("the sample rules are clean", () => {
  const { code, out } = run(["check", "rules", "--fail-on", "warning"], root);
  expect(out).toMatch(/^10 rules checked: 0 errors, 0 warnings \(N ms\)\n$/);
  expect(code).toBe(0);
});
