/** The manifest names the kinds of tokens and notes as the server does. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_KINDS, INLAY_HINT_KINDS } from "../server/src/core/features/inlayHintsModel.ts";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../server/src/core/features/semanticTokensLegend.ts";
import { root } from "./support/fixture.ts";

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly markdownDescription: string;
}

interface Manifest {
  readonly contributes: {
    readonly semanticTokenTypes: readonly { readonly id: string; readonly superType: string }[];
    readonly semanticTokenModifiers: readonly { readonly id: string }[];
    readonly semanticTokenScopes: readonly { readonly scopes: Readonly<Record<string, readonly string[]>> }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

// Our own file.
const { contributes } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;

/** Of the protocol; the others are ours, and must be declared. */
const STANDARD_TYPES: ReadonlySet<string> = new Set([
  ...["property", "function", "operator", "keyword", "string", "regexp", "comment", "number", "type"],
]);

test("types and modifiers of our own are declared, and no others", () => {
  const ownTypes = TOKEN_TYPES.filter((type) => !STANDARD_TYPES.has(type));
  expect(contributes.semanticTokenTypes.map(({ id }) => id).sort()).toEqual([...ownTypes].sort());
  const ownModifiers = TOKEN_MODIFIERS.filter((modifier) => modifier !== "deprecated");
  expect(contributes.semanticTokenModifiers.map(({ id }) => id)).toEqual(ownModifiers);
});

test("colours are given to types and modifiers that there are", () => {
  const selectors = contributes.semanticTokenScopes.flatMap(({ scopes }) => Object.keys(scopes));
  const types: ReadonlySet<string> = new Set(TOKEN_TYPES);
  const modifiers: ReadonlySet<string> = new Set(TOKEN_MODIFIERS);
  const unknown = selectors.filter((selector) => {
    const [type = "", ...more] = selector.split(".");
    return !types.has(type) || more.some((modifier) => !modifiers.has(modifier));
  });
  expect(selectors.length).toBeGreaterThan(TOKEN_TYPES.length);
  expect(unknown).toEqual([]);
});

// Our own file.
const texts = JSON.parse(readFileSync(path.join(root, "package.nls.json"), "utf8")) as Readonly<
  Record<string, string>
>;

test("each kind of note has a setting with the server's default", () => {
  const prefix = "rulewright.inlayHints.";
  const settings = contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties).filter(([name]) => name.startsWith(prefix)),
  );
  const isOn = settings.map(([name, setting]) => [name.slice(prefix.length), setting.default]);
  expect(isOn).toEqual(INLAY_HINT_KINDS.map((kind) => [kind, DEFAULT_KINDS.includes(kind)]));
  for (const [, { type, markdownDescription = "" }] of settings) {
    expect(type).toBe("boolean");
    expect(texts[markdownDescription.replaceAll("%", "")]).toMatch(/^Show .+\.$/);
  }
});
