/** New names: for the id of a rule wherever it stands, and for placeholders of a guide. */
import * as lsp from "vscode-languageserver";
import { idProblem, placeholderEdits, type Renamable, renamableAt } from "../../core/features/rename.ts";
import { hasId } from "../../core/features/references.ts";
import { occurrences } from "../../core/text/occurrences.ts";
import { type Result } from "../../core/base/result.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { toRange } from "../convert.ts";
import { type Asked, type Navigation } from "./navigation.ts";

/** A refusal is an answer with a reason, which editors show at the cursor. */
export async function checkRename(
  navigation: Navigation,
  params: lsp.PrepareRenameParams,
): Promise<lsp.PrepareRenameResult> {
  const { asked, renamable } = await renamableOf(navigation, params);
  const { span, text } = renamable;
  return { range: toRange(asked.document.snapshot.lines(), span), placeholder: text };
}

export async function rename(
  navigation: Navigation,
  params: lsp.RenameParams,
  token: lsp.CancellationToken,
): Promise<lsp.WorkspaceEdit> {
  const { asked, renamable } = await renamableOf(navigation, params);
  const { document, index } = asked;
  const { subject } = renamable;
  const newName = params.newName.trim();
  if (subject.kind === "placeholder") {
    const lines = document.snapshot.lines();
    const edits = accepted(placeholderEdits(document.snapshot, subject.name, newName));
    return {
      changes: {
        [document.uri]: edits.map(({ span, text }) => ({ range: toRange(lines, span), newText: text })),
      },
    };
  }
  const isTaken = (id: string): boolean =>
    id !== subject.id && [...index.rules()].some((one) => hasId(one, id));
  const problem = idProblem(newName, isTaken);
  if (problem !== undefined) throw refused(problem);
  return { changes: await idEdits(navigation, asked, subject.id, newName, token) };
}

async function idEdits(
  navigation: Navigation,
  asked: Asked,
  id: string,
  newName: string,
  token: lsp.CancellationToken,
): Promise<Readonly<Record<string, lsp.TextEdit[]>>> {
  const { session, rules } = navigation;
  const isStopped = (): boolean => token.isCancellationRequested;
  const changes = new Map<string, lsp.TextEdit[]>();
  for (const { uri, lines, spans } of await rules.places(asked, { kind: "rule", id }, isStopped)) {
    // A rule that is mentioned by its name stays so.
    const ids = spans.filter(({ start, end }) => end - start === id.length);
    const edits = ids.map((span) => ({ range: toRange(lines, span), newText: newName }));
    if (0 < edits.length) changes.set(uri === asked.document.uri ? asked.document.uri : uri, edits);
  }
  for (const { root, plan } of await session.tests.projects(token)) {
    for (const [path, text] of plan.manifests) {
      const spans = occurrences(text.toLowerCase(), id);
      const lines = lineIndexOf(text);
      const edits = spans.map((span) => ({ range: toRange(lines, span), newText: newName }));
      if (0 < edits.length) changes.set(session.tests.places.uriOf(root, path), edits);
    }
  }
  if (isStopped()) throw new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, "It was cancelled");
  return Object.fromEntries(changes);
}

async function renamableOf(
  navigation: Navigation,
  params: lsp.TextDocumentPositionParams,
): Promise<{ readonly asked: Asked; readonly renamable: Renamable }> {
  const asked = await navigation.at(params);
  if (asked === undefined) throw refused("Only rules that are saved in a file can be renamed in");
  return { asked, renamable: accepted(renamableAt(asked.document.snapshot, asked.found)) };
}

function accepted<T>(result: Result<T, string>): T {
  if (!result.ok) throw refused(result.error);
  return result.value;
}

function refused(reason: string): lsp.ResponseError<void> {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, reason);
}
