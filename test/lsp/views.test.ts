/** The built server and command line give views of rules: what Kibana receives, guides, coverage, what changed. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ViewRequests } from "../../server/src/lsp/protocolViews.ts";
import { root } from "../support/fixture.ts";
import { type WireClient, startWire } from "../support/wire.ts";

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "rulewright-views-")));
const file = path.join(folder, "rules/linux/execution_rule.toml");
const uri = pathToFileURL(file).href;
let client: WireClient;

function ruleText(severity: string): string {
  return `[metadata]
integration = ["endpoint"]
maturity = "production"

[rule]
author = ["Test"]
name = "Shell & Co"
note = "See $osquery_0"
query = "process where process.name == \\"sh\\""
language = "eql"
rule_id = "11111111-2222-4333-8444-555555555555"
severity = "${severity}"
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"

[[transform.osquery]]
label = "Users"
query = "SELECT 1"
`;
}

function git(...args: readonly string[]): void {
  const config = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", ["-C", folder, ...config, ...args], { stdio: "ignore" });
}

beforeAll(async () => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, ruleText("low"));
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "Rules");
  client = await startWire({ folders: [folder] });
});

afterAll(async () => {
  await client.stop();
  rmSync(folder, { recursive: true });
});

function ask<M extends keyof ViewRequests>(
  method: M,
  params: ViewRequests[M]["params"],
): Promise<ViewRequests[M]["result"]> {
  return client.connection.sendRequest(method, params);
}

test("coverage of the workspace, and its exports", async () => {
  const view = await ask("views/coverage", undefined);
  expect(view.rules).toEqual([{ uri, name: "Shell & Co", detail: "low, eql" }]);
  const execution = view.tactics.find(({ id }) => id === "TA0002");
  expect(execution?.rules).toEqual([0]);
  expect(execution?.techniques.find(({ id }) => id === "T1059")?.rules).toEqual([0]);
  const layer = JSON.parse(await ask("views/export", { format: "navigator" })) as { techniques: unknown };
  expect(layer.techniques).toMatchObject([{ techniqueID: "T1059", score: 1 }]);
  expect(await ask("views/export", { format: "svg" })).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test("the open rule as Kibana gets it, as it is typed", async () => {
  await client.open(uri, ruleText("high"));
  const view = await ask("views/kibana", { uri });
  const rule = JSON.parse(view?.ndjson ?? "") as Readonly<Record<string, unknown>>;
  expect(rule).toMatchObject({
    severity: "high",
    note: 'See !{osquery{"label":"Users","query":"SELECT 1"}}',
    required_fields: [{ ecs: true, name: "process.name", type: "keyword" }],
  });
  expect(view?.text).toMatch(/^\/\/ `version` stands in the lock file/);
  expect(JSON.parse((view?.text ?? "").replaceAll(/^\/\/.*$/gm, ""))).toEqual(rule);
});

test("the guide with its placeholders resolved", async () => {
  expect(await ask("views/guide", { uri })).toBe("# Shell & Co\n\nSee **Run Osquery:** Users (`SELECT 1`)\n");
});

test("what differs from HEAD", async () => {
  expect(await ask("views/compare", { uri })).toBe(
    "# execution_rule.toml\n\nAgainst the version in HEAD:\n\n- **`rule.severity` changed**\n  - before: `low`\n  - after: `high`\n",
  );
});

test("what is no rule has no view", async () => {
  await client.open("untitled:none", "a = 1\n", "toml");
  expect(await ask("views/kibana", { uri: "untitled:none" })).toBeNull();
  expect(await ask("views/guide", { uri: "untitled:none" })).toBeNull();
  expect(await ask("views/compare", { uri: "untitled:none" })).toBeNull();
});

function rulewright(...args: readonly string[]): { readonly code: number | null; readonly output: string } {
  const { status, stdout } = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, output: stdout };
}

test("rulewright export", () => {
  const printed = rulewright("export");
  expect(printed.code).toBe(0);
  expect(JSON.parse(printed.output)).toMatchObject({ name: "Shell & Co", severity: "low" });
  for (let round = 0; round < 2; round++) {
    expect(rulewright("export", "rules", "--output", "all.ndjson")).toEqual({ code: 0, output: "" });
    expect(readFileSync(path.join(folder, "all.ndjson"), "utf8")).toBe(printed.output);
  }
});

test("rulewright coverage", () => {
  expect(rulewright("coverage", "rules").output).toContain(
    "  T1059        1  Command and Scripting Interpreter\n",
  );
  expect(rulewright("coverage", "--format", "svg").output).toMatch(/^<svg /);
  expect(rulewright("coverage", "--format", "pie").code).toBe(2);
});

test("rulewright diff", () => {
  expect(rulewright("diff")).toEqual({ code: 0, output: "" });
  writeFileSync(file, ruleText("medium"));
  expect(rulewright("diff")).toEqual({
    code: 1,
    output: `${path.join("rules", "linux", "execution_rule.toml")}\n  ~ rule.severity: low -> medium\n`,
  });
  expect(rulewright("diff", "--rev", "nowhere").code).toBe(2);
  writeFileSync(file, ruleText("low"));
});
