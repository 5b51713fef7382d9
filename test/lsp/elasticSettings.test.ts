/** Settings that stand for Elastic's variables of the environment: what they become, and what the server makes of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { switchesIn } from "../../server/src/lsp/elasticSettings.ts";
import { type ElasticSettings } from "../../server/src/lsp/protocol.ts";
import { PULLING, startWire } from "../support/wire.ts";

test.each<readonly [name: string, settings: unknown, switches: Readonly<Record<string, string>>]>([
  ["nothing", undefined, {}],
  ["nothing set", { bypass: [], testConfiguration: "", customRulesDirectory: " " }, {}],
  [
    "switches by their short names and by Elastic's own",
    { bypass: ["tags", "esql-keep", "DR_BYPASS_BBR_LOOKBACK_VALIDATION", "unheard-of"] },
    {
      DR_BYPASS_BBR_LOOKBACK_VALIDATION: "1",
      DR_BYPASS_TAGS_VALIDATION: "1",
      DR_BYPASS_ESQL_KEEP_VALIDATION: "1",
    },
  ],
  [
    "paths from the workspace folder",
    { testConfiguration: "etc/tests.yaml", customRulesDirectory: "../mine" },
    { DETECTION_RULES_TEST_CONFIG: "<etc/tests.yaml>", CUSTOM_RULES_DIR: "<../mine>" },
  ],
  ["values of other shapes", { bypass: "tags", testConfiguration: 3, customRulesDirectory: null }, {}],
])("%s", (_name, settings, switches) => {
  // Whatever a client sends.
  expect(switchesIn(settings as ElasticSettings | undefined, (one) => `<${one}>`)).toEqual(switches);
});

const ID = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11";
const RULE = `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Jo"]
building_block_type = "default"
description = "A shell is started."
from = "now-9m"
interval = "5m"
index = ["logs-endpoint.events.*"]
language = "eql"
license = "Elastic License v2"
name = "Shell"
query = '''
process where process.name == "sh"
'''
risk_score = 21
rule_id = "${ID}"
severity = "low"
timestamp_override = "event.ingested"
type = "eql"
`;

const top = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(top, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(top, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

test("they count at once, and go when they are taken back", async () => {
  write("mine/_config.yaml", "rule_dirs: [rules]\nbbr_rules_dirs: [bbr]\nfiles: {}\n");
  write("tests.yaml", `rule_validation:\n  bypass: ["${ID}"]\n`);
  const uri = write("mine/bbr/shell.toml", RULE);
  const settings: { elastic: ElasticSettings } = { elastic: {} };
  const client = await startWire({ capabilities: PULLING, folders: [top], settings });
  await client.open(uri, RULE);
  const found = async (elastic: ElasticSettings): Promise<readonly unknown[]> => {
    settings.elastic = elastic;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    const codes = (await client.pull(uri)).map(({ code }) => code);
    return ["building-block/short-timing", "rule/missing-tags"].filter((one) => codes.includes(one));
  };
  const all = ["building-block/short-timing", "rule/missing-tags"];
  expect(await found({})).toEqual(all);
  expect(await found({ bypass: ["tags"] })).toEqual(["building-block/short-timing"]);
  expect(await found({ bypass: ["bbr-lookback"] })).toEqual(["rule/missing-tags"]);
  expect(await found({ testConfiguration: "tests.yaml" })).not.toEqual(all);
  expect(await found({})).toEqual(all);
  expect(client.logged).toEqual([]);
  await client.stop();
});

test("the folder of custom rules says where their versions are", async () => {
  const config = write(
    "elsewhere/_config.yaml",
    "rule_dirs: [../standalone]\nfiles:\n  version_lock: lock.json\n",
  );
  write(
    "elsewhere/lock.json",
    JSON.stringify({ [ID]: { rule_name: "Shell", sha256: "x", type: "eql", version: 41 } }),
  );
  const uri = write("standalone/shell.toml", RULE);
  const settings: { elastic: ElasticSettings } = { elastic: {} };
  const client = await startWire({ capabilities: PULLING, folders: [top], settings });
  await client.open(uri, RULE);
  const received = async (): Promise<string> =>
    JSON.stringify(await client.connection.sendRequest("views/kibana", { uri }));
  expect(config).toContain("elsewhere");
  expect(await received()).not.toMatch(/\\"version\\": 4[12]/);
  settings.elastic = { customRulesDirectory: "elsewhere" };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  expect(await received()).toMatch(/\\"version\\": 4[12]/);
  await client.stop();
});
