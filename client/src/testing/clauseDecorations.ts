/** What is drawn of clause results: texts after lines, and the clauses themselves. */
import { type DecorationOptions, type TextEditor, MarkdownString, Range, ThemeColor, window } from "vscode";
import { type InlineClause } from "../../../server/src/lsp/protocol.ts";
import { clauseLines, hoverOf } from "./clauseLines.ts";
import { toRange } from "./ranges.ts";

export interface ClauseDecorations {
  draw(editor: TextEditor, clauses: readonly InlineClause[]): void;
  dispose(): void;
}

export function clauseDecorations(): ClauseDecorations {
  const after = window.createTextEditorDecorationType({
    after: { color: new ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 2em", fontStyle: "italic" },
  });
  // Without a look: what it says is found with the cursor on the clause, too.
  const told = window.createTextEditorDecorationType({});
  const rejected = window.createTextEditorDecorationType({
    borderStyle: "dashed",
    borderWidth: "0 0 1px 0",
    borderColor: new ThemeColor("editorWarning.foreground"),
    overviewRulerColor: new ThemeColor("editorWarning.foreground"),
  });
  const types = [after, told, rejected];
  return {
    draw(editor, clauses) {
      const ofState = (isRejected: boolean): DecorationOptions[] =>
        clauses
          .filter(({ state, hover }) => (state === "rejected") === isRejected && hover !== "")
          .map((clause) => decoration(toRange(clause.range), hoverOf(clause)));
      editor.setDecorations(after, [...lineDecorations(editor, clauses)]);
      editor.setDecorations(told, ofState(false));
      editor.setDecorations(rejected, ofState(true));
    },
    dispose: () => types.forEach((type) => type.dispose()),
  };
}

function lineDecorations(editor: TextEditor, clauses: readonly InlineClause[]): readonly DecorationOptions[] {
  return clauseLines(clauses).flatMap(({ line, text, hover }) => {
    if (editor.document.lineCount <= line) return [];
    const end = editor.document.lineAt(line).range.end;
    const options = decoration(new Range(end, end), hover);
    return [{ ...options, renderOptions: { after: { contentText: text } } }];
  });
}

function decoration(range: Range, hover: string): DecorationOptions {
  return { range, hoverMessage: new MarkdownString(hover) };
}
