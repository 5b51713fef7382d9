/**
 * Bundles what is shipped: the extension, the language server and the command line tool.
 * `--test` also bundles the suite that runs inside VS Code.
 */
import { type BuildOptions, type Metafile, build } from "esbuild";
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundledLicences } from "./licences.ts";

interface Bundle {
  readonly from: string;
  readonly to: string;
  readonly options?: BuildOptions;
}

const root = join(import.meta.dirname, "..");
// `package.json` is JSON of our own.
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
};

/** CommonJS, as VS Code's extension host loads nothing else everywhere; it also runs on Node 20. */
const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: ["es2022", "node20"],
  mainFields: ["module", "main"],
  sourcemap: "linked",
  define: { RULEWRIGHT_VERSION: JSON.stringify(version) },
  logLevel: "warning",
};

const shipped: readonly Bundle[] = [
  {
    from: "client/src/node/main.ts",
    to: "dist/client.cjs",
    options: { minify: true, external: ["vscode"] },
  },
  // Needed by the one command that goes out to a network.
  { from: "server/src/host/update/update.ts", to: "dist/update.cjs", options: { minify: true } },
  { from: "server/src/lsp/main.node.ts", to: "dist/server.cjs", options: { minify: true } },
  { from: "server/src/worker/main.ts", to: "dist/worker.cjs", options: { minify: true } },
  {
    from: "server/src/cli/main.ts",
    to: "dist/cli.cjs",
    options: {
      minify: true,
      // tinyglobby asks for its own place, which a CommonJS bundle must be told.
      define: { ...common.define, "import.meta.url": "moduleUrl" },
      banner: {
        js: '#!/usr/bin/env node\nconst moduleUrl = require("node:url").pathToFileURL(__filename).href;',
      },
    },
  },
];

function testBundles(): readonly Bundle[] {
  const folder = "test/vscode/suite";
  return readdirSync(join(root, folder))
    .filter((name) => name === "index.ts" || name.endsWith(".test.ts"))
    .map((name) => ({
      from: `${folder}/${name}`,
      to: `dist/test/${basename(name, ".ts")}.cjs`,
      options: { external: ["vscode", "mocha"] },
    }));
}

async function bundle({ from, to, options }: Bundle): Promise<Metafile | undefined> {
  if (!existsSync(join(root, from))) {
    console.error(`Cannot build ${to}: its entry ${from} is missing`);
    return undefined;
  }
  try {
    const { metafile } = await build({
      ...common,
      ...options,
      metafile: true,
      entryPoints: [from],
      outfile: to,
    });
    if (to.endsWith("cli.cjs")) chmodSync(join(root, to), 0o755);
    return metafile;
  } catch {
    return undefined; // esbuild has printed what is wrong
  }
}

const bundles = process.argv.includes("--test") ? [...shipped, ...testBundles()] : shipped;
const built = await Promise.all(bundles.map(bundle));
const metafiles = built.filter((metafile) => metafile !== undefined);
if (metafiles.length < bundles.length) process.exitCode = 1;
writeFileSync(join(root, "dist/third-party-licences.txt"), bundledLicences(root, metafiles));
