/** Several versions of ATT&CK: which files hold them, which catalog is asked, and what becomes of an entry in a later one. */
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tactic, type TacticFate, type TechniqueFate } from "../../server/src/core/knowledge/attack.ts";
import { attackData } from "../../server/src/core/knowledge/attackBundle.ts";
import { type AttackData, attackCatalogOf } from "../../server/src/core/knowledge/attackData.ts";
import { atlasFiles, attackFiles, fileForVersion } from "../../server/src/core/knowledge/attackFiles.ts";
import {
  type AttackVersionMap,
  attackVersionMap,
  versionMapErrorText,
} from "../../server/src/core/knowledge/attackVersionMap.ts";
import {
  attackConversion,
  loadedCatalog,
  nearestCatalog,
  shippedVersion,
  withOthers,
} from "../../server/src/core/knowledge/attackVersions.ts";
import { atlas } from "../../server/src/core/knowledge/atlas.ts";
import { rulesFolder } from "../support/corpus.ts";
import { LATER, MAP, OLDER } from "./attackWorld.ts";

function dataOf(json: unknown, version: string): AttackData {
  const read = attackData(json, version);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
}

function mapOf(text: string): AttackVersionMap {
  const read = attackVersionMap(text);
  if (!read.ok) throw new Error(versionMapErrorText(read.error));
  return read.value;
}

const older = attackCatalogOf(dataOf(OLDER, "18.1"));
const later = attackCatalogOf(dataOf(LATER, "19.0"));

describe("files", () => {
  test("the oldest version comes first, whatever the order and the length of its name", () => {
    const names = [
      "attack-v19.1.json.gz",
      "attack-v9.json.gz",
      "attack-v18.1.0.json.gz",
      "attack-v19.0.0.json.gz",
    ];
    expect(attackFiles(names).map(({ version }) => version)).toEqual(["9", "18.1", "19.0", "19.1"]);
  });

  test("other files are none", () => {
    expect(
      attackFiles([
        "attack-crosswalk.json",
        "attack-v18.json",
        "attack-vx.json.gz",
        "attack-v1.2.3.4.json.gz",
        "",
      ]),
    ).toEqual([]);
    expect(atlasFiles(["atlas-v2026.08.json.gz", "attack-v18.1.0.json.gz"])).toEqual([
      { name: "atlas-v2026.08.json.gz", version: "2026.08" },
    ]);
  });

  test("of one major version, the newest file is taken", () => {
    const files = attackFiles(["attack-v19.1.json.gz", "attack-v19.0.json.gz", "attack-v18.1.0.json.gz"]);
    expect(fileForVersion(files, "19")?.name).toBe("attack-v19.1.json.gz");
    expect(fileForVersion(files, "18.1")?.name).toBe("attack-v18.1.0.json.gz");
    expect(fileForVersion(files, "20")).toBeUndefined();
  });

  test.each([
    ["9.4.0", undefined, "18"],
    ["9.5.0", undefined, "19"],
    ["9.10.0", undefined, "19"],
    ["8.19.0", undefined, "18"],
    ["9.6.0", "18", "18"],
    ["9.4.0", "19.1", "19"],
  ])("a stack %s with the pin %s gets version %s", (stack, pinned, expected) => {
    expect(shippedVersion({ stack, baseline: "18.1", pinned })).toBe(expected);
  });
});

