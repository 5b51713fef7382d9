import { access, constants, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { isFileError } from "./fileError.ts";
import { type WritableHost } from "./host.ts";
import { readableBytes } from "./limitedFile.ts";
import { putFile } from "./wholeFile.ts";

/** A host over Node's file system. `packageRoot` is the folder of our own package.json. */
export function nodeHost(packageRoot: string): WritableHost {
  return {
    readFile: readableBytes,
    async isThere(file) {
      try {
        await stat(file);
        return true;
      } catch (error) {
        if (isFileError(error)) return error.code !== "ENOENT" && error.code !== "ENOTDIR";
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

/** Its mode stays. */
async function replaceFile(file: string, text: string): Promise<void> {
  // A rename asks for no right to write the file itself.
  await access(file, constants.W_OK);
  const { mode } = await stat(file);
  await putFile(file, { content: text, mode: mode & 0o7777, flush: true });
}
