/** The manifest, and what the package holds: all that it needs, and nothing else. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { root } from "../support/fixture.ts";

const packaged = execFileSync(
  process.execPath,
  [path.join(root, "node_modules/@vscode/vsce/vsce"), "ls", "--no-dependencies"],
  {
    cwd: root,
    encoding: "utf8",
  },
)
  .split("\n")
  .filter((file) => file !== "" && !file.includes(" "));

interface Manifest {
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean | "limited" } };
  readonly dependencies?: object;
  readonly contributes: {
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly image?: string; readonly markdown?: string } }[];
    }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly languages: readonly { readonly id: string; readonly configuration?: string }[];
  };
}

// Our own file.
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;

test("the package holds what it names", () => {
  const named = [
    manifest.main,
    ...Object.values(manifest.bin),
    manifest.icon,
    ...manifest.contributes.grammars.map((grammar) => grammar.path),
    ...manifest.contributes.languages.flatMap(({ configuration }) => configuration ?? []),
    ...manifest.contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ media }) => media.image ?? media.markdown ?? []),
    ),
    "rules/windows/credential_access_registry_searched_for_stored_passwords.toml",
    "dist/server.cjs",
    "dist/worker.cjs",
    "dist/update.cjs",
    "dist/third-party-licences.txt",
    "data/versions.json",
    "l10n/bundle.l10n.json",
    "package.nls.json",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    ...CHECKS.map(({ id }) => `docs/checks/${id}.md`),
  ].map((file) => file.replace(/^\.\//, ""));
  expect(named.filter((file) => !packaged.includes(file))).toEqual([]);
});

test("the package holds no sources, tests or maps", () => {
  const strays = packaged.filter(
    (file) =>
      !/^(?:package(?:\.nls)?\.json|[A-Z]+(?:\.md)?|(?:dist|data|l10n|docs\/checks|docs\/walkthrough|rules|images|syntaxes)\/.*)$/.test(
        file,
      ),
  );
  expect(strays).toEqual([]);
  expect(packaged.filter((file) => /\.(?:map|ts)$|^dist\/test/.test(file))).toEqual([]);
});

test("the extension wakes for languages only, runs in Restricted Mode and needs no packages at run time", () => {
  expect(manifest.activationEvents.every((event) => event.startsWith("onLanguage:"))).toBe(true);
  expect(manifest.capabilities.untrustedWorkspaces.supported).toBe("limited");
  expect(manifest.dependencies).toBeUndefined();
});

test("the sources of the data are named", () => {
  for (const file of ["data/SOURCES.md", "NOTICE"])
    expect(existsSync(path.join(root, file)), file).toBe(true);
  const notice = readFileSync(path.join(root, "NOTICE"), "utf8");
  expect(notice).toContain("@elastic/ecs");
  expect(notice).toContain("© 2026 The MITRE Corporation");
});
