import * as lsp from "vscode-languageserver";
import { quickFixes, rewrites } from "../../core/features/codeActions.ts";
import { toCodeAction, toDiagnostic, toRewriteAction, toSpan } from "../convert.ts";
import { type Session } from "../session.ts";
import { pageOf } from "./diagnostics.ts";

export async function codeActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction[]> {
  const { only } = params.context;
  const fixes = isWanted(lsp.CodeActionKind.QuickFix, only) ? await fixActions(session, params, token) : [];
  const wantsRewrites = isWanted(lsp.CodeActionKind.RefactorRewrite, only);
  return wantsRewrites ? [...fixes, ...(await rewriteActions(session, params))] : fixes;
}

/** Asking for `refactor` asks for `refactor.rewrite` too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === "" || `${kind}.`.startsWith(`${asked}.`));
}

async function fixActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction[]> {
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

async function rewriteActions(session: Session, params: lsp.CodeActionParams): Promise<lsp.CodeAction[]> {
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return [];
  const { snapshot } = document;
  if (!snapshot.isRule()) return [];
  const range = toSpan(snapshot.lines(), params.range);
  return rewrites(snapshot, range).map((rewrite) => toRewriteAction(snapshot, rewrite, document));
}
