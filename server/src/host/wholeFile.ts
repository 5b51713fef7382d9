/** Writes files so that nobody ever sees half of one: beside its place first, then in one step into it. */
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isFileError } from "./fileError.ts";
import { newId } from "./newId.ts";

export interface WrittenFile {
  readonly content: string | Uint8Array;
  /** Who may do what with it; undefined: as the system has it for new files. */
  readonly mode?: number;
  /** Whether it must outlast a failure of power. */
  readonly flush: boolean;
}

const MODE_BITS = 0o7777;

/** In the place of what stands there, if anything does. */
export async function putFile(file: string, written: WrittenFile): Promise<void> {
  await writtenBeside(file, written, (beside) => rename(beside, file));
}

/** A new file. False if there is one of that name. */
export async function createFile(
  file: string,
  content: string,
  linkTo: (beside: string, file: string) => Promise<void> = link,
): Promise<boolean> {
  try {
    await writtenBeside(file, { content, flush: true }, async (beside) => {
      try {
        // Unlike a rename, a link never takes the place of another file.
        await linkTo(beside, file);
      } catch (error) {
        if (!isFileError(error) || error.code === "EEXIST") throw error;
        // Some disks and shares have no links.
        await createInPlace(file, content);
      }
      await rm(beside, { force: true });
    });
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === "EEXIST") return false;
    throw error;
  }
}

async function writtenBeside(
  file: string,
  { content, mode, flush }: WrittenFile,
  put: (beside: string) => Promise<void>,
): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${newId()}`);
  try {
    const handle = await open(beside, "wx", mode);
    try {
      await handle.writeFile(content);
      // A new file gets less than was asked for; a disk without modes refuses to be asked.
      if (mode !== undefined && ((await handle.stat()).mode & MODE_BITS) !== mode) await handle.chmod(mode);
      if (flush) await handle.sync();
    } finally {
      await handle.close();
    }
    await put(beside);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Whole or not at all, unless we are ended while we write. */
async function createInPlace(file: string, content: string): Promise<void> {
  const handle: FileHandle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
