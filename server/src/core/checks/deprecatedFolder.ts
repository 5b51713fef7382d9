/** The folder that deprecated rules are kept in. */
import { foldersOf } from "./rulePath.ts";

export const DEPRECATED_FOLDER = "_deprecated";

export function isInDeprecatedFolder(path: string): boolean {
  return foldersOf(path).includes(DEPRECATED_FOLDER);
}
