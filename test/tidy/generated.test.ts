/** Generated files are committed and fresh; data files have the shape that is loaded. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { generatedFiles } from "../../scripts/gen/all.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { knowledge } from "../support/analyse.ts";
import { root } from "../support/fixture.ts";

const files = await generatedFiles(root);

test.each([...files.keys()])("%s is fresh (npm run gen)", (file) => {
  const full = path.join(root, file);
  expect(existsSync(full) ? readFileSync(full, "utf8") : undefined).toBe(files.get(file));
});

test("a check's id is its file's place", () => {
  const registry = readFileSync(path.join(root, "server/src/core/checks/registry.generated.ts"), "utf8");
  const places = [...registry.matchAll(/from "\.\/([^"]+\/[^"]+)\.ts"/g)].map((match) => match[1]);
  expect(CHECKS.map(({ id }) => id)).toEqual(places);
});

test("checks read well: sentences with a full stop for people, ids of two words", () => {
  for (const { id, summary, why } of CHECKS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(summary, id).toMatch(/^[A-Z].*\.$/);
    expect(why, id).toMatch(/^["A-Z].*\.$/);
  }
});

test("the catalogs are whole", () => {
  expect(knowledge.fields?.size).toBeGreaterThan(2600);
  expect(knowledge.attack?.tactics.length).toBe(14);
  expect(knowledge.attack?.techniques.length).toBe(835);
  const technique = knowledge.attack?.technique("T1059.001");
  expect(technique).toMatchObject({
    name: "PowerShell",
    tactics: ["TA0002"],
    parent: "T1059",
    replacedBy: undefined,
  });
});

test("every technique has tactics that exist, a parent that exists, and a successor that exists", () => {
  const { attack } = knowledge;
  for (const technique of attack?.techniques ?? []) {
    if (technique.replacedBy !== undefined)
      expect(attack?.technique(technique.replacedBy), technique.id).toBeDefined();
    else expect(technique.tactics.length, technique.id).toBeGreaterThan(0);
    for (const tactic of technique.tactics) expect(attack?.tactic(tactic), technique.id).toBeDefined();
    if (technique.parent !== undefined)
      expect(attack?.technique(technique.parent), technique.id).toBeDefined();
    expect(technique.description.length, technique.id).toBeLessThan(160);
    expect(technique.description, technique.id).toMatch(/^[A-Z].*\.$/);
  }
});
