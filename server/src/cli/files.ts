import { lstatSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";
import { isFileError } from "../host/fileError.ts";
import { ruleFilesBelow } from "../host/ruleFiles.ts";
import { UsageError } from "./exit.ts";

const IGNORED = ["**/node_modules/**", "**/.git/**", "**/.venv/**"];

/** The TOML files that files, folders and patterns name, once each, as absolute paths in order. */
export async function collectFiles(patterns: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const file of await filesOf(pattern, cwd)) found.add(path.resolve(cwd, file));
  }
  return [...found].sort();
}

/** Those of the paths that are files, not folders or patterns. */
export async function namedFiles(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const named: string[] = [];
  for (const one of paths) {
    const file = path.resolve(cwd, one);
    if ((await kindOf(file)) === "file") named.push(file);
  }
  return named;
}

async function filesOf(pattern: string, cwd: string): Promise<readonly string[]> {
  const kind = await kindOf(path.resolve(cwd, pattern));
  if (kind === "file") return [pattern];
  if (kind === "folder") {
    return ruleFilesBelow(path.resolve(cwd, pattern), { within: "everywhere" });
  }
  const found = /[*?[\]{}()!]/.test(pattern)
    ? await glob([pattern.replaceAll("\\", "/")], {
        cwd,
        absolute: true,
        ignore: IGNORED,
        expandDirectories: false,
        followSymbolicLinks: false,
      })
    : [];
  // As below folders: a link to a rule would make two of it.
  const files = found.filter((file) => lstatSync(file).isFile());
  if (files.length === 0) throw new UsageError(`There is no file or folder ${pattern}`);
  return files;
}

async function kindOf(file: string): Promise<"file" | "folder" | "none"> {
  try {
    return (await stat(file)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (isFileError(error)) return error.code === "EACCES" ? "file" : "none";
    throw error;
  }
}
