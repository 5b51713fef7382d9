import * as lsp from "vscode-languageserver";
import { diagnosticsAt, allowings, quickFixes, rewrites } from "../../core/features/codeActions.ts";
import { toAllowAction, toCodeAction, toDiagnostic, toRewriteAction, toSpan } from "../convert.ts";
import { type Session } from "../session.ts";
import { customSchemaActions } from "./customSchema.ts";
import { diagnosticContext } from "./diagnostics.ts";
import { FIX_ALL_KIND, fixAllActions } from "./fixAll.ts";
import { canRename, renameAction } from "./renameFix.ts";

export async function codeActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
  client: lsp.ClientCapabilities,
): Promise<lsp.CodeAction[]> {
  const { only } = params.context;
  const fixes = isWanted(lsp.CodeActionKind.QuickFix, only)
    ? await fixActions(session, params, token, client)
    : [];
  const rewritten = isWanted(lsp.CodeActionKind.RefactorRewrite, only)
    ? await rewriteActions(session, params)
    : [];
  const all = isWanted(FIX_ALL_KIND, only) ? await fixAllActions(session, params, token) : [];
  return [...fixes, ...rewritten, ...all];
}

/** Asking for `refactor` asks for `refactor.rewrite` too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === "" || `${kind}.`.startsWith(`${asked}.`));
}

async function fixActions(
  session: Session,
  params: lsp.CodeActionParams,
  token: lsp.CancellationToken,
  client: lsp.ClientCapabilities,
): Promise<lsp.CodeAction[]> {
  const found = await session.diagnostics(params.textDocument.uri, token);
  if (found === undefined) return [];
  const { document, diagnostics } = found;
  const { snapshot } = document;
  const range = toSpan(snapshot.lines(), params.range);
  const context = await diagnosticContext(session, document, diagnostics);
  const fixes: lsp.CodeAction[] = [];
  for (const quickFix of quickFixes(diagnostics, range)) {
    const diagnostic = toDiagnostic(snapshot, quickFix.diagnostic, context);
    const isRename = quickFix.fix.renameTo !== undefined;
    if (!isRename) fixes.push(toCodeAction(snapshot, quickFix, diagnostic, document));
    else if (canRename(client))
      fixes.push(await renameAction(session, document.uri, quickFix, diagnostic, token));
  }
  const allowed = allowings(snapshot, diagnostics, range).map((allowing) =>
    toAllowAction(snapshot, allowing, toDiagnostic(snapshot, allowing.diagnostic, context), document),
  );
  const here = diagnosticsAt(diagnostics, range);
  const shown = here.map((diagnostic) => [diagnostic, toDiagnostic(snapshot, diagnostic, context)] as const);
  const schemas = await customSchemaActions(session, document, shown);
  return [...fixes, ...schemas, ...allowed];
}

async function rewriteActions(session: Session, params: lsp.CodeActionParams): Promise<lsp.CodeAction[]> {
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return [];
  const { snapshot } = document;
  if (!snapshot.isRule()) return [];
  const range = toSpan(snapshot.lines(), params.range);
  // Why something cannot be done is told to those alone who ask for just such changes.
  const isAskedFor = params.context.only !== undefined;
  return rewrites(snapshot, range)
    .filter(({ refusal }) => refusal === undefined || isAskedFor)
    .map((rewrite) => toRewriteAction(snapshot, rewrite, document));
}
