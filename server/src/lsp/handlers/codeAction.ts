import * as lsp from "vscode-languageserver";
import { quickFixes } from "../../core/features/codeActions.ts";
import { toCodeAction, toDiagnostic, toSpan } from "../convert.ts";
import { type Session } from "../session.ts";
import { pageOf } from "./diagnostics.ts";

export async function codeActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction[]> {
  const { only } = params.context;
  if (only !== undefined && !only.some((kind) => lsp.CodeActionKind.QuickFix.startsWith(kind))) return [];
  const found = await session.diagnostics(params.textDocument.uri, token);
  if (found === undefined) return [];
  const { document, diagnostics } = found;
  const { snapshot, uri } = document;
  const range = toSpan(snapshot.lines(), params.range);
  return quickFixes(diagnostics, range).map((quickFix) => {
    const diagnostic = toDiagnostic(snapshot, quickFix.diagnostic, uri, (id) => pageOf(session, id));
    return toCodeAction(snapshot, quickFix, diagnostic, document);
  });
}
