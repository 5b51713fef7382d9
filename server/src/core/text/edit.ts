import { type Span, spanOf } from "./span.ts";

/** Replaces the text at `span`; an empty span inserts, an empty text deletes. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A correction that an author can accept. It is `safe` only if the rule's meaning cannot change. */
export interface Fix {
  readonly title: string;
  readonly safety: "safe" | "unsafe";
  readonly edits: readonly Edit[];
  /** The file gets this name, in its folder; its text stays as it is. */
  readonly renameTo?: string;
}

/** Edits in the order of the text. Of edits that overlap, the first one stays and the others are dropped. */
export function orderedEdits(edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: Edit[] = [];
  let reached = 0;
  for (const edit of sorted) {
    if (edit.span.start < reached) continue;
    kept.push(edit);
    reached = Math.max(edit.span.end, edit.span.start);
  }
  return kept;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let reached = 0;
  for (const edit of orderedEdits(edits)) {
    result += text.slice(reached, edit.span.start) + edit.text;
    reached = edit.span.end;
  }
  return result + text.slice(reached);
}

/** The smallest single edit that makes one text of the other; undefined if they are equal. */
export function editBetween(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isWithinCharacter(before, start) || isWithinCharacter(after, start)) start--;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  if (isWithinCharacter(before, before.length - same) || isWithinCharacter(after, after.length - same))
    same--;
  return { span: spanOf(start, before.length - same), text: after.slice(start, after.length - same) };
}

/** Editors know no place between the halves of a character beyond the first plane, or of a Windows line end. */
function isWithinCharacter(text: string, offset: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}
