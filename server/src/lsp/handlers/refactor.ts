/** Refactorings as code actions: each with its own kind, and with places to fill in where the client has a way to show them. */
import * as lsp from "vscode-languageserver";
import {
  type Refactoring,
  type RefactoringKind,
  type RefactoringSources,
  type SnippetEdit,
} from "../../core/features/refactor/refactoring.ts";
import { refactoringsAt } from "../../core/features/refactor/refactorings.ts";
import { compileAccess, type FieldValues } from "../../core/engine/fieldAccess.ts";
import { hasTabStops, plainText, snippetSyntax } from "../../core/text/snippet.ts";
import { encloses, type Span } from "../../core/text/span.ts";
import { toRange, toSpan } from "../convert.ts";
import { drive } from "../drive.ts";
import { type OpenDocument, type Session } from "../session.ts";

const KINDS: Readonly<Record<RefactoringKind, lsp.CodeActionKind>> = {
  extract: lsp.CodeActionKind.RefactorExtract,
  inline: lsp.CodeActionKind.RefactorInline,
  move: lsp.CodeActionKind.RefactorMove,
  rewrite: lsp.CodeActionKind.RefactorRewrite,
};

export const REFACTORING_KINDS: readonly lsp.CodeActionKind[] = Object.values(KINDS);

export async function refactorActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
  client: lsp.ClientCapabilities,
): Promise<lsp.CodeAction[]> {
  const { only, triggerKind } = params.context;
  // A light bulb at each step of the cursor would be too much: they are for whoever asks.
  if (only === undefined && triggerKind === lsp.CodeActionTriggerKind.Automatic) return [];
  const kinds = REFACTORING_KINDS.filter((kind) => isWanted(kind, only));
  const document = kinds.length === 0 ? undefined : await session.open(params.textDocument.uri);
  if (document?.snapshot.isRule() !== true) return [];
  const { snapshot } = document;
  const range = toSpan(snapshot.lines(), params.range);
  const work = refactoringsAt(snapshot, range, await sourcesOf(session, document, range, token));
  const found = await drive(work, { isStale: () => token.isCancellationRequested });
  return (
    (found ?? [])
      .filter(({ kind }) => kinds.includes(KINDS[kind]))
      // Why something cannot be done is told to those alone who ask for just such changes.
      .filter(({ refusal }) => refusal === undefined || only !== undefined)
      .flatMap((refactoring) => toAction(document, refactoring, client) ?? [])
  );
}

/** Asking for `refactor` asks for `refactor.extract` too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === "" || `${kind}.`.startsWith(`${asked}.`));
}

async function sourcesOf(
  session: Session,
  { uri, snapshot }: OpenDocument,
  range: Span,
  token: lsp.CancellationToken,
): Promise<RefactoringSources> {
  const isInQuery = snapshot.queries().some(({ embedded }) => encloses(embedded.host.span, range));
  const rule = isInQuery ? await session.tests.rule(uri, token) : undefined;
  const cases = rule === undefined || rule === "stopped" ? [] : rule.cases;
  const events = cases.flatMap(({ inputs }) => (inputs.ok ? inputs.value.events : []));
  return {
    freshId: crypto.randomUUID(),
    today: snapshot.today,
    fileName: decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1)),
    samples: (fields) => {
      const readers = fields.map((field) => compileAccess(field));
      return events.slice(0, MOST_EVENTS).flatMap(({ document }) => {
        const texts = readers.flatMap((read) => firstText(read(document)));
        return texts.length === fields.length ? [texts] : [];
      });
    },
  };
}

function firstText(values: FieldValues): readonly string[] {
  if (values === null) return [];
  return Array.isArray(values) ? values.map(String).slice(0, 1) : [String(values)];
}

/** Few of them are offered anyway. */
const MOST_EVENTS = 200;

/** Undefined where the client cannot create the file that belongs to it. */
function toAction(
  document: OpenDocument,
  { kind, title, edits, newFile, refusal }: Refactoring,
  client: lsp.ClientCapabilities,
): lsp.CodeAction | undefined {
  const common = { title, kind: KINDS[kind] };
  if (refusal !== undefined) return { ...common, disabled: { reason: refusal } };
  const { workspaceEdit } = client.workspace ?? {};
  const { uri, version, snapshot } = document;
  const takesPlaces = workspaceEdit?.snippetEditSupport === true;
  const textEdits = edits.map((edit) => toTextEdit(snapshot, edit, takesPlaces ? "snippet" : "plain"));
  const change: lsp.TextDocumentEdit = { textDocument: { uri, version }, edits: textEdits };
  if (newFile === undefined) return { ...common, edit: { documentChanges: [change] } };
  if (workspaceEdit?.resourceOperations?.includes("create") !== true) return undefined;
  const newUri = `${uri.slice(0, uri.lastIndexOf("/") + 1)}${encodeURIComponent(newFile.name)}`;
  const start = { line: 0, character: 0 };
  const content: lsp.TextDocumentEdit = {
    textDocument: { uri: newUri, version: null },
    edits: [{ range: { start, end: start }, newText: newFile.text }],
  };
  // A file of that name is not written over: the whole change fails.
  const created: lsp.CreateFile = {
    kind: "create",
    uri: newUri,
    options: { overwrite: false, ignoreIfExists: false },
  };
  return { ...common, edit: { documentChanges: [created, content, change] } };
}

function toTextEdit(
  snapshot: OpenDocument["snapshot"],
  { span, snippet }: SnippetEdit,
  form: "snippet" | "plain",
): lsp.TextEdit | lsp.SnippetTextEdit {
  const range = toRange(snapshot.lines(), span);
  return form === "snippet" && hasTabStops(snippet)
    ? { range, snippet: { kind: "snippet", value: snippetSyntax(snippet) } }
    : { range, newText: plainText(snippet) };
}
