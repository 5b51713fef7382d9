/** Names in the path of a rule's file. */

/** The folder that the file stands in; undefined for a text without a file, and for one beside all folders. */
export function folderOf(path: string | undefined): string | undefined {
  return path?.split("/").at(-2);
}

/** The name of the file without its ending. */
export function stemOf(path: string | undefined): string | undefined {
  return path
    ?.split("/")
    .at(-1)
    ?.replace(/\.[^.]*$/, "");
}

/** The folders above a rule's file, from the outermost one. */
export function foldersOf(path: string): readonly string[] {
  return path.split("/").slice(0, -1);
}
