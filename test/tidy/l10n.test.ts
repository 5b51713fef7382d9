/** Texts of the manifest stand in `package.nls.json`, so that they can be translated. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/fixture.ts";

interface Manifest {
  readonly displayName: string;
  readonly capabilities: object;
  readonly contributes: object;
}

interface Leaf {
  readonly place: readonly string[];
  readonly text: string;
}

// Our own files.
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;
const texts = JSON.parse(readFileSync(path.join(root, "package.nls.json"), "utf8")) as Record<string, string>;

const leaves = [...stringsIn(manifest.capabilities, []), ...stringsIn(manifest.contributes, [])];
const usedKeys = leaves.flatMap(({ text }) => /^%(.+)%$/.exec(text)?.[1] ?? []);

/** Properties whose values VS Code shows, or whose lists it shows. */
const SHOWN = new Set([
  ...["title", "shortTitle", "label", "contents", "contextualTitle", "altText", "description"],
  ...["markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "enumItemLabels"],
  ...["deprecationMessage", "markdownDeprecationMessage", "patternErrorMessage", "errorMessage"],
]);

test("every key has a text", () => {
  expect(usedKeys.length).toBeGreaterThan(100);
  expect(usedKeys.filter((key) => (texts[key] ?? "") === "")).toEqual([]);
});

test("every text is used", () => {
  const used = new Set(usedKeys);
  expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
});

test("no text for people is left in the manifest but the name of the extension", () => {
  const left = leaves.filter(
    ({ place, text }) => isShown(place) && text !== manifest.displayName && !/^%.+%$/.test(text),
  );
  expect(left).toEqual([]);
});

function isShown(place: readonly string[]): boolean {
  const name = place.findLast((part) => !/^\d+$/.test(part)) ?? "";
  return SHOWN.has(name) || (place[0] === "views" && name === "name");
}

function stringsIn(value: unknown, place: readonly string[]): readonly Leaf[] {
  if (typeof value === "string") return [{ place, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => stringsIn(child, [...place, name]));
}
