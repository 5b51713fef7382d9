/** Moves fixes of a query from its own offsets to those of the file. */
import { type Edit, type Fix } from "../text/edit.ts";
import { replaceInText } from "../toml/edits.ts";
import { type TomlString } from "../toml/model.ts";

/** Fixes that the string's form cannot hold are left out. */
export function fixesInFile(host: TomlString, fixes: readonly Fix[]): readonly Fix[] {
  return fixes.flatMap((fix) => fixInFile(host, fix) ?? []);
}

function fixInFile(host: TomlString, fix: Fix): Fix | undefined {
  const edits: Edit[] = [];
  for (const { span, text } of fix.edits) {
    const edit = replaceInText(host, span, text);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return { ...fix, edits };
}
