/** Bundles of ATT&CK: what is read of them, what is refused, and that nothing whatever makes the reader fail. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttackCatalog, type Technique } from "../../server/src/core/knowledge/attack.ts";
import { attackData, attackFileErrorText } from "../../server/src/core/knowledge/attackBundle.ts";
import {
  type AttackData,
  attackCatalogOf,
  withRedirects,
} from "../../server/src/core/knowledge/attackData.ts";
import { techniqueRedirects } from "../../server/src/core/knowledge/attackFiles.ts";
import { shortDescription } from "../../server/src/core/knowledge/attackProse.ts";
import { knowledge } from "../support/analyse.ts";
import { rulesFolder } from "../support/corpus.ts";
import { LATER, OLDER, bundle, mitigation, tactic, technique } from "./attackWorld.ts";

function dataOf(json: unknown, version = "18"): AttackData {
  const read = attackData(json, version);
  if (!read.ok) throw new Error(attackFileErrorText(read.error));
  return read.value;
}

const older = attackCatalogOf(dataOf(OLDER));

function facts(one: Technique | undefined): unknown {
  if (one === undefined) return undefined;
  const { tactics, platforms, isDeprecated, replacedBy, parent, mitigations } = one;
  return [
    tactics.join(" "),
    platforms.join(" "),
    isDeprecated,
    replacedBy,
    parent,
    mitigations?.map(({ id, name }) => `${id} ${name}`).join(", "),
  ];
}

describe("what is read", () => {
  test.each([
    [
      "T9001",
      ["TA9001", "Linux Windows", false, undefined, undefined, "M9001 Close Windows, M9002 Draw Curtains"],
    ],
    ["T9002", ["TA9001 TA9002", "Windows", false, undefined, undefined, ""]],
    ["T9002.001", ["TA9002", "Windows", false, undefined, "T9002", ""]],
    ["T9003", ["", "", false, "T9002", undefined, ""]],
    ["T9004", ["TA9001", "Windows", true, undefined, undefined, ""]],
    ["T9005", ["", "", true, undefined, undefined, ""]],
    ["T9999", undefined],
  ])("%s", (id, expected) => {
    expect(facts(older.technique(id))).toEqual(expected);
  });

  test("tactics stand in the order of the matrix, with the first paragraph of their descriptions", () => {
    expect(older.tactics.map(({ id }) => id)).toEqual(["TA9001", "TA9002"]);
    expect(older.tacticNamed("Hiding")?.description).toBe("What Hiding is about.");
  });

  test("sub-techniques are those in use", () => {
    const ids = (catalog: AttackCatalog): readonly string[] =>
      catalog.subtechniquesOf("T9002").map(({ id }) => id);
    expect(ids(older)).toEqual(["T9002.001", "T9002.002"]);
    expect(ids(attackCatalogOf(dataOf(LATER)))).toEqual(["T9002.001"]);
  });

  test("a bundle without mitigations says nothing of them", () => {
    expect(attackCatalogOf(dataOf(LATER)).technique("T9001")?.mitigations).toBeUndefined();
  });

  test("the data outlives being stored", () => {
    const stored = JSON.parse(JSON.stringify(dataOf(OLDER))) as AttackData;
    expect(facts(attackCatalogOf(stored).technique("T9003"))).toEqual(facts(older.technique("T9003")));
    expect(attackCatalogOf(stored).techniques).toHaveLength(older.techniques.length);
  });

  test("a current technique is meant where a revoked one kept its id", () => {
    const [first, second] = [
      technique({ id: "T9001", name: "Gone", under: ["hiding"], revoked: true }),
      technique({ id: "T9001", name: "Here", under: ["hiding"] }),
    ];
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const read = dataOf(bundle(tactic("TA9002", "Hiding", "hiding"), ...order));
      expect(read.techniques.map(({ name }) => name)).toEqual(["Here"]);
    }
  });

  test("redirects tell what a revoked technique without a link gave way to", () => {
    const redirects = techniqueRedirects({
      saved_date: "today",
      mapping: { T9005: "T9006", T9001: "T9006", T9004: 1 },
    });
    if (!redirects.ok) throw new Error(redirects.error.kind);
    const catalog = attackCatalogOf(withRedirects(dataOf(OLDER), redirects.value));
    expect(catalog.technique("T9005")?.replacedBy).toBe("T9006");
    expect(catalog.technique("T9001")?.replacedBy).toBeUndefined();
    expect(catalog.technique("T9004")?.isDeprecated).toBe(true);
    expect(techniqueRedirects(["T9005"]).ok).toBe(false);
  });
});

const HIDING = tactic("TA9002", "Hiding", "hiding");
const GLASS = technique({ id: "T9002", name: "Tinted Glass", under: ["hiding"] });

describe("what is refused", () => {
  test.each([
    ["nothing", undefined, "it is not a STIX bundle with a list of objects"],
    ["a text", "bundle", "it is not a STIX bundle with a list of objects"],
    ["a list", [OLDER], "it is not a STIX bundle with a list of objects"],
    [
      "another kind of object",
      { ...OLDER, type: "report" },
      "it is not a STIX bundle with a list of objects",
    ],
    [
      "a bundle of nothing",
      { type: "bundle", objects: null },
      "it is not a STIX bundle with a list of objects",
    ],
    ["an empty bundle", bundle(), "it has no tactics"],
    ["objects that are none", bundle(null, 7, "x", []), "it has no tactics"],
    ["no tactics", bundle(GLASS), "it has no tactics"],
    ["no techniques", bundle(HIDING), "it has no techniques"],
    [
      "a technique without a name",
      bundle(HIDING, { ...GLASS, name: "" }),
      "attack-pattern--T9002 has no name",
    ],
    [
      "a technique without an id",
      bundle(HIDING, { ...GLASS, external_references: [{ source_name: "mitre-attack" }] }),
      "attack-pattern--T9002 has no external_id",
    ],
    [
      "a technique without references",
      bundle(HIDING, { ...GLASS, external_references: undefined, id: undefined }),
      "object 1 has no external_references",
    ],
    [
      "a tactic that is missing",
      bundle(HIDING, technique({ id: "T9001", name: "Open Window", under: ["creeping-in"] })),
      "T9001 belongs to the tactic `creeping-in`, which is not in it",
    ],
    [
      "a technique that is missing",
      bundle(HIDING, technique({ id: "T9002.001", name: "Blue Glass", under: ["hiding"] })),
      "T9002.001 is a sub-technique of T9002, which is not in it",
    ],
    [
      "a mitigation without a name",
      bundle(HIDING, GLASS, mitigation("M9001", "")),
      "course-of-action--M9001 has no name",
    ],
  ])("%s", (_name, json, expected) => {
    const read = attackData(json, "18");
    expect(read.ok ? "read" : attackFileErrorText(read.error)).toBe(expected);
  });

  test("techniques of other domains are passed over", () => {
    const mobile = {
      ...GLASS,
      id: "m",
      external_references: [{ source_name: "mitre-mobile-attack", external_id: "T1" }],
    };
    expect(dataOf(bundle(HIDING, GLASS, mobile)).techniques.map(({ id }) => id)).toEqual(["T9002"]);
  });

  test("no JSON makes the reader throw", () => {
    const types = fc.constantFrom("x-mitre-tactic", "attack-pattern", "relationship", "x-mitre-matrix", 7);
    const object = fc.record(
      {
        type: types,
        id: fc.jsonValue(),
        name: fc.jsonValue(),
        external_references: fc.oneof(
          fc.jsonValue(),
          fc.constant([{ source_name: "mitre-attack", external_id: "T9001.001" }]),
        ),
        kill_chain_phases: fc.jsonValue(),
        source_ref: fc.jsonValue(),
        target_ref: fc.jsonValue(),
      },
      { requiredKeys: ["type"] },
    );
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({ type: fc.constant("bundle"), objects: fc.array(fc.oneof(object, fc.jsonValue())) }),
      // What a file becomes whose objects were cut off or mangled.
      fc.subarray([...(OLDER["objects"] as readonly unknown[])]).map((objects) => bundle(...objects)),
    );
    fc.assert(
      fc.property(anything, (json) => {
        const read = attackData(json, "18");
        if (read.ok)
          expect(attackCatalogOf(read.value).techniques).toHaveLength(read.value.techniques.length);
        else
          expect(attackFileErrorText(read.error)).toMatch(
            /^(?:it |.+ has no |.+ belongs to |.+ is a sub-technique )/,
          );
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe("descriptions", () => {
  test.each([
    ["Plain.", "Plain."],
    ["\n\n  First.\n\nSecond.", "First."],
    ["Two\nlines.", "Two lines."],
    ["Known.(Citation: A (b) c)(Citation: D) More.", "Known. More."],
    ["A source (Citation: never closed, and so on", "A source"],
    ["Only a source.\n\n(Citation: A)", "Only a source."],
    ["(Citation: A)\n\nThen text.", "Then text."],
    ["See [Back Door](https://example.com/a_(b)) (i.e. that).", "See Back Door (i.e. that)."],
    ["Runs <code>net user</code>.", "Runs `net user`."],
    ["Runs <code>a`b</code> <br>now.", "Runs a`b now."],
    ["An &lt;entity&gt; &amp; a <PLACEHOLDER>, &unknown;.", "An <entity> & a <PLACEHOLDER>, &unknown;."],
    ["**Loud** .app files .", "Loud .app files."],
    ["", ""],
  ])("%j", (markdown, expected) => {
    expect(shortDescription(markdown)).toBe(expected);
  });

  test("a long one ends with a sentence", () => {
    expect(shortDescription(`${"a".repeat(300)}. ${"b".repeat(300)}.`)).toBe(`${"a".repeat(300)}.`);
  });

  test("a long sentence ends with a word", () => {
    expect(shortDescription("word ".repeat(200))).toBe(`${"word ".repeat(96).trim()}…`);
  });

  test("code is not cut in two", () => {
    expect(shortDescription(`${"word ".repeat(90)}<code>${"x ".repeat(100)}</code>`)).toBe(
      `${"word ".repeat(90).trim()}…`,
    );
  });

  test("a text without end is no slower than a short one", () => {
    for (const unit of ["(", "(Citation: ", "[a](", "<code>", "`", "\n ", "&", "**"]) {
      expect(shortDescription(unit.repeat(200_000)).length).toBeLessThan(500);
    }
  });
});

/** The bundle of a checkout, if there is one, says what our own table says. */
const etc = path.join(rulesFolder() ?? "", "detection_rules/etc");
const bundles = ["attack-v18.1.0.json.gz"]
  .map((name) => path.join(etc, name))
  .filter((file) => existsSync(file));

