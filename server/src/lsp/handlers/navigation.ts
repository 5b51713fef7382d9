/** Registers the ways from one rule to others: definitions, references, symbols, new names, who reads whose alerts. */
import type * as lsp from "vscode-languageserver";
import { type PlacedSubject, subjectAt } from "../../core/features/definitionSubject.ts";
import { CurrentRules, type Workspace } from "../currentRules.ts";
import { type Guard } from "../guard.ts";
import { type OpenDocument, type Session } from "../session.ts";
import { answerHierarchy } from "./hierarchy.ts";
import { findDefinitions, findImplementations, findReferences } from "./places.ts";
import { checkRename, rename } from "./rename.ts";
import { answerRuleSearch, findSymbols } from "./ruleSearch.ts";

export const NAVIGATION: lsp.ServerCapabilities = {
  definitionProvider: true,
  implementationProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  workspaceSymbolProvider: { resolveProvider: true },
  callHierarchyProvider: true,
};

export interface Asked extends Workspace {
  readonly document: OpenDocument;
  readonly offset: number;
  /** Undefined where nothing is that other places know. */
  readonly found: PlacedSubject | undefined;
}

export interface Navigation {
  readonly session: Session;
  readonly rules: CurrentRules;
  /** Undefined for what is no rule. */
  at(params: lsp.TextDocumentPositionParams): Promise<Asked | undefined>;
}

export function answerNavigation(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  client: () => lsp.ClientCapabilities,
): void {
  const rules = new CurrentRules(session);
  const navigation: Navigation = { session, rules, at: (params) => askedAt(session, rules, params) };
  connection.onDefinition(
    guard.request("definition", null, (params: lsp.DefinitionParams, token: lsp.CancellationToken) =>
      findDefinitions(navigation, params, token),
    ),
  );
  connection.onImplementation(
    guard.request("implementation", null, (params: lsp.ImplementationParams, token: lsp.CancellationToken) =>
      findImplementations(navigation, params, token),
    ),
  );
  connection.onReferences(
    guard.request("references", null, (params: lsp.ReferenceParams, token: lsp.CancellationToken) =>
      findReferences(navigation, params, token),
    ),
  );
  connection.onPrepareRename(
    guard.request("prepareRename", null, (params: lsp.PrepareRenameParams) =>
      checkRename(navigation, params),
    ),
  );
  connection.onRenameRequest(
    guard.request("rename", null, (params: lsp.RenameParams, token: lsp.CancellationToken) =>
      rename(navigation, params, token),
    ),
  );
  const symbols = findSymbols(navigation, client);
  connection.onWorkspaceSymbol(guard.request("workspaceSymbol", [], symbols.list));
  connection.onWorkspaceSymbolResolve(async (symbol) =>
    guard.request("workspaceSymbol/resolve", symbol, () => symbols.resolve(symbol))(),
  );
  answerHierarchy(connection, guard, navigation);
  answerRuleSearch(connection, guard, navigation);
}

async function askedAt(
  session: Session,
  rules: CurrentRules,
  { textDocument, position }: lsp.TextDocumentPositionParams,
): Promise<Asked | undefined> {
  const document = await session.open(textDocument.uri);
  if (document?.snapshot.isRule() !== true || document.placing === undefined) return undefined;
  const { root } = document.placing;
  const index = await rules.around(root);
  const offset = document.snapshot.lines().offsetAt(position);
  return { root, index, document, offset, found: subjectAt(document.snapshot, offset, index) };
}
