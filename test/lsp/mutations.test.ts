/** The built server asked for mutation scores: what no test notices, where it stands, how far it is, and when it stops. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver";
import { WorkDoneProgress } from "vscode-languageserver/node";
import { type MutationResult } from "../../server/src/lsp/protocolMutations.ts";
import { removeFolders, RULE, shell, type TestingWorkspace, testingWorkspace } from "./testingWorkspace.ts";

const ALERTING = RULE.replace("nginx", "ngi`n|x");
/** All events are processes of Linux, and all have the same parent. */
const MISSED = [
  "12:1 with any category",
  '12:15 without `host.os.type == "linux"`',
  '12:15 any value in `host.os.type == "linux"`',
  '13:3 without `process.parent.name : ("nginx", "apache2")`',
  '13:3 any value in `process.parent.name : ("nginx", "apache2")`',
  '13:35 without the value `"apache2"`',
];
const MANY = Array.from({ length: 300 }, (_, i) => shell({ second: i % 60 })).join("");

let workspace: TestingWorkspace;
beforeAll(async () => {
  workspace = await testingWorkspace({
    "rules/a.toml": RULE,
    "rules/_tests/a.match.ndjson": shell(),
    "rules/_tests/a.nomatch.ndjson": shell({ name: "bash" }) + shell({ args: ["-v"] }),
    "rules/_tests/a.events.ndjson": shell({ parent: "x" }),
    "rules/failing.toml": ALERTING.replace("6a11", "6a12"),
    "rules/_tests/failing.match.ndjson": shell({ parent: "sshd" }),
    "rules/_tests/failing.near.match.ndjson": shell({ parent: "apache2" }),
    "rules/scratch.toml": RULE.replace("6a11", "6a13"),
    "rules/_tests/scratch.events.ndjson": shell(),
    "rules/learning.toml": RULE.replace("6a11", "6a14").replace('type = "eql"', 'type = "machine_learning"'),
    "rules/_tests/learning.match.ndjson": shell(),
    "rules/large.toml": RULE.replace("6a11", "6a15"),
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`rules/_tests/large.m${i}.match.ndjson`, MANY]),
    ),
  });
});
afterAll(async () => {
  expect(workspace.client.logged).toEqual([]);
  await workspace.stop();
  removeFolders();
});

const asked = (name: string): Promise<MutationResult | null> =>
  workspace.ask("tests/mutate", { uri: workspace.uri(name), workDoneToken: null });

function told(result: MutationResult | null): Extract<MutationResult, { readonly ok: true }> {
  if (result?.ok !== true) throw new Error(`no score: ${result?.message ?? "no rule"}`);
  return result;
}

describe("changes of the query", () => {
  test("those that no test notices have none that noticed them, in the order of the query", async () => {
    const { changes, noticedCount, leftOut } = told(await asked("rules/a.toml"));
    expect(noticedCount).toBe(changes.filter(({ noticedBy }) => noticedBy !== null).length);
    expect(leftOut).toEqual([]);
    const missed = changes.filter(({ noticedBy }) => noticedBy === null);
    expect(
      missed.map(({ range: { start }, name }) => `${start.line + 1}:${start.character + 1} ${name}`),
    ).toEqual(MISSED);
    const without = changes.find(({ name }) => name === 'without `process.name : "sh"`');
    expect(without).toMatchObject({
      kind: "dropped",
      noticedBy: "nomatch",
      range: { start: { line: 13, character: 2 }, end: { line: 13, character: 21 } },
    });
  });

  test("the page names them with a link to the place, before those that are noticed", async () => {
    const { page } = told(await asked("rules/a.toml"));
    const [head = "", missed = "", noticed = ""] = page.split(/^## .*$/m);
    expect(head).toMatch(/\*\*\d+ of \d+\*\* small changes of the query are noticed by a test \(\d+ %\)\./);
    expect(missed).toContain(`[13:3](<${workspace.uri("rules/a.toml")}#L13,3>)`);
    expect(noticed).toContain('without `process.name : "sh"`');
    expect(missed).not.toContain('without `process.name : "sh"`');
  });

  test("a case that fails as it is notices nothing, and says so; odd characters do not break a table", async () => {
    const { leftOut, page } = told(await asked("rules/failing.toml"));
    expect(leftOut).toEqual(["match"]);
    expect(page).toContain("do not pass on the rule as it is, and so notice nothing: **match**.");
    const rows = page.split("\n").filter((line) => line.startsWith("| ["));
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row.replace(/\\\|/g, "").split("|")).toHaveLength(5);
  });

  test("an open document counts, not the file", async () => {
    const name = "rules/none.toml";
    workspace.write(name, RULE.replace("6a11", "6a16"));
    workspace.write("rules/_tests/none.match.ndjson", shell({ name: "dash" }));
    expect(told(await asked(name)).leftOut).toEqual(["match"]);
    await workspace.open(name, RULE.replace('"sh"', '"dash"'));
    expect(told(await asked(name)).leftOut).toEqual([]);
  });
});

describe("no score", () => {
  test.each([
    ["rules/scratch.toml", "The rule has no tests that could notice a change"],
    ["rules/learning.toml", expect.stringMatching(/machine.learning/i) as string],
  ])("%s", async (name, message) => {
    expect(await asked(name)).toEqual({ ok: false, message });
  });

  test("what is no rule has none", async () => {
    expect(await asked("rules/nowhere.toml")).toBeNull();
    expect(await workspace.ask("tests/mutate", { uri: "untitled:rule", workDoneToken: null })).toBeNull();
  });
});

test("how far it is comes as progress, and never goes back", async () => {
  const shares: number[] = [];
  const listening = workspace.client.connection.onProgress(WorkDoneProgress.type, "score", (step) => {
    if (step.kind === "report") shares.push(step.percentage ?? -1);
  });
  await workspace.ask("tests/mutate", { uri: workspace.uri("rules/a.toml"), workDoneToken: "score" });
  listening.dispose();
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.every((share) => 0 <= share && share < 100)).toBe(true);
});

test("a long count stops when it is cancelled, and others are answered meanwhile", async () => {
  const uri = workspace.uri("rules/large.toml");
  const source = new CancellationTokenSource();
  let isDone = false;
  const long = workspace.ask("tests/mutate", { uri, workDoneToken: null }, source.token).then(
    () => "finished",
    (error: { readonly code: number }) => error.code,
  );
  void long.then(() => (isDone = true));
  await workspace.ask("tests/mutate", { uri: workspace.uri("rules/scratch.toml"), workDoneToken: null });
  expect(isDone).toBe(false);
  source.cancel();
  // LSP's code of a cancelled request.
  expect(await long).toBe(-32800);
});
