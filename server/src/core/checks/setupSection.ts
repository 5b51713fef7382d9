/** A section of a note on setup, and the fix that moves it to the key `setup`. */
import { textIn } from "../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { type Edit, type Fix } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { replaceInText } from "../toml/edits.ts";
import { type NoteHeading } from "./noteHeadings.ts";
import { unsafeFix } from "./unsafeFix.ts";

/** The key `setup`, if there is something in it. */
export function filledSetup({ rule }: RuleDocument): SourcedText | undefined {
  const setup = rule && textIn(rule, "setup");
  return setup === undefined || setup.value === "" ? undefined : setup;
}

/** Moves what stands below a heading, up to the next one of its level or above. */
export function moveToSetup(
  note: SourcedText,
  setup: SourcedText,
  headings: readonly NoteHeading[],
  index: number,
): readonly Fix[] {
  const heading = headings[index];
  if (heading === undefined) return [];
  const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
  const start = heading.signs?.start ?? heading.span.start;
  const end = next?.signs?.start ?? next?.span.start ?? note.value.length;
  // The line that makes a heading of the one above is no part of the text.
  const body = note.value
    .slice(heading.span.end, end)
    .replace(/^[ \t#]*\r?\n(?: {0,3}(?:=+|-+)[ \t]*(?:\r?\n|$))?/, "");
  const removed = { span: note.host.map.toHostSpan(spanOf(start, end)), text: "" };
  return unsafeFix("Move this section to the end of setup", removed, ...added(setup, body.trim()));
}

function added(setup: SourcedText, body: string): readonly (Edit | undefined)[] {
  if (body === "" || setup.value.includes(body)) return [];
  // A text of one line has no room for a section.
  if (!setup.host.form.startsWith("multiline")) return [undefined];
  const end = setup.value.trimEnd().length;
  return [replaceInText(setup.host, spanOf(end, end), `\n\n${body}`)];
}
