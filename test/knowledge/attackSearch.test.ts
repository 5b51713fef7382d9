/** Searches of techniques and tactics, as completion asks for them. */
import { describe, expect, test } from "vitest";
import { type ThreatKind, threatBlocks, threatSearch } from "../../server/src/core/knowledge/attackSearch.ts";
import { atlas } from "../../server/src/core/knowledge/atlas.ts";
import { type AttackCatalog } from "../../server/src/core/knowledge/attack.ts";
import { knowledge } from "../support/analyse.ts";

const ALL: readonly ThreatKind[] = ["tactic", "technique", "sub-technique"];
const TECHNIQUES: readonly ThreatKind[] = ["technique"];
const SUBTECHNIQUES: readonly ThreatKind[] = ["sub-technique"];

function attack(): AttackCatalog {
  if (knowledge.attack === undefined) throw new Error("The catalog is not there");
  return knowledge.attack;
}

const search = threatSearch(attack());

describe("the first ones found", () => {
  test.each([
    ["an id", "T1059", ALL, ["T1059", "T1059.001", "T1059.002"]],
    ["an id in small letters", "t1059.00", ALL, ["T1059.001", "T1059.002", "T1059.003"]],
    ["an id as pages write it", "T1059/003", ALL, ["T1059.003"]],
    ["the digits of an id", "1059.003", ALL, ["T1059.003"]],
    ["the beginning of an id, of one kind", "T105", TECHNIQUES, ["T1052", "T1053", "T1055"]],
    ["a tactic's id", "TA000", ["tactic"], ["TA0001", "TA0002", "TA0003"]],
    ["the beginning of a name", "Powers", ALL, ["T1059.001", "T1546.013"]],
    ["a whole name before longer ones", "phishing", ALL, ["T1566", "T1598"]],
    ["words in any order", "task sched", ALL, ["T1053.005", "T1053"]],
    ["words of the technique above", "process inject hollow", ALL, ["T1055.012"]],
    ["the inside of a name", "earphish", SUBTECHNIQUES, ["T1566.002", "T1598.003"]],
    ["a keyword that is in no name", "comsvcs", ALL, ["T1003.001"]],
    ["a misspelt word", "kerberosting", ALL, ["T1558.003"]],
    ["nothing that is there", "xyzzy", ALL, []],
  ] as const)("%s: %s", (_what, text, kinds, expected) => {
    const found = search({ text, kinds, limit: 3 }).map(({ insert }) => insert.id);
    expect(found.slice(0, expected.length)).toEqual(expected);
    expect(expected.length === 0 ? found : []).toEqual([]);
  });
});

test("an outdated id finds what took its place, and says so", () => {
  const [first] = search({ text: "T1086", kinds: ALL, limit: 5 });
  expect(first?.insert).toEqual({
    id: "T1059.001",
    name: "PowerShell",
    reference: "https://attack.mitre.org/techniques/T1059/001/",
  });
  expect(first?.insteadOf?.id).toBe("T1086");
  // A sub-technique cannot stand where a technique does.
  expect(search({ text: "T1086", kinds: TECHNIQUES, limit: 5 })).toEqual([]);
});

test("nothing outdated is offered", () => {
  const ids = search({ text: "", kinds: ALL, limit: 2000 }).map(({ insert }) => insert.id);
  const outdated = attack().techniques.filter((one) => one.isDeprecated || one.replacedBy !== undefined);
  expect(0 < outdated.length && outdated.filter(({ id }) => ids.includes(id))).toEqual([]);
  expect(ids).toHaveLength(attack().tactics.length + attack().techniques.length - outdated.length);
});

test("techniques of the entry's tactic come first, among equals", () => {
  const ids = (tactic: string): readonly string[] =>
    search({ text: "valid accounts", kinds: ["sub-technique"], tactic, limit: 1 }).map(
      ({ insert }) => insert.id,
    );
  expect(ids("TA0001")).toEqual(["T1078.001"]);
  const first = search({ text: "", kinds: TECHNIQUES, tactic: "TA0040", limit: 5 }).map(
    ({ threat }) => threat,
  );
  expect(first.every((one) => one.kind === "technique" && one.tactics.includes("TA0040"))).toBe(true);
});

test("below a technique only its own sub-techniques are found", () => {
  const found = search({ text: "", kinds: SUBTECHNIQUES, parent: "T1003", limit: 20 }).map(
    ({ insert }) => insert.id,
  );
  expect(found).toEqual(
    attack()
      .subtechniquesOf("T1003")
      .map(({ id }) => id),
  );
});

test("a block is made for each tactic", () => {
  const task = attack().technique("T1053.005");
  if (task === undefined) throw new Error("T1053.005 is not there");
  const blocks = threatBlocks(attack(), task);
  expect(blocks.map(({ tactic }) => tactic.id).sort()).toEqual(["TA0002", "TA0003", "TA0004"]);
  expect(blocks[0]?.technique?.name).toBe("Scheduled Task/Job");
  expect(blocks[0]?.subtechnique?.name).toBe("Scheduled Task");
});

test("ATLAS is searched alike", () => {
  const inAtlas = threatSearch(atlas());
  expect(inAtlas({ text: "jailbreak", kinds: ALL, limit: 1 })[0]?.insert).toEqual({
    id: "AML.T0054",
    name: "LLM Jailbreak",
    reference: "https://atlas.mitre.org/techniques/AML.T0054/",
  });
  expect(inAtlas({ text: "AML.T0051.0", kinds: ALL, limit: 9 })).toHaveLength(3);
});

test("a search of the whole catalog takes less than 5 ms", () => {
  const texts = [
    "T10",
    "power",
    "credental acess",
    "xyzzy xyzzy xyzzy",
    "a",
    "",
    "x ".repeat(100_000),
    "y".repeat(100_000),
  ];
  for (const text of texts) {
    const times = Array.from({ length: 15 }, () => {
      const started = performance.now();
      search({ text, kinds: ALL, limit: 50 });
      return performance.now() - started;
    });
    expect(times.sort((a, b) => a - b)[3], JSON.stringify(text.slice(0, 20))).toBeLessThan(5);
  }
});
