/** The built server about sample events: what scrubbing keeps and changes, and the parts of a text beside a query. */
import { afterAll, expect, test } from "vitest";
import { FILES } from "./testedFiles.ts";
import { removeFolders, RULE, shell, testingWorkspace } from "./testingWorkspace.ts";

afterAll(removeFolders);

test("scrubbing tells what the rule asks for, and what it says otherwise afterwards", async () => {
  const named = await testingWorkspace({
    "rules/a.toml": RULE.replace('not process.args : "-v"', 'user.name == "m.huber"'),
    "rules/b.toml": RULE.replace('not process.args : "-v"', 'user.name : "m.*"').replace("6a11", "6a12"),
  });
  const text = shell().replace('"process":', '"user":{"name":"m.huber"},"process":');
  const told = async (name: string): Promise<unknown> =>
    named.ask("events/normalise", { uri: named.uri(name), text, scrub: true });
  expect(await told("rules/a.toml")).toMatchObject({ ok: true, kept: ["m.huber"], changesVerdict: false });
  expect(await told("rules/b.toml")).toMatchObject({ ok: true, kept: [], changesVerdict: true });
  await named.stop();
});

test("each part of a text by itself, as settings choose among them", async () => {
  const workspace = await testingWorkspace(FILES);
  await workspace.open("rules/a.toml", RULE);
  const uri = workspace.uri("rules/a.toml");
  const event = { uri: workspace.uri("rules/_tests/a.nomatch.ndjson"), line: 1 };
  const result = await workspace.ask("tests/inline", { uri, event });
  expect(result?.clauses.map(({ about, count, verdict }) => [about, count, verdict])).toEqual([
    ["events", "7/7 events", "holds"],
    ["events", "7/7 events", "holds"],
    ["events", "7/7 events", "holds"],
    ["events", "4/7 events", "was `bash`"],
    ["events", "excludes 1/7 events", "does not exclude"],
    ["events", "3/7 match", null],
  ]);
  await workspace.stop();
});
