/** Code actions that add a field which no schema has to the custom schema of the repository: an edit of another file. */
import * as lsp from "vscode-languageserver";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { customFieldEdits, typeByValues } from "../../core/features/customSchema.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { textAt } from "../../core/text/span.ts";
import { toRange } from "../convert.ts";
import { type OpenDocument, type Session } from "../session.ts";

const CHECKS: ReadonlySet<string> = new Set([
  "query/unknown-field",
  "query/field-not-in-stack",
  "query/field-not-in-index",
]);

/** What a diagnostic stands on is a field's name: `?` marks an optional one. */
const FIELD = /^\??([\w@-]+(?:\.[\w@-]+)*)$/;

/** `shown`: the diagnostics of a place, with their form in the protocol. */
export async function customSchemaActions(
  session: Session,
  document: OpenDocument,
  shown: readonly (readonly [Diagnostic, lsp.Diagnostic])[],
): Promise<readonly lsp.CodeAction[]> {
  const { snapshot, uri } = document;
  const indexes = snapshot.scope()?.subject.indexes ?? [];
  const fields = shown.flatMap(([{ check, span }, diagnostic]) => {
    const name = CHECKS.has(check) ? FIELD.exec(textAt(snapshot.text, span))?.[1] : undefined;
    return name === undefined ? [] : [{ name, diagnostic }];
  });
  if (fields.length === 0 || indexes.length === 0) return [];
  const seen = await session.seenValues(uri);
  const actions: lsp.CodeAction[] = [];
  for (const file of await session.customSchemaFiles(uri)) {
    const text = file.endsWith(".json") ? await session.files.currentText(file) : undefined;
    if (text === undefined) continue;
    for (const { name, diagnostic } of fields) {
      const edits = customFieldEdits(text, { name, type: typeByValues(seen?.(name) ?? []), indexes });
      if (edits.length === 0) continue;
      const lines = lineIndexOf(text);
      const changes = edits.map((edit) => ({ range: toRange(lines, edit.span), newText: edit.text }));
      actions.push({
        title: `Add \`${name}\` to the custom schema \`${file.slice(file.lastIndexOf("/") + 1)}\``,
        kind: lsp.CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: false,
        edit: { changes: { [session.files.uriOf(file)]: changes } },
      });
    }
  }
  return actions;
}
