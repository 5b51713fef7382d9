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

test("the client is told of what is typed in `threat`, and gets it with the next coverage", async () => {
  const told = new Promise<void>((resolve) => {
    client.connection.onNotification("views/changed", () => resolve());
  });
  const other = ruleText("low")
    .replaceAll("T1059", "T1106")
    .replaceAll("Command and Scripting Interpreter", "Native API");
  await client.open(uri, other);
  await client.pull(uri);
  await told;
  const { tactics } = await ask("views/coverage", undefined);
  const techniques = tactics.find(({ id }) => id === "TA0002")?.techniques ?? [];
  expect(techniques.filter(({ rules }) => 0 < rules.length).map(({ id }) => id)).toEqual(["T1106"]);
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

test("a rule that HEAD does not have is new, one of the same id was renamed, and what became of others is told", async () => {
  const [added, moved] = ["rules/linux/execution_new.toml", "rules/linux/execution_moved.toml"];
  const id = "22222222-2222-4333-8444-555555555555";
  const text = ruleText("low").replace(/11111111-2222-4333-8444-555555555555/, id);
  const write = (name: string): string => {
    writeFileSync(path.join(folder, name), text);
    return pathToFileURL(path.join(folder, name)).href;
  };
  const addedUri = write(added);
  await client.open(addedUri, text);
  expect(await ask("views/compare", { uri: addedUri })).toBe(
    "# execution_new.toml\n\nThe rule is not in HEAD: all of it is new.\n",
  );
  git("add", ".");
  git("commit", "--quiet", "-m", "One more");
  rmSync(path.join(folder, added));
  const movedUri = write(moved);
  await client.open(movedUri, text.replace("Shell & Co", "Shell"));
  expect(await ask("views/compare", { uri: movedUri })).toBe(
    [
      "# execution_moved.toml",
      "",
      `In HEAD the file is \`${added}\`.`,
      "",
      "Against the version in HEAD:",
      "",
      "- **`rule.name` changed**",
      "  - before: `Shell & Co`",
      "  - after: `Shell`",
      "",
    ].join("\n"),
  );
  await client.open(uri, ruleText("low"));
  rmSync(path.join(folder, moved));
  expect(await ask("views/compare", { uri })).toContain(
    `## Other rules\n\n- \`${added}\` is gone: \`Shell & Co\`\n`,
  );
  git("reset", "--quiet", "--hard", "HEAD~1");
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

test("rulewright diff: rules that are new, gone and renamed", () => {
  const at = (name: string): string => path.join("rules", "linux", `${name}.toml`);
  const other = ruleText("low").replace(/11111111/, "33333333");
  const own = ruleText("low").replace(/11111111/, "22222222");
  writeFileSync(path.join(folder, at("execution_new")), own);
  git("add", ".");
  git("commit", "--quiet", "-m", "One more");
  rmSync(path.join(folder, at("execution_new")));
  writeFileSync(path.join(folder, at("execution_other")), other);
  expect(rulewright("diff", "rules")).toEqual({
    code: 1,
    output: `${at("execution_new")}\n  - the rule is gone: Shell & Co\n${at("execution_other")}\n  + the rule is new: Shell & Co\n`,
  });
  expect(rulewright("diff", at("execution_new"))).toEqual({
    code: 1,
    output: `${at("execution_new")}\n  - the rule is gone: Shell & Co\n`,
  });
  expect(rulewright("diff", at("execution_rule"))).toEqual({ code: 0, output: "" });
  writeFileSync(path.join(folder, at("execution_other")), other.replace(/33333333/, "22222222"));
  expect(rulewright("diff")).toEqual({
    code: 1,
    output: `${at("execution_other")}\n  ~ the file was ${at("execution_new")}\n`,
  });
  writeFileSync(path.join(folder, at("execution_other")), "a = 1\n");
  writeFileSync(file, "a = 1\n");
  git("checkout", "--quiet", "--", at("execution_new"));
  expect(rulewright("diff")).toEqual({
    code: 1,
    output: `${at("execution_rule")}\n  - the file holds no rule any more\n`,
  });
  rmSync(path.join(folder, at("execution_other")));
  git("reset", "--quiet", "--hard", "HEAD~1");
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
