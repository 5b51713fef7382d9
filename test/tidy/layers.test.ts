/** Who may import whom. A new edge is a change to this table, so that a reviewer sees it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const BELOW_RULE = ["core/base", "core/text", "core/toml", "core/query"];
const BELOW_CHECKS = [...BELOW_RULE, "core/rule", "core/knowledge"];

const EDGES: Readonly<Record<string, readonly string[]>> = {
  "core/base": [],
  "core/text": ["core/base"],
  "core/toml": ["core/base", "core/text"],
  "core/query": ["core/base", "core/text"],
  "core/format": ["core/base", "core/text", "core/toml"],
  "core/knowledge": ["core/base"],
  "core/rule": BELOW_RULE,
  "core/checks": BELOW_CHECKS,
  "core/analysis": [...BELOW_CHECKS, "core/checks", "core/testing", "core/format"],
  "core/features": [
    ...BELOW_CHECKS,
    "core/checks",
    "core/analysis",
    "core/testing",
    "core/format",
    "core/author",
  ],
  "core/engine": ["core/base", "core/text", "core/query"],
  "core/testing": [...BELOW_RULE, "core/rule", "core/engine"],
  "core/author": [...BELOW_RULE, "core/rule", "core/knowledge", "core/engine"],
  "core/kibana": [...BELOW_CHECKS, "core/checks", "core/analysis", "core/engine"],
  "core/coverage": ["core/base", "core/rule", "core/knowledge"],
  "core/compare": [...BELOW_RULE, "core/rule", "core/kibana", "core/engine"],
  host: [
    "core/base",
    "core/kibana",
    "core/compare",
    "core/text",
    "core/toml",
    "core/query",
    "core/rule",
    "core/knowledge",
    "core/analysis",
    "core/testing",
  ],
  worker: ["core/base", "core/knowledge", "host"],
  lsp: [
    "version",
    "host",
    "core/kibana",
    "core/coverage",
    "core/compare",
    "core/author",
    "core/text",
    "core/query",
    "core/rule",
    "core/checks",
    "core/knowledge",
    "core/analysis",
    "core/features",
    "core/format",
    "core/base",
    "core/engine",
    "core/testing",
  ],
  cli: [
    "version",
    "host",
    "core/kibana",
    "core/coverage",
    "core/compare",
    "core/author",
    "lsp",
    "core/base",
    "core/text",
    "core/query",
    "core/rule",
    "core/checks",
    "core/knowledge",
    "core/analysis",
    "core/features",
    "core/format",
    "core/engine",
    "core/testing",
  ],
  version: [],
};

/** Packages that a layer may use; the core may use those that bundle for any platform. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "core/base": ["fastest-levenshtein"],
  "core/toml": ["smol-toml"],
  "core/query": ["chevrotain", "fastest-levenshtein", "lucene"],
  "core/checks": ["markdown-it"],
  "core/analysis": ["picomatch"],
  "core/features": ["jsonc-parser"],
  "core/knowledge": ["fastest-levenshtein", "semver", "yaml"],
  "core/engine": ["ipaddr.js"],
  "core/testing": ["yaml"],
  "core/author": ["yaml"],
  host: ["node:", "yaml", "fflate", "tar-stream", "http-proxy-agent", "https-proxy-agent", "proxy-from-env"],
  worker: ["node:"],
  lsp: ["core/query", "node:", "vscode-languageserver"],
  cli: ["node:", "vscode-languageserver", "commander", "tinyglobby"],
};

const source = path.join(root, "server/src");
const files = globSync(["**/*.ts"], { cwd: source }).sort();

function layerOf(file: string): string {
  const parts = file.split("/");
  return parts[0] === "core" ? `core/${parts[1] ?? ""}` : (parts[0] ?? "").replace(/\.ts$/, "");
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(source, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"/gms)].map((match) => match[1] ?? "");
}

describe("layers", () => {
  test.each(files)("%s imports only what its layer may", (file) => {
    const layer = layerOf(file);
    expect(Object.keys(EDGES), `the layer of ${file} is in the table`).toContain(layer);
    for (const imported of importsOf(file)) {
      if (imported.startsWith(".")) {
        const target = layerOf(path.posix.join(path.posix.dirname(file), imported));
        expect([layer, ...(EDGES[layer] ?? [])], `${file} imports ${imported}`).toContain(target);
      } else {
        const isAllowed = (PACKAGES[layer] ?? []).some(
          (name) => imported === name || imported.startsWith(name.endsWith(":") ? name : `${name}`),
        );
        expect(isAllowed, `${file} imports ${imported}`).toBe(true);
      }
    }
  });

  test("a check imports no other check", () => {
    const checks = files.filter((file) => /^core\/checks\/[^/]+\//.test(file));
    expect(checks.length).toBeGreaterThan(15);
    for (const file of checks) {
      const others = importsOf(file).filter((one) =>
        /^\.\/|^\.\.\/(?:toml|rule|threat|query|allow|internal)\//.test(one),
      );
      expect(others, file).toEqual([]);
    }
  });

  test("protocol types stay in lsp", () => {
    const strays = files.filter(
      (file) =>
        !/^(?:lsp|cli\/commands\/lsp)/.test(file) && importsOf(file).some((one) => one.startsWith("vscode")),
    );
    expect(strays).toEqual([]);
  });

  test("the client takes types only from the server", () => {
    const client = path.join(root, "client/src");
    for (const file of globSync(["**/*.ts"], { cwd: client })) {
      const text = readFileSync(path.join(client, file), "utf8");
      for (const [statement, target = ""] of text.matchAll(
        /^import\s[^;]*?from\s+"([^"]*server\/src[^"]*)";/gms,
      )) {
        if (target.startsWith("vscode")) continue;
        expect(target, file).toMatch(/server\/src\/lsp\/protocol\w*\.ts$/);
        expect(statement, file).toMatch(/^import (?:type )?\{(?:\s*type \w+,?)+\s*\}|^import type /s);
      }
    }
  });
});
