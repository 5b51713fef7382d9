import { stat } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";
import { isFileError } from "../host/node.ts";
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

async function filesOf(pattern: string, cwd: string): Promise<readonly string[]> {
  const kind = await kindOf(path.resolve(cwd, pattern));
  if (kind === "file") return [pattern];
  if (kind === "folder") {
    return glob(["**/*.toml"], {
      cwd: path.resolve(cwd, pattern),
      absolute: true,
      dot: false,
      ignore: IGNORED,
      expandDirectories: false,
    });
  }
  const files = /[*?[\]{}()!]/.test(pattern)
    ? await glob([pattern.replaceAll("\\", "/")], {
        cwd,
        absolute: true,
        ignore: IGNORED,
        expandDirectories: false,
      })
    : [];
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
