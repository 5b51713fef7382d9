import { withoutPart } from "../query/eql/removal.ts";
import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { excerpt } from "../text/excerpt.ts";

/** Takes one of several values or clauses away; no fix if nothing would be left, or a comment is in the way. */
export function removalOf(
  text: string,
  parts: readonly { readonly span: Span }[],
  index: number,
  safety: Fix["safety"],
): readonly Fix[] {
  const part = parts[index];
  const edit = withoutPart(text, parts, index);
  if (part === undefined || edit === undefined) return [];
  return [{ title: `Remove ${excerpt(text, part.span)}`, safety, edits: [edit] }];
}