describe("the map between versions", () => {
  test("is read with its exceptions and drops", () => {
    const map = mapOf(MAP);
    expect([map.framework, map.sourceVersion, map.targetVersion, map.derivesMissing]).toEqual([
      "MITRE ATT&CK",
      "18",
      "19",
      true,
    ]);
    expect([...map.techniques]).toEqual([
      ["T9003", { id: "T9008", name: "Sky Light", reference: "https://attack.mitre.org/techniques/T9008/" }],
      ["T9004", undefined],
    ]);
    expect([map.tactics.size, map.subtechniques.size]).toEqual([0, 0]);
  });

  const HEAD = "framework: F\nsource_version: 1\ntarget_version: 2\n";
  test.each([
    ["", "it is not a table of keys"],
    ["- a\n- b", "it is not a table of keys"],
    ["framework: [", /^it is not YAML: /],
    [
      "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]",
      /^it is not YAML: /,
    ],
    ["framework: F\nsource_version: 1", "it has no `target_version`"],
    ["framework: {}\nsource_version: 1\ntarget_version: 2", "it has no `framework`"],
    [
      `${HEAD}techniques: T1`,
      "`techniques` under `techniques` is neither null nor an id, name and reference",
    ],
    [`${HEAD}tactics:\n  TA1: TA2`, "`TA1` under `tactics` is neither null nor an id, name and reference"],
    [
      `${HEAD}subtechniques:\n  T1.001: { id: T2, name: Two }`,
      "`T1.001` under `subtechniques` is neither null nor an id, name and reference",
    ],
  ])("%j is refused", (text, expected) => {
    const read = attackVersionMap(text);
    const message = read.ok ? "read" : versionMapErrorText(read.error);
    if (typeof expected === "string") expect(message).toBe(expected);
    else expect(message).toMatch(expected);
  });

  test("no text makes the reader throw", () => {
    const line = fc.constantFrom(
      ...MAP.split("\n"),
      "techniques: *a",
      "? [",
      "- x",
      "\t",
      "tactics: &a {<<: *a}",
      "!!js x",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line).map((lines) => lines.join("\n")),
        ),
        (text) => {
          const read = attackVersionMap(text);
          expect(read.ok || versionMapErrorText(read.error).length).toBeTruthy();
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});

function tacticIds(tactics: readonly Tactic[]): string {
  return tactics.map(({ id }) => id).join(" ");
}

function shown(fate: TechniqueFate): string {
  switch (fate.kind) {
    case "kept":
      return `kept${fate.isRenamed ? ` as ${fate.name}` : ""}${fate.isMoved ? `, moved to ${tacticIds(fate.tactics)}` : ""}`;
    case "replaced":
      return `${fate.id} ${fate.name} under ${tacticIds(fate.tactics)}${fate.isMoved ? ", moved" : ""}`;
    case "dropped":
      return `dropped ${fate.reason}${fate.successor === undefined ? "" : `, see ${fate.successor.id}`}`;
  }
}

function shownTactic(fate: TacticFate): string {
  if (fate.kind === "dropped") return "dropped";
  if (fate.kind === "replaced") return `${fate.id} ${fate.name}`;
  return fate.isRenamed ? `kept as ${fate.name}` : "kept";
}

describe("what becomes of an entry", () => {
  const conversion = attackConversion(mapOf(MAP), older, later);

  test.each([
    ["T9001", undefined, "TA9001", "kept"],
    ["T9002", undefined, "TA9002", "kept as Dark Glass"],
    ["T9002", undefined, "TA9001", "kept as Dark Glass, moved to TA9002 TA9003"],
    ["T9002", undefined, undefined, "kept as Dark Glass"],
    // The tactic of a sub-technique is that of the technique above it.
    ["T9002.001", "T9002", "TA9002", "kept"],
    ["T9002.001", "T9002", "TA9001", "kept, moved to TA9002 TA9003"],
    ["T9002.002", "T9002", "TA9002", "dropped revoked, see T9002.001"],
    ["T9002.001", "T9006", "TA9002", "dropped with-parent"],
    ["T9003", undefined, "TA9002", "T9008 Sky Light under TA9003, moved"],
    ["T9003", undefined, "TA9003", "T9008 Sky Light under TA9003"],
    ["T9004", undefined, "TA9001", "dropped by-map"],
    ["T9005", undefined, "TA9001", "dropped absent"],
    ["T9006", undefined, "TA9001", "dropped revoked, see T9008"],
    ["T9007", undefined, "TA9001", "dropped deprecated"],
  ])("%s under %s in %s: %s", (id, parent, tactic, expected) => {
    const name = older.technique(id)?.name ?? "";
    expect(shown(conversion.techniqueFate({ technique: { id, name }, parent, tactic }))).toBe(expected);
  });

  test("a name that is not that of the older version does not count as renamed", () => {
    const technique = { id: "T9001", name: "Misspelt" };
    expect(shown(conversion.techniqueFate({ technique, parent: undefined, tactic: "TA9001" }))).toBe("kept");
  });

  test.each([
    ["TA9001", "kept"],
    ["TA9002", "kept as Blending In"],
    ["TA9009", "dropped"],
  ])("the tactic %s: %s", (id, expected) => {
    expect(shownTactic(conversion.tacticFate({ id, name: older.tactic(id)?.name ?? "" }))).toBe(expected);
  });

  test("a map that lists everything drops what it does not list", () => {
    const map = mapOf(
      `${MAP.replace("true", "false")}tactics:\n  TA9001: { id: TA9003, name: Breaking, reference: https://x }\n`,
    );
    const strict = attackConversion(map, older, later, "all");
    const place = { technique: { id: "T9001", name: "Open Window" }, parent: undefined, tactic: "TA9001" };
    expect(shown(strict.techniqueFate(place))).toBe("dropped not-mapped");
    expect(shownTactic(strict.tacticFate({ id: "TA9001", name: "Creeping In" }))).toBe("TA9003 Breaking");
    expect(shownTactic(strict.tacticFate({ id: "TA9002", name: "Hiding" }))).toBe("dropped");
    expect([conversion.fromStack, strict.fromStack]).toEqual(["9.5", undefined]);
  });
});

describe("which catalog is asked", () => {
  const all = withOthers(older, [later], undefined);

  test.each([
    ["MITRE ATT&CK", undefined, "18.1"],
    ["MITRE ATT&CK", "18", "18.1"],
    ["MITRE ATT&CK", "19", "19.0"],
    ["MITRE ATT&CK", "19.0", "19.0"],
    ["MITRE ATT&CK", "20", undefined],
    ["MITRE ATLAS", undefined, undefined],
    ["MITRE ATLAS", "19", undefined],
    ["Another", "19", undefined],
  ])("%s %s is judged by %s", (framework, version, expected) => {
    expect(loadedCatalog(all, framework, version)?.version).toBe(expected);
  });

  test("of one major version, the newest judges a block of mappings, and the oldest the rule itself", () => {
    const newer = attackCatalogOf(dataOf(OLDER, "18.2"));
    const both = withOthers(older, [newer, later], undefined);
    expect(loadedCatalog(both, "MITRE ATT&CK", "18")?.version).toBe("18.2");
    expect(loadedCatalog(both, "MITRE ATT&CK", undefined)?.version).toBe("18.1");
  });

  test("what is not loaded is shown from the nearest one", () => {
    expect(nearestCatalog(all, "MITRE ATT&CK", "20")?.version).toBe("18.1");
    expect(nearestCatalog(all, "MITRE ATLAS", "1999.01")).toBe(atlas());
    expect(nearestCatalog(all, "Another", undefined)).toBeUndefined();
  });
});

/** The map of a checkout, if there is one. */
const maps = [
  path.join(rulesFolder() ?? "", "detection_rules/etc/attack-version-maps/attack_v18_to_v19.yaml"),
];

describe.each(rulesFolder() === undefined ? [] : maps)("the map of the public rules", (file) => {
  test("is read whole", () => {
    const map = mapOf(readFileSync(file, "utf8"));
    expect([map.sourceVersion, map.targetVersion, map.derivesMissing]).toEqual(["18", "19", true]);
    expect([map.techniques.size, map.subtechniques.size]).toEqual([2, 10]);
  });
});
