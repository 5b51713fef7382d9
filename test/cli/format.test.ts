/** `rulewright format`: what it writes, what it leaves, and what it says. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { nodeHost } from "../../server/src/host/node.ts";
import { root } from "../support/fixture.ts";
import { CLEAN_RULE } from "../support/sampleRule.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const UNTIDY = CLEAN_RULE.replace(" and ", "\n    and ");
const TIDY = CLEAN_RULE.replace(" and ", " and\n  ");
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(...args: readonly string[]): Run {
  return runWith("", ...args);
}

/** With a text on standard input. */
function runWith(input: string, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "dist/cli.cjs"), "format", ...args],
    { cwd: folder, encoding: "utf8", input },
  );
  return { code: status, out: stdout, err: stderr };
}

/** Writes a file that was last changed long ago. */
function write(name: string, content: string | Uint8Array): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, LONG_AGO, LONG_AGO);
}

function read(name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

function isUntouched(name: string): boolean {
  return statSync(path.join(folder, name)).mtimeMs === LONG_AGO.getTime();
}

/** What is to be done outside of the query. */
const LOOSE = CLEAN_RULE.replace('author = ["Jo"]', 'author=[ "Jo" ]');

test("formats in place, names what changed, and touches nothing else", () => {
  write("rules/loose.toml", LOOSE);
  write("rules/clean.toml", CLEAN_RULE);
  write("rules/untidy.toml", UNTIDY);
  write("rules/other.toml", '[tool.black]\nline-length="x"\n');
  expect(run("rules")).toEqual({
    code: 0,
    out: "Formatted rules/loose.toml\n3 rules: 1 formatted, 2 unchanged, 0 left alone\n",
    err: "",
  });
  expect(read("rules/loose.toml")).toBe(CLEAN_RULE);
  for (const name of ["clean", "untidy", "other"]) expect(isUntouched(`rules/${name}.toml`)).toBe(true);
  expect(run("rules").out).toBe("3 rules: 0 formatted, 3 unchanged, 0 left alone\n");
});

test("--queries lays out queries too", () => {
  write("plain/untidy.toml", UNTIDY);
  write("plain/tidy.toml", TIDY);
  write(
    "plain/kql.toml",
    CLEAN_RULE.replaceAll('"eql"', '"kuery"').replace(/process where .*/, "process.pid:4   and a:1"),
  );
  expect(run("--queries", "plain")).toEqual({
    code: 0,
    out: "Formatted plain/kql.toml\nFormatted plain/untidy.toml\n3 rules: 2 formatted, 1 unchanged, 0 left alone\n",
    err: "",
  });
  expect(read("plain/untidy.toml")).toBe(TIDY);
  expect(read("plain/kql.toml")).toContain("process.pid:4 and a:1");
  expect(isUntouched("plain/tidy.toml")).toBe(true);
  expect(readdirSync(path.join(folder, "plain"))).toEqual(["kql.toml", "tidy.toml", "untidy.toml"]);
});

test("--diff writes nothing and prints a patch alone; exit code 1 if a rule would change", () => {
  write("shown/loose.toml", LOOSE);
  write("shown/clean.toml", CLEAN_RULE);
  expect(run("--diff", "shown")).toEqual({
    code: 1,
    out: [
      "--- shown/loose.toml\n+++ shown/loose.toml\n@@ -4,7 +4,7 @@\n",
      ' updated_date = "2024/01/31"\n \n [rule]\n',
      '-author=[ "Jo" ]\n+author = ["Jo"]\n',
      ' description = "A shell is started by a web server."\n language = "eql"\n',
      ' name = "Shell Started by a Web Server"\n',
    ].join(""),
    err: "2 rules: 1 to format, 1 unchanged, 0 left alone\n",
  });
  expect(isUntouched("shown/loose.toml")).toBe(true);
  expect(run("--diff", "shown/clean.toml")).toEqual({
    code: 0,
    out: "",
    err: "1 rule: 0 to format, 1 unchanged, 0 left alone\n",
  });
});

test("- formats standard input", () => {
  expect(runWith(LOOSE, "-")).toEqual({ code: 0, out: CLEAN_RULE, err: "" });
  expect(runWith(CLEAN_RULE, "-").out).toBe(CLEAN_RULE);
  expect(runWith("[tool]\nx=1\n", "-")).toEqual({ code: 0, out: "[tool]\nx=1\n", err: "" });
  expect(runWith(LOOSE, "--check", "-")).toEqual({
    code: 1,
    out: "Would format standard-input.toml\n",
    err: "",
  });
  expect(runWith(CLEAN_RULE, "--check", "-")).toEqual({ code: 0, out: "", err: "" });
  expect(runWith(LOOSE.replace('"Jo"', "Jo"), "--stdin-filename", "rules/x.toml", "-")).toEqual({
    code: 1,
    out: "",
    err: "rules/x.toml:7: left alone: the file has TOML errors\n",
  });
});

test("[format] of the nearest rulewright.toml counts, and the command line beats it", () => {
  const short = LOOSE.replace('"Jo"', '"Jo",\n"Ann"');
  write("chosen/rulewright.toml", '[format]\nlists = "fit"\nqueries = "always"\nwidth = 60\n');
  write("chosen/deep/rule.toml", short.replace(/process where .*/, "process where true and not false"));
  expect(run("--check", "--width", "100", "chosen").code).toBe(1);
  expect(run("chosen").code).toBe(0);
  expect(read("chosen/deep/rule.toml")).toContain('author = ["Jo", "Ann"]\n');
  expect(runWith(UNTIDY, "--stdin-filename", "chosen/x.toml", "-").out).toBe(TIDY);
  write("odd/rulewright.toml", '[format]\nlists = "all"\nkeyorder = "house"\nwidth = 3\n');
  write("odd/rule.toml", CLEAN_RULE);
  const file = path.join(folder, "odd/rulewright.toml");
  expect(run("odd").err).toBe(
    [
      `${file}:2: \`lists\` is "keep" or "fit"\n`,
      `${file}:3: Unknown key \`keyorder\`: [format] has width, lists, queries, keyOrder\n`,
      `${file}:4: \`width\` is a whole number from 20 to 1000\n`,
    ].join(""),
  );
});

test("--check writes nothing; exit code 1 if a rule would change", () => {
  write("checked/untidy.toml", UNTIDY);
  expect(run("--queries", "--check", "checked")).toEqual({
    code: 1,
    out: "Would format checked/untidy.toml\n1 rule: 1 to format, 0 unchanged, 0 left alone\n",
    err: "",
  });
  expect(isUntouched("checked/untidy.toml")).toBe(true);
  expect(run("--queries", "checked").code).toBe(0);
  expect(run("--queries", "--check", "checked").code).toBe(0);
});

test("--width says where lines are broken", () => {
  write("width/rule.toml", CLEAN_RULE);
  expect(run("--queries", "--width", "120", "--check", "width").code).toBe(0);
  expect(run("--queries", "--width", "60", "width").code).toBe(0);
  expect(read("width/rule.toml")).toBe(TIDY);
});

test("rules with errors are left alone, and the line is named", () => {
  write("broken/query.toml", UNTIDY.replace("==", "="));
  write("broken/toml.toml", UNTIDY.replace("risk_score = 47", "risk_score ="));
  write("broken/latin.toml", Buffer.from(UNTIDY.replace('"Jo"', '"Zoë"'), "latin1"));
  expect(run("--queries", "broken")).toEqual({
    code: 1,
    out: "3 rules: 0 formatted, 1 unchanged, 2 left alone\n",
    err: [
      "broken/latin.toml:7: left alone: the file is not UTF-8\n",
      "broken/query.toml:13: query left alone: the query has errors\n",
      "broken/toml.toml:15: left alone: the file has TOML errors\n",
    ].join(""),
  });
  for (const name of ["query", "toml", "latin"]) expect(isUntouched(`broken/${name}.toml`)).toBe(true);
});

test("line ends, a byte order mark and the mode of the file stay", () => {
  write("windows/rule.toml", `\uFEFF${UNTIDY.replaceAll("\n", "\r\n")}`);
  chmodSync(path.join(folder, "windows/rule.toml"), 0o640);
  expect(run("--queries", "windows").code).toBe(0);
  expect(read("windows/rule.toml")).toBe(`\uFEFF${TIDY.replaceAll("\n", "\r\n")}`);
  expect(statSync(path.join(folder, "windows/rule.toml")).mode & 0o777).toBe(0o640);
});

test("a link stays a link, and the file that it leads to is formatted", () => {
  write("linked/target/rule.txt", UNTIDY);
  symlinkSync("target/rule.txt", path.join(folder, "linked/rule.toml"));
  expect(run("--queries", "linked/rule.toml").code).toBe(0);
  expect(lstatSync(path.join(folder, "linked/rule.toml")).isSymbolicLink()).toBe(true);
  expect(read("linked/target/rule.txt")).toBe(TIDY);
  expect(existsSync(path.join(folder, "linked/target/rule.toml"))).toBe(false);
});

test("what cannot be replaced is told by its code, and nothing is left beside it", async () => {
  const host = nodeHost(root);
  write("closed/folder/rule.toml", UNTIDY);
  expect(await host.replaceFile(path.join(folder, "closed/nowhere.toml"), "")).toBe("ENOENT");
  expect(await host.replaceFile(path.join(folder, "closed/folder"), "")).toMatch(/^E[A-Z]+$/);
  expect(readdirSync(path.join(folder, "closed"))).toEqual(["folder"]);
  expect(isUntouched("closed/folder/rule.toml")).toBe(true);
});

test("wrong usage is told: exit code 2", () => {
  const usage = (message: string): Run => ({ code: 2, out: "", err: `rulewright: ${message}\n` });
  expect(run("-", "rules")).toEqual(usage("Standard input (-) is formatted alone, without other paths"));
  expect(run("--stdin-filename", "x.toml")).toEqual(usage("--stdin-filename goes with the path -"));
  expect(run("--queries", "--width", "wide")).toEqual(
    usage("--width takes a whole number from 20 to 1000, not wide"),
  );
  expect(run("--queries", "nowhere")).toEqual(usage("There is no file or folder nowhere"));
});
