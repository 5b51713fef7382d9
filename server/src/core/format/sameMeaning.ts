/** The proof that a layout changed nothing: values and comments, read by our reader and by smol-toml. */
import { judgedValues } from "../toml/judge.ts";
import { textAt } from "../text/span.ts";
import { type TomlDocument, type TomlString, type TomlTable, type TomlValue } from "../toml/model.ts";

/** Whether the text of a value may stand for that of another one; by default, if it is the same. */
export type SameText = (before: TomlString, after: TomlString) => boolean;

/** What differs, in words that end a sentence; undefined if nothing does. */
export function changedMeaning(
  before: TomlDocument,
  after: TomlDocument,
  isSameText: SameText = (one, other) => one.value === other.value,
): string | undefined {
  if (0 < after.errors.length + after.conflicts.length) return "it could not be read any more";
  if (!isSameTable(before.root, after.root, isSameText)) return "a value would change";
  return isSameList(commentTexts(before), commentTexts(after)) ? undefined : "a comment would change";
}

/** The same by another reader. Texts that it refuses are not the same. */
export function changedForJudge(before: string, after: string): string | undefined {
  const values = judgedValues(before);
  const isSame = values !== undefined && isSamePlain(values, judgedValues(after));
  return isSame ? undefined : "a value would change for another reader";
}

function commentTexts({ comments, text }: TomlDocument): readonly string[] {
  return comments.map((span) => textAt(text, span).trimEnd()).sort();
}

function isSameList(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((one, i) => one === after[i]);
}

function isSameTable(before: TomlTable, after: TomlTable, isSameText: SameText): boolean {
  return (
    before.entries.length === after.entries.length &&
    before.entries.every(({ key, value }) => {
      const other = after.byName.get(key.name)?.value;
      return other !== undefined && isSameValue(value, other, isSameText);
    })
  );
}

function isSameValue(before: TomlValue, after: TomlValue, isSameText: SameText): boolean {
  switch (before.kind) {
    case "string":
      return after.kind === "string" && before.form === after.form && isSameText(before, after);
    case "integer":
    case "float":
    case "boolean":
      return after.kind === before.kind && Object.is(before.value, after.value);
    case "date":
      return after.kind === "date" && before.text === after.text;
    case "array":
      return (
        after.kind === "array" &&
        before.form === after.form &&
        before.items.length === after.items.length &&
        before.items.every((item, i) => {
          const other = after.items[i];
          return other !== undefined && isSameValue(item, other, isSameText);
        })
      );
    case "table":
      return after.kind === "table" && before.form === after.form && isSameTable(before, after, isSameText);
    case "hole":
      return false;
  }
}

/** Of values as smol-toml gives them. */
function isSamePlain(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null)
    return false;
  if (before instanceof Date || after instanceof Date)
    return before instanceof Date && after instanceof Date && before.toISOString() === after.toISOString();
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const others = new Map<string, unknown>(Object.entries(after));
  const entries = Object.entries(before);
  return (
    entries.length === others.size &&
    entries.every(([name, value]) => others.has(name) && isSamePlain(value, others.get(name)))
  );
}
