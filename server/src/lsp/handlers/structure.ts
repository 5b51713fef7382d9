/** What an editor shows of a document's structure: outline, folding, links. */
import type * as lsp from "vscode-languageserver";
import { folds } from "../../core/features/folding.ts";
import { links, type RuleUrl } from "../../core/features/links.ts";
import { outline } from "../../core/features/symbols.ts";
import { toDocumentLink, toDocumentSymbol, toFoldingRange } from "../convert.ts";
import { type OpenDocument, type Session } from "../session.ts";

export async function documentSymbols(
  session: Session,
  params: lsp.DocumentSymbolParams,
): Promise<lsp.DocumentSymbol[]> {
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return [];
  const lines = document.snapshot.lines();
  return outline(document.snapshot).map((symbol) => toDocumentSymbol(lines, symbol));
}

export async function foldingRanges(
  session: Session,
  params: lsp.FoldingRangeParams,
): Promise<lsp.FoldingRange[]> {
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return [];
  return folds(document.snapshot).map((fold) => toFoldingRange(document.snapshot, fold));
}

export async function documentLinks(
  session: Session,
  params: lsp.DocumentLinkParams,
): Promise<lsp.DocumentLink[]> {
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return [];
  const lines = document.snapshot.lines();
  return links(document.snapshot, ruleUrls(session, document)).map((link) => toDocumentLink(lines, link));
}

/** What the index of the workspace says: a link to a rule whose id is being typed appears once it is checked. */
function ruleUrls(session: Session, document: OpenDocument): RuleUrl {
  const { placing } = document;
  const index = session.workspaceOf(document);
  if (placing === undefined || index === undefined) return () => undefined;
  return (id) => {
    const [rule] = [...index.withId(id, "active"), ...index.withId(id, "deprecated")];
    return rule && session.files.uriOf(session.host.join(placing.root, rule.path));
  };
}
