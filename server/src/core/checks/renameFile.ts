/** Gives a rule's file another name: in its folder, and with the tests that belong to it. */
import { type Fix } from "../text/edit.ts";

/** No fix where the name would stay as it is. */
export function renameFile(path: string, name: string): readonly Fix[] {
  const current = path.split("/").at(-1);
  if (name === current) return [];
  return [{ title: `Rename the file to ${name}`, safety: "unsafe", edits: [], renameTo: name }];
}

/** The path with another file name. */
export function renamedPath(path: string, name: string): string {
  return [...path.split("/").slice(0, -1), name].join("/");
}
