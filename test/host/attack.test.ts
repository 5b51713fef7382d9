/** ATT&CK loaded from a checkout: the oldest version for rules, the later one beside it. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { attackPaths, loadAttack } from "../../server/src/host/attack.ts";
import { LATER, OLDER } from "../knowledge/attackWorld.ts";
import { loaderOf } from "./loader.ts";
import { type Files, temporaryFolder, writeFiles } from "./tinyEtc.ts";

const MAP = `
framework: MITRE ATT&CK
source_version: '18'
target_version: '19'
auto_derive_missing: true
`;

const BUNDLES: Files = {
  "attack-v18.1.0.json.gz": OLDER,
  "attack-v19.0.json.gz": LATER,
  "attack-technique-redirects.json": { mapping: { T9004: "T9001" } },
  "attack-version-maps/attack_v18_to_v19.yaml": MAP,
};

function etcOf(changes: Files): string {
  const etcFolder = path.join(temporaryFolder(), "etc");
  writeFiles(etcFolder, { "_config.yaml": "rule_dirs: []\nfiles: {}\n", ...BUNDLES, ...changes });
  return etcFolder;
}

test("ATT&CK is the same from the thread and from the cache", async () => {
  const { options, problems, starts } = loaderOf({ etcFolder: etcOf({}) });
  const loaded = [await loadAttack(options), await loadAttack(options)];
  for (const { attack, part } of loaded) {
    expect([attack?.version, attack?.technique("T9001")?.name]).toEqual(["18.1", "Open Window"]);
    expect(attack?.technique("T9004")?.replacedBy).toBe("T9001");
    expect(attack?.others.map(({ version }) => version)).toEqual(["19.0"]);
    expect(attack?.conversion?.target.version).toBe("19.0");
    expect(part).toEqual({ name: "ATT&CK", detail: "18.1, 19.0", state: "complete", problem: undefined });
  }
  expect([starts(), problems]).toEqual([1, []]);
});

describe("a checkout", () => {
  const own = "the table that comes with Rulewright serves in its place";
  const cases: readonly (readonly [
    name: string,
    changes: Files,
    found: string,
    state: string,
    problem?: string,
  ])[] = [
    ["with one version", { "attack-v19.0.json.gz": undefined }, "18.1 alone", "complete"],
    [
      "without a map",
      { "attack-version-maps/attack_v18_to_v19.yaml": undefined },
      "18.1 with 19.0",
      "complete",
    ],
    [
      "with a broken map",
      { "attack-version-maps/attack_v18_to_v19.yaml": "a: [" },
      "18.1 with 19.0",
      "complete",
    ],
    [
      "with a map for other versions",
      { "attack-version-maps/attack_v18_to_v19.yaml": MAP.replace("19", "20") },
      "18.1 with 19.0",
      "complete",
    ],
    [
      "that stays with the older version",
      { "_config.yaml": "rule_dirs: []\nfiles: {}\nthreat_mapping_version: '18'\n" },
      "18.1 with 19.0",
      "complete",
    ],
    [
      "with maps elsewhere",
      {
        "_config.yaml": "rule_dirs: []\nfiles: {}\nattack_version_maps_dir: ../maps\n",
        "../maps/a.yaml": MAP,
        "attack-version-maps/attack_v18_to_v19.yaml": undefined,
      },
      "18.1 with 19.0, converted",
      "complete",
    ],
    [
      "without redirects",
      { "attack-technique-redirects.json": undefined },
      "18.1 with 19.0, converted",
      "complete",
    ],
    [
      "with broken redirects",
      { "attack-technique-redirects.json": "[" },
      "18.1 with 19.0, converted",
      "complete",
    ],
    [
      "whose later version is broken",
      { "attack-v19.0.json.gz": "{" },
      "18.1 alone",
      "partial",
      `\`attack-v19.0.json.gz\` is no JSON, or is cut off: ${own}`,
    ],
    [
      "whose oldest version is broken",
      { "attack-v18.1.0.json.gz": { type: "bundle", objects: [] } },
      "none",
      "partial",
      `\`attack-v18.1.0.json.gz\` cannot be used: it has no tactics: ${own}`,
    ],
    [
      "with ATLAS that is none",
      { "atlas-v5.0.0.json.gz": {} },
      "18.1 with 19.0, converted",
      "partial",
      `\`atlas-v5.0.0.json.gz\` cannot be used: it has neither a matrix nor a collection of ATLAS: ${own}`,
    ],
    [
      "without any",
      { "attack-v18.1.0.json.gz": undefined, "attack-v19.0.json.gz": undefined },
      "none",
      "missing",
      `\`attack-v*.json.gz\` is missing: ${own}`,
    ],
  ];
  const rows = cases.map(
    ([name, changes, found, state, problem]) => [name, changes, found, state, problem] as const,
  );
  test.each(rows)("%s", async (_name, changes, found, state, problem) => {
    const { options, problems } = loaderOf({ etcFolder: etcOf(changes) });
    const { attack, part } = await loadAttack(options);
    const others = attack?.others.map(({ version }) => version) ?? [];
    const shown = `${attack?.version ?? "none"}${others.length === 0 ? "" : ` with ${others.join()}`}`;
    const converted = attack?.conversion === undefined ? "" : ", converted";
    expect(`${shown}${attack !== undefined && others.length === 0 ? " alone" : ""}${converted}`).toBe(found);
    const told = problem === undefined || state === "missing" ? [] : [problem];
    expect([part.state, part.problem, problems]).toEqual([state, problem, told]);
  });
});

test("a thread that fails is told", async () => {
  const { options, problems } = loaderOf({ etcFolder: etcOf({}) }, "process.exit(1);");
  expect((await loadAttack(options)).attack).toBeUndefined();
  expect(problems[0]).toBe(
    `ATT&CK in ${options.etcFolder} could not be read, and our own table serves: it ended with code 1`,
  );
});

test("what it rests on is told", async () => {
  const etcFolder = etcOf({});
  const paths = await attackPaths({ etcFolder });
  expect(paths.map((file) => path.relative(etcFolder, file))).toEqual([
    "attack-v18.1.0.json.gz",
    "attack-v19.0.json.gz",
    "attack-technique-redirects.json",
    "attack-version-maps",
  ]);
});
