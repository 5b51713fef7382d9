/** Where the author of a new rule goes on: what is only an example is marked, and Tab leads from one to the next. */
import { Range, Selection, SnippetString, type TextEditor, TextEditorRevealType } from "vscode";
import { type TabStop } from "../../../server/src/lsp/protocolAuthor.ts";

/** Without any, the cursor is put into the query. */
export async function goOn(editor: TextEditor, tabStops: readonly TabStop[]): Promise<void> {
  const { document } = editor;
  const places = tabStops
    .flatMap(({ spans }, i) => spans.map((span) => ({ ...span, number: i + 1 })))
    .sort((a, b) => a.start - b.start);
  const [first, last] = [places[0], places.at(-1)];
  // What is put in as a snippet is indented as the author's own lines are: with tabs it would be another text.
  if (first === undefined || last === undefined || editor.options.insertSpaces !== true) {
    showQuery(editor);
    return;
  }
  const text = document.getText();
  const snippet = new SnippetString();
  let at = first.start;
  for (const { start, end, number } of places) {
    snippet.appendText(text.slice(at, start)).appendPlaceholder(text.slice(start, end), number);
    at = end;
  }
  const whole = new Range(document.positionAt(first.start), document.positionAt(last.end));
  await editor.insertSnippet(snippet, whole);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  // The text is as it was: nobody is to be asked whether to keep it.
  if (!document.isUntitled) await document.save();
}

function showQuery(editor: TextEditor): void {
  const at = /^query = .*\r?\n/m.exec(editor.document.getText());
  if (at === null) return;
  const position = editor.document.positionAt(at.index + at[0].length);
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
