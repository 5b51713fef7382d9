import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Host } from "./host.ts";

/** A host over Node's file system. `packageRoot` is the folder of our own package.json. */
export function nodeHost(packageRoot: string): Host {
  return {
    async readFile(file) {
      try {
        return await readFile(file);
      } catch (error) {
        if (isFileError(error)) return undefined;
        throw error;
      }
    },
    async isFolder(folder) {
      try {
        return (await stat(folder)).isDirectory();
      } catch (error) {
        if (isFileError(error)) return false;
        throw error;
      }
    },
    readPackaged: (file) => readFile(path.join(packageRoot, file), "utf8"),
    packagedUri: (file) => pathToFileURL(path.join(packageRoot, file)).href,
    parentOf(file) {
      const parent = path.dirname(file);
      return parent === file ? undefined : parent;
    },
    join: (folder, name) => path.join(folder, name),
  };
}

/** An error of the file system, such as ENOENT, has a code; others are our bugs. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
