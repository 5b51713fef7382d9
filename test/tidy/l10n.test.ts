/** Texts of the manifest stand in `package.nls.json`, those of the client in `l10n.t`, so that they can be translated. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  type FoundText,
  clientSources,
  l10nBundle,
  parsedSource,
  translatableTexts,
} from "../../scripts/gen/l10n.ts";
import { untranslatedTexts } from "../client/untranslated.ts";
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

const sources = clientSources(root);

/** Read by those who mend the extension, in logs and reports. */
const ENGLISH = ["client/src/diagnosticsInfo.ts:", ": The server stopped and is started again"];

test("no text for people is left in the client but what is meant to be English", () => {
  const left = sources.flatMap(untranslatedTexts);
  expect(left.filter((text) => !ENGLISH.some((part) => text.includes(part)))).toEqual([]);
  expect(ENGLISH.filter((part) => !left.some((text) => text.includes(part)))).toEqual([]);
});

test.each<readonly [name: string, code: string, found: readonly string[]]>([
  ["a message", 'window.showErrorMessage("broken");', ["1: broken"]],
  ["its button", 'window.showErrorMessage(l10n.t("Broken"), "log");', ["1: log"]],
  ["a value of a translated text", 'l10n.t("{0} rules", isAny ? "Some of them" : 0);', ["1: Some of them"]],
  ["pieces of a template", "item.tooltip = `${count} rules`;", ["1: {} rules"]],
  ["one of two", 'pick.title = isOne ? l10n.t("1 rule") : "rules";', ["1: rules"]],
  ["what stands in for nothing", 'const shown = { detail: text ?? "unknown" };', ["1: unknown"]],
  ["the name of a test", 'controller.createTestItem("id", "case");', ["1: case"]],
  ["a sentence by itself", 'const NOTHING =\n  "There is nothing";', ["2: There is nothing"]],
  ["a text of a page", "const html = `<p>${count} rules in all</p>`;", ["1: {} rules in all"]],
  ["a translated text", 'window.showErrorMessage(l10n.t("It broke"));', []],
  ["an icon and the product", 'const item = { label: `$(add) ${l10n.t("Add")}`, name: "Rulewright" };', []],
  ["ids, commands and modules", 'import { a } from "Some module"; run("rulewright.run", ["--check"]);', []],
  ["the log", 'log.error("It could not be read", error);', []],
])("outside of l10n.t: %s", (_name, code, found) => {
  expect(untranslatedTexts(parsedSource("", code))).toEqual(found.map((text) => `:${text}`));
});

/** What the generator finds in the syntax tree, by another way. */
const CALLED = /\bl10n\.t\(\s*(["'`])(.*?)\1\s*[,)]/g;

test("the bundle holds the texts of the client and nothing else", () => {
  const called = sources.flatMap(({ text }) => [...text.matchAll(CALLED)].map((match) => match[2] ?? ""));
  expect(called.length).toBeGreaterThan(100);
  // Our own file.
  const bundle = JSON.parse(readFileSync(path.join(root, "l10n/bundle.l10n.json"), "utf8")) as object;
  expect(new Set(Object.keys(bundle))).toEqual(new Set(called));
  expect(Object.entries(bundle).filter(([text, same]) => text !== same)).toEqual([]);
});

test.each<readonly [name: string, code: string, problem: string]>([
  ["a variable", "l10n.t(message);", "the first argument of l10n.t is no literal"],
  ["a template", "l10n.t(`${count} rules`);", "the first argument of l10n.t is no literal"],
  ["a sum", 'l10n.t("a" + "b");', "the first argument of l10n.t is no literal"],
  ["a value without a place", 'l10n.t("rules", count);', '"rules" has other places than values'],
  ["a place without a value", 'l10n.t("{0} of {1}", count);', '"{0} of {1}" has other places than values'],
  ["values that are not seen", 'l10n.t("{0}", ...counts);', '"{0}" has other places than values'],
  ["another name", 'import { l10n as texts } from "vscode";', "l10n is used by its own name only"],
  ["a part of it", "const { t } = l10n;", "l10n is used by its own name only"],
  ["a function handed on", "texts.map(l10n.t);", "l10n.t is called where it stands"],
])("the bundle is not written with %s", (_name, code, problem) => {
  const source = parsedSource("x.ts", code);
  const expected: readonly FoundText[] = [{ kind: "problem", place: "x.ts:1", problem }];
  expect(translatableTexts(source)).toEqual(expected);
  expect(() => l10nBundle([source])).toThrow(problem);
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
