import { link, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isFileError } from "./node.ts";
import { newId } from "./newId.ts";

/** Writes a new file, whole or not at all. False if there is one of that name. */
export async function createFile(file: string, text: string): Promise<boolean> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${newId()}`);
  try {
    await writeFile(beside, text, { flag: "wx" });
    // Unlike a rename, a link never takes the place of another file.
    await link(beside, file);
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}
