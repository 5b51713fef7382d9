/** Registers what helps to read and write queries: colours by meaning, signatures, selections, highlights, notes. */
import type * as lsp from "vscode-languageserver";
import { type TextDocument } from "vscode-languageserver-textdocument";
import { highlightsAt } from "../../core/features/highlights.ts";
import { selectionsAt } from "../../core/features/selectionRanges.ts";
import { signatureAt } from "../../core/features/signatureHelp.ts";
import { LEGEND, toDocumentHighlight, toSelectionRange, toSignatureHelp } from "../convertEditing.ts";
import { type Guard } from "../guard.ts";
import { type InlayHintSettings } from "../protocolInlay.ts";
import { type Session } from "../session.ts";
import { currentWork } from "./currentWork.ts";
import { InlaySettings, listInlayHints, resolveInlayHint } from "./inlayHints.ts";
import { TokenResults } from "./semanticTokens.ts";

export const QUERY_EDITING: lsp.ServerCapabilities = {
  semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true },
  signatureHelpProvider: {
    triggerCharacters: ["(", ",", "=", "[", "{"],
    retriggerCharacters: [" ", ")", "]"],
  },
  selectionRangeProvider: true,
  documentHighlightProvider: true,
  inlayHintProvider: { resolveProvider: true },
};

export interface QueryEditing {
  /** What is known or set may have changed: colours and notes are asked for again. */
  changed(): void;
}

/** Many things may change at once. */
const CHANGE_MILLISECONDS = 200;

export function answerQueryEditing(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  documents: lsp.TextDocuments<TextDocument>,
  client: () => lsp.ClientCapabilities,
): QueryEditing {
  const settings = new InlaySettings((uri) => inlaySettingsFor(connection, client(), uri));
  const driven = currentWork((uri) => documents.get(uri)?.version);
  const tokens = new TokenResults(session, driven);
  documents.onDidClose(({ document }) => {
    settings.forget(document.uri);
    tokens.forget(document.uri);
  });
  answerTokens(connection, guard, tokens);
  answerPlaces(connection, session, guard);
  connection.languages.inlayHint.on(
    guard.request("inlayHint", [], (params: lsp.InlayHintParams, token: lsp.CancellationToken) =>
      listInlayHints(session, settings, driven, params, token),
    ),
  );
  // A note without an explanation is better than none.
  connection.languages.inlayHint.resolve((hint) =>
    guard.request("inlayHint/resolve", hint, () => resolveInlayHint(session, hint))(),
  );
  let timer: NodeJS.Timeout | undefined;
  let seen = "";
  return {
    changed() {
      settings.forgetAll();
      // The rules around a file have no part in what is shown in it.
      const [revision = ""] = session.changeKey.split(":");
      if (revision === seen) return;
      seen = revision;
      clearTimeout(timer);
      timer = setTimeout(() => askAgain(connection, client(), guard), CHANGE_MILLISECONDS);
    },
  };
}

function askAgain(connection: lsp.Connection, { workspace }: lsp.ClientCapabilities, guard: Guard): void {
  const { semanticTokens, inlayHint } = connection.languages;
  if (workspace?.semanticTokens?.refreshSupport === true)
    guard.send("semanticTokens/refresh", semanticTokens.refresh());
  if (workspace?.inlayHint?.refreshSupport === true) guard.send("inlayHint/refresh", inlayHint.refresh());
}

async function inlaySettingsFor(
  connection: lsp.Connection,
  client: lsp.ClientCapabilities,
  uri: string,
): Promise<InlayHintSettings | undefined> {
  if (client.workspace?.configuration !== true) return undefined;
  const found: unknown = await connection.workspace.getConfiguration({
    scopeUri: uri,
    section: "rulewright",
  });
  if (typeof found !== "object" || found === null || !("inlayHints" in found)) return undefined;
  const { inlayHints } = found;
  return typeof inlayHints === "object" && inlayHints !== null ? inlayHints : undefined;
}

function answerTokens(connection: lsp.Connection, guard: Guard, tokens: TokenResults): void {
  const none: lsp.SemanticTokens = { data: [] };
  const { semanticTokens } = connection.languages;
  semanticTokens.on(
    guard.request(
      "semanticTokens/full",
      none,
      (params: lsp.SemanticTokensParams, token: lsp.CancellationToken) => tokens.full(params, token),
    ),
  );
  semanticTokens.onDelta(
    guard.request<
      [lsp.SemanticTokensDeltaParams, lsp.CancellationToken],
      lsp.SemanticTokensDelta | lsp.SemanticTokens
    >("semanticTokens/full/delta", none, (params, token) => tokens.delta(params, token)),
  );
  semanticTokens.onRange(
    guard.request(
      "semanticTokens/range",
      none,
      (params: lsp.SemanticTokensRangeParams, token: lsp.CancellationToken) => tokens.range(params, token),
    ),
  );
}

function answerPlaces(connection: lsp.Connection, session: Session, guard: Guard): void {
  connection.onSignatureHelp(
    guard.request("signatureHelp", null, async ({ textDocument, position }: lsp.SignatureHelpParams) => {
      const snapshot = (await session.open(textDocument.uri))?.snapshot;
      const found = snapshot && signatureAt(snapshot, snapshot.lines().offsetAt(position));
      return found === undefined ? null : toSignatureHelp(found);
    }),
  );
  connection.onSelectionRanges(
    guard.request("selectionRange", null, async ({ textDocument, positions }: lsp.SelectionRangeParams) => {
      const snapshot = (await session.open(textDocument.uri))?.snapshot;
      if (snapshot?.isRule() !== true) return null;
      const lines = snapshot.lines();
      return positions.map((position) =>
        toSelectionRange(lines, selectionsAt(snapshot, lines.offsetAt(position))),
      );
    }),
  );
  connection.onDocumentHighlight(
    guard.request("documentHighlight", null, async (params: lsp.DocumentHighlightParams) => {
      const snapshot = (await session.open(params.textDocument.uri))?.snapshot;
      const lines = snapshot?.lines();
      const found = snapshot && lines && highlightsAt(snapshot, lines.offsetAt(params.position));
      return lines === undefined || found === undefined
        ? null
        : found.map((highlight) => toDocumentHighlight(lines, highlight));
    }),
  );
}
