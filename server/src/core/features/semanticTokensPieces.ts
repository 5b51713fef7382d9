/** A word with what is special in it: wildcards and escapes are marked apart. */
import { type QueryMark, markOf } from "./semanticTokensLegend.ts";

/** `pieces` has the global flag and groups `wildcard` and `escape`, of which one is there in each match. */
export function piecesOf(text: string, whole: QueryMark, pieces: RegExp): readonly QueryMark[] {
  const { type, modifiers } = whole;
  const marks: QueryMark[] = [];
  let from = whole.start;
  for (const match of text.slice(whole.start, whole.end).matchAll(pieces)) {
    const start = whole.start + match.index;
    if (from < start) marks.push(markOf(from, start, type, modifiers));
    from = start + match[0].length;
    marks.push(markOf(start, from, match.groups?.["escape"] === undefined ? "wildcard" : "escape"));
  }
  if (from < whole.end) marks.push(markOf(from, whole.end, type, modifiers));
  return marks;
}
