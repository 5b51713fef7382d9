/** Gathers the licences of the packages that were bundled, which their terms ask to be shipped along. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Metafile } from "esbuild";

/** One text with the licence of every package among the bundles' inputs. */
export function bundledLicences(root: string, metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ inputs: files }) => Object.keys(files));
  const packages = new Set(inputs.flatMap((file) => packageOf(file) ?? []));
  return [...packages]
    .sort()
    .map((name) => section(path.join(root, "node_modules", name), name))
    .join("\n");
}

function packageOf(file: string): string | undefined {
  return /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function section(folder: string, name: string): string {
  // package.json of an installed package.
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    readonly version: string;
    readonly license?: string;
  };
  const file = existsSync(folder) ? readdirSync(folder).find((one) => /^licen[cs]e/i.test(one)) : undefined;
  const text = file === undefined ? "" : readFileSync(path.join(folder, file), "utf8").trim();
  const line = "=".repeat(72);
  return `${line}\n${name} ${manifest.version} (${manifest.license ?? "see below"})\n${line}\n${text}\n`;
}
