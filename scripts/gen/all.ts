/** Everything that is generated from the code, by path. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Check } from "../../server/src/core/checks/check.ts";
import { differencesPage } from "./differences.ts";
import { checkIndex, checkPage } from "./docs.ts";
import { generateCst } from "./cst.ts";
import { clientSources, l10nBundle } from "./l10n.ts";
import { manifestTexts, manifestWithChecks } from "./manifest.ts";
import { parityPage } from "./parity.ts";
import { settingsPage } from "./settings.ts";
import { checkFiles, registryText } from "./registry.ts";

/** Path from the root to content. Reads the checks from their folder, so it works before the registry exists. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const files = checkFiles(root);
  const exportNames = new Map<string, string>();
  const checks: Check[] = [];
  for (const file of files) {
    const [name, check] = await onlyExport(path.join(root, "server/src/core/checks", file));
    exportNames.set(file, name);
    checks.push(check);
  }
  const manifest = manifestWithChecks(readFileSync(path.join(root, "package.json"), "utf8"), checks);
  const texts = manifestTexts(readFileSync(path.join(root, "package.nls.json"), "utf8"), checks);
  return new Map([
    ["server/src/core/checks/registry.generated.ts", registryText(files, exportNames)],
    ["docs/checks/README.md", checkIndex(checks)],
    ...checks.map((check) => [`docs/checks/${check.id}.md`, checkPage(check)] as const),
    ["package.json", manifest],
    ["package.nls.json", texts],
    ["l10n/bundle.l10n.json", l10nBundle(clientSources(root))],
    ["docs/known-differences.md", differencesPage()],
    ["docs/settings.md", settingsPage(manifest, texts)],
    ["docs/parity.md", parityPage(checks)],
    ...(await generateCst()),
  ]);
}

/** A check file exports one thing: the check, whose id is the file's path. */
async function onlyExport(file: string): Promise<readonly [string, Check]> {
  // The folder's convention; the ids are compared in generated.test.ts.
  const exported = Object.entries((await import(file)) as Record<string, Check>);
  const [first] = exported;
  if (first === undefined || exported.length !== 1) throw new Error(`${file} must export one check`);
  return first;
}
