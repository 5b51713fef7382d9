/** `npm run gen` writes every generated file; `npm run gen -- --check` says which are stale, and writes nothing. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { generatedFiles } from "./gen/all.ts";

const root = path.resolve(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const files = await generatedFiles(root);
const stale = [...files].filter(([file, text]) => read(file) !== text).map(([file]) => file);
const leftOver = globSync("docs/checks/**/*.md", { cwd: root }).filter((file) => !files.has(file));

function read(file: string): string | undefined {
  const full = path.join(root, file);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}

if (isCheck) {
  for (const file of [...stale, ...leftOver]) console.error(`stale: ${file}; run npm run gen`);
  process.exitCode = stale.length + leftOver.length === 0 ? 0 : 1;
} else {
  for (const file of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), files.get(file) ?? "");
  }
  for (const file of leftOver) rmSync(path.join(root, file));
  console.log(`${files.size} generated files, ${stale.length} written, ${leftOver.length} removed`);
}
