/** Where packages and versions of rules are found, in the layouts that repositories of rules have. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiFacts } from "../../server/src/core/kibana/apiRule.ts";
import { apiFactsStore } from "../../server/src/host/apiFacts.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { root } from "../support/fixture.ts";

const ID = "11111111-2222-4333-8444-555555555555";
const ETC = "checkout/detection_rules/etc";
const CUSTOM = "rule_dirs: [rules]\nfiles:\n  version_lock: etc/lock.json\n  packages: etc/packages.yaml\n";
/** By path: a lock file with one version of one rule, or what a file holds. */
const FILES: Readonly<Record<string, number | string>> = {
  [`${ETC}/version.lock.json`]: 1,
  "checkout/custom/_config.yaml": CUSTOM,
  "checkout/custom/etc/lock.json": 2,
  "alone/_config.yaml": `${CUSTOM}threat_mapping_version: 18\n`,
  "alone/etc/lock.json": 3,
  "beside/config/_config.yaml": CUSTOM.replace("[rules]", "[../rules]"),
  "beside/config/etc/lock.json": 4,
  "counted/_config.yaml": `bypass_version_lock: true\n${CUSTOM}`,
  "counted/etc/lock.json": 5,
  "nameless/_config.yaml": "rule_dirs: [rules]\n",
  "broken/_config.yaml": CUSTOM,
  "broken/etc/lock.json": "{",
};
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "rulewright-facts-")));

function write(name: string, content: string | Uint8Array): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

beforeAll(() => {
  mkdirSync(path.join(folder, ETC, "ecs_schemas"), { recursive: true });
  for (const [name, content] of Object.entries(FILES))
    write(name, typeof content === "string" ? content : JSON.stringify({ [ID]: { version: content } }));
  const manifest = { "1.0.0": { conditions: { kibana: { version: "^9.0.0" } } } };
  write(`${ETC}/integration-manifests.json.gz`, gzipSync(JSON.stringify({ acme: manifest })));
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly version: number | string;
  readonly packages: readonly string[];
  readonly threat: string | undefined;
}

interface Asked {
  readonly setting?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function factsOf(rules: string, { setting, env = {} }: Asked): Promise<ApiFacts> {
  const store = apiFactsStore({
    host: nodeHost(root),
    dataFolder: () => undefined,
    settingFor: () => Promise.resolve(setting && path.join(folder, setting)),
    env,
  });
  return store.of(path.join(folder, rules));
}

async function told(rules: string, asked: Asked = {}): Promise<Told> {
  const { versions, manifests, threatVersion } = await factsOf(rules, asked);
  return {
    version: versions.kind === "lock" ? (versions.entryOf(ID)?.version ?? "unknown") : versions.kind,
    packages: [...(manifests?.keys() ?? [])],
    threat: threatVersion,
  };
}

const CHECKOUT: Told = { version: 1, packages: ["acme"], threat: undefined };

describe("a rule has the versions of its own repository", () => {
  test.each<[string, string, Asked, Told]>([
    ["of Elastic's checkout", "checkout/rules/linux", {}, CHECKOUT],
    ["of custom rules in a checkout", "checkout/custom/rules", {}, { ...CHECKOUT, version: 2 }],
    ["of custom rules alone", "alone/rules", {}, { version: 3, packages: [], threat: "18" }],
    [
      "where a setting names a checkout elsewhere, which has the packages",
      "alone/rules",
      { setting: "checkout" },
      { version: 3, packages: ["acme"], threat: "18" },
    ],
    ["elsewhere, with a setting", "nowhere/rules", { setting: "checkout" }, CHECKOUT],
    ["nowhere", "nowhere/rules", {}, { version: "none", packages: [], threat: undefined }],
    ["where the configuration stands beside them", "beside/rules/linux", {}, nothing()],
    [
      "and the environment names it",
      "beside/rules/linux",
      { env: { CUSTOM_RULES_DIR: "beside/config" } },
      { version: 4, packages: [], threat: undefined },
    ],
    [
      "but not for rules of others",
      "nowhere/rules",
      { env: { CUSTOM_RULES_DIR: "beside/config" } },
      nothing(),
    ],
    ["that counts itself", "counted/rules", {}, { version: "own", packages: [], threat: undefined }],
    ["that names no lock file", "nameless/rules", {}, nothing()],
    ["whose lock file is broken", "broken/rules", {}, nothing()],
    [
      "and the environment asks for a version of ATT&CK",
      "checkout/rules",
      { env: { DR_THREAT_MAPPING_VERSION: "19" } },
      { ...CHECKOUT, threat: "19" },
    ],
  ])("%s", async (_name, rules, { env, ...asked }, expected) => {
    const custom = env?.["CUSTOM_RULES_DIR"];
    const full = custom === undefined ? env : { ...env, CUSTOM_RULES_DIR: path.join(folder, custom) };
    expect(await told(rules, full === undefined ? asked : { ...asked, env: full })).toEqual(expected);
  });
});

function nothing(): Told {
  return { version: "none", packages: [], threat: undefined };
}

test("a lock file that was written again is read again", async () => {
  const store = apiFactsStore({
    host: nodeHost(root),
    dataFolder: () => undefined,
    settingFor: () => Promise.resolve(undefined),
    env: {},
  });
  const versionNow = async (): Promise<number | undefined> => {
    const { versions } = await store.of(path.join(folder, "alone/rules"));
    return versions.kind === "lock" ? versions.entryOf(ID)?.version : undefined;
  };
  expect(await versionNow()).toBe(3);
  write("alone/etc/lock.json", JSON.stringify({ [ID]: { version: 33 } }));
  expect(await versionNow()).toBe(33);
  write("alone/etc/lock.json", JSON.stringify({ [ID]: { version: 3 } }));
});

test("the hash is the one of Elastic's tools", async () => {
  const { versions } = await factsOf("checkout/rules", {});
  // SHA-256 of the base64 of the text, from coreutils: printf '{}' | base64 | tr -d '\n' | sha256sum
  expect(versions.kind === "lock" ? versions.hashOf("{}") : versions.kind).toBe(
    "a135823e1f3518ee22848a79f5427d8cee0bfb85fbc6b4e6eda61f883c057c9e",
  );
});
