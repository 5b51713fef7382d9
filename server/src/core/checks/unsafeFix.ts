import { type Edit, type Fix } from "../text/edit.ts";

/** A fix that an author decides on; none if one of its edits cannot be made, or there is none. */
export function unsafeFix(title: string, ...edits: readonly (Edit | undefined)[]): readonly Fix[] {
  const made = edits.flatMap((edit) => edit ?? []);
  const isWhole = 0 < made.length && made.length === edits.length;
  return isWhole ? [{ title, safety: "unsafe", edits: made }] : [];
}
