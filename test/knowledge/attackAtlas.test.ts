/** ATLAS: our own table of facts, and the two layouts of its files. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atlas } from "../../server/src/core/knowledge/atlas.ts";
import { atlasData, atlasFileErrorText } from "../../server/src/core/knowledge/atlasBundle.ts";
import { attackCatalogOf } from "../../server/src/core/knowledge/attackData.ts";
import { attackUrl } from "../../server/src/core/knowledge/attack.ts";

describe("our own table", () => {
  const { tactics, techniques } = atlas();

  test("names each id once, in the form of ATLAS", () => {
    const ids = [...tactics, ...techniques].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(tactics.filter(({ id }) => !/^AML\.TA\d{4}$/.test(id))).toEqual([]);
    expect(techniques.filter(({ id }) => !/^AML\.T\d{4}(?:\.\d{3})?$/.test(id))).toEqual([]);
    expect([tactics.length, techniques.length]).toEqual([16, 173]);
  });

  test("has the technique of every sub-technique and the tactics of every technique", () => {
    const { technique, tactic } = atlas();
    expect(
      techniques.filter(({ parent }) => parent !== undefined && technique(parent) === undefined),
    ).toEqual([]);
    expect(techniques.filter((one) => one.tactics.some((id) => tactic(id) === undefined))).toEqual([]);
    expect(technique("AML.T0051.001")?.tactics).toEqual(["AML.TA0005"]);
  });

  test("links keep the dots of ids", () => {
    expect(attackUrl("AML.T0051.001")).toBe("https://atlas.mitre.org/techniques/AML.T0051.001/");
    expect(attackUrl("AML.TA0005")).toBe("https://atlas.mitre.org/tactics/AML.TA0005/");
  });
});

const TACTIC = { id: "AML.TA9001", name: "Teasing", description: "Why they tease.\n\nMore." };
const TECHNIQUE = { id: "AML.T9001", name: "Riddle", description: "A riddle." };
const PART = { id: "AML.T9001.000", name: "Rhyme" };

describe("files", () => {
  const matrix = {
    id: "ATLAS",
    tactics: [TACTIC],
    techniques: [
      { ...TECHNIQUE, tactics: ["AML.TA9001"] },
      { ...PART, "subtechnique-of": "AML.T9001" },
    ],
  };
  const collection = {
    collection: { version: "2026.08" },
    tactics: { "AML.TA9001": TACTIC },
    techniques: { "AML.T9001": TECHNIQUE, "AML.T9001.000": PART },
    relationships: {
      "AML.T9001": { achieves: [{ target: "AML.TA9001" }] },
      "AML.T9001.000": { achieves: [{ target: "AML.TA9001" }] },
    },
  };

  test.each([
    ["a list of matrices", { version: "5.1.0", matrices: [{ id: "Other" }, matrix] }],
    ["a collection by id", collection],
  ])("%s is read", (_name, json) => {
    const read = atlasData(json, "2026.08");
    if (!read.ok) throw new Error(atlasFileErrorText(read.error));
    const catalog = attackCatalogOf(read.value);
    expect([catalog.framework, catalog.version]).toEqual(["MITRE ATLAS", "2026.08"]);
    expect(catalog.tactic("AML.TA9001")?.description).toBe("Why they tease.");
    expect(catalog.technique("AML.T9001.000")?.tactics).toEqual(["AML.TA9001"]);
    expect(catalog.subtechniquesOf("AML.T9001").map(({ name }) => name)).toEqual(["Rhyme"]);
  });

  test.each([
    [undefined, "it has neither a matrix nor a collection of ATLAS"],
    [{ matrices: [] }, "it has neither a matrix nor a collection of ATLAS"],
    [{ matrices: [{ ...matrix, tactics: [] }] }, "it has no tactics"],
    [{ ...collection, techniques: [] }, "it has no techniques"],
    [{ ...collection, techniques: { a: { name: "Riddle" } } }, "Riddle has no id"],
    [{ ...collection, tactics: { a: { id: "AML.TA9001", name: 7 } } }, "AML.TA9001 has no name"],
  ])("%j is refused", (json, expected) => {
    const read = atlasData(json, "1");
    expect(read.ok ? "read" : atlasFileErrorText(read.error)).toBe(expected);
  });

  test("no JSON makes the reader throw", () => {
    const shape = fc.record({ collection: fc.object(), tactics: fc.jsonValue(), techniques: fc.jsonValue() });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shape, fc.record({ matrices: fc.jsonValue() })), (json) => {
        const read = atlasData(json, "1");
        expect(read.ok || atlasFileErrorText(read.error) !== "").toBe(true);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
