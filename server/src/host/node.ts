import { randomUUID } from "node:crypto";
import { access, constants, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type WritableHost } from "./host.ts";

/** A host over Node's file system. `packageRoot` is the folder of our own package.json. */
export function nodeHost(packageRoot: string): WritableHost {
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
    resolve: (folder, file) => path.resolve(folder, file),
    async replaceFile(file, text) {
      try {
        await replaceFile(await realpath(file), text);
        return undefined;
      } catch (error) {
        if (isFileError(error)) return error.code;
        throw error;
      }
    },
  };
}

/** Writes beside the file and renames, so that nobody ever sees half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  // A rename asks for no right to write the file itself.
  await access(file, constants.W_OK);
  const { mode } = await stat(file);
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    const handle = await open(beside, "wx");
    try {
      await handle.writeFile(text, "utf8");
      await handle.chmod(mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** An error of the file system, such as ENOENT, has a code; others are our bugs. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
