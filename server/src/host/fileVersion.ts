import { stampOf } from "./testFiles.ts";

/** What tells one state of a file from another: the text of a document that is open, else when the file was written. */
export interface FileVersion {
  readonly text: string | undefined;
  readonly stamp: string | undefined;
}

/** Undefined if there is neither a document nor a file. */
export async function versionOf(
  file: string,
  overlay: (file: string) => string | undefined,
): Promise<FileVersion | undefined> {
  const text = overlay(file);
  if (text !== undefined) return { text, stamp: undefined };
  const stamp = await stampOf(file);
  return stamp === undefined ? undefined : { text: undefined, stamp };
}

export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return one.stamp === other.stamp && one.text === other.text;
}