describe.each(bundles)("the bundle of the public rules", (file) => {
  const catalog = attackCatalogOf(
    dataOf(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")), "18.1"),
  );
  const own = knowledge.attack;

  test("equals our table", () => {
    expect(catalog.techniques.map(comparable)).toEqual(own?.techniques.map(comparable));
    expect(catalog.tactics.map(({ id, name }) => `${id} ${name}`)).toEqual(
      own?.tactics.map(({ id, name }) => `${id} ${name}`),
    );
  });

  test("has a clean description for all that is in use, and mitigations for most", () => {
    const current = catalog.techniques.filter((one) => !one.isDeprecated && one.replacedBy === undefined);
    const unclean = current.filter(({ description }) =>
      /\(Citation|\]\(http|<\/?code|\*\*|&lt;|^$/.test(description),
    );
    expect(unclean.map(({ id }) => id)).toEqual([]);
    expect(current.filter(({ mitigations }) => 0 < (mitigations?.length ?? 0)).length).toBeGreaterThan(500);
  });
});

function comparable({ id, name, tactics, platforms, isDeprecated, replacedBy, parent }: Technique): unknown {
  return {
    id,
    name,
    tactics: [...tactics].sort(),
    platforms: [...platforms].sort(),
    isDeprecated,
    replacedBy,
    parent,
  };
}
