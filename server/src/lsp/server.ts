/** The language server as a table of registrations: what each message does is in `handlers/`. */
import * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Host } from "../host/host.ts";
import { CONFIG_NAME } from "../host/projects.ts";
import { type Guard, guardWith } from "./guard.ts";
import { codeActions } from "./handlers/codeAction.ts";
import { pullDiagnostics } from "./handlers/diagnostics.ts";
import { hover } from "./handlers/hover.ts";
import { listChecks, serverInfo } from "./handlers/info.ts";
import { documentLinks, documentSymbols, foldingRanges } from "./handlers/structure.ts";
import { type Settings } from "./protocol.ts";
import { type Pusher, pusherFor } from "./push.ts";
import { Session } from "./session.ts";

export interface ServerPlatform {
  readonly host: Host;
  readonly version: string;
  /** Such as "Node 24.1.0". */
  readonly runtime: string;
  readonly pathOf: (uri: string) => string | undefined;
}

export function startServer(connection: lsp.Connection, platform: ServerPlatform): void {
  const documents = new lsp.TextDocuments(TextDocument);
  const log = (message: string): void => connection.console.error(message);
  const guard = guardWith(log);
  let client: lsp.ClientCapabilities = {};
  let pusher: Pusher | undefined;
  const session = new Session({
    host: platform.host,
    documents,
    log,
    pathOf: platform.pathOf,
    settingsFor: async (uri) => {
      if (client.workspace?.configuration !== true) return undefined;
      // Whatever the client sends; every reader of it takes a missing or odd value for unset.
      return (await connection.workspace.getConfiguration({ scopeUri: uri, section: "rulewright" })) as
        Settings | undefined;
    },
    onStatus: (status) => void connection.sendNotification("server/status", status),
  });

  function refresh(): void {
    if (pusher !== undefined) pusher.all(documents.keys());
    else if (client.workspace?.diagnostics?.refreshSupport === true)
      void connection.languages.diagnostics.refresh();
  }

  connection.onInitialize((params) => {
    client = params.capabilities;
    const canPull = client.textDocument?.diagnostic !== undefined;
    if (!canPull) pusher = pusherFor(connection, session, guard);
    return initializeResult(platform.version, canPull);
  });
  connection.onInitialized(
    guard.notification("initialized", async () => {
      // While the files of the catalogs are read, the parser is built.
      const loading = session.loadKnowledge();
      session.warmUp();
      await registerWatchers(connection, client);
      await loading;
      refresh();
    }),
  );
  const settingsChanged = guard.notification("didChangeConfiguration", () => {
    session.forgetSettings();
    refresh();
  });
  connection.onDidChangeConfiguration(settingsChanged);
  connection.onDidChangeWatchedFiles(settingsChanged);
  followDocuments(documents, session, guard, () => pusher);
  answerRequests(connection, session, guard);
  answerOwnRequests(connection, session, guard, platform);
  documents.listen(connection);
  connection.listen();
}

function initializeResult(version: string, canPull: boolean): lsp.InitializeResult {
  const diagnosticProvider = {
    identifier: "rulewright",
    interFileDependencies: false,
    workspaceDiagnostics: false,
  };
  return {
    serverInfo: { name: "rulewright", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: {},
      codeActionProvider: {
        codeActionKinds: [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorRewrite],
      },
      ...(canPull ? { diagnosticProvider } : {}),
    },
  };
}

function followDocuments(
  documents: lsp.TextDocuments<TextDocument>,
  session: Session,
  guard: Guard,
  pusher: () => Pusher | undefined,
): void {
  documents.onDidChangeContent(
    guard.notification("didChange", ({ document }) => pusher()?.changed(document.uri)),
  );
  documents.onDidSave(guard.notification("didSave", ({ document }) => pusher()?.saved(document.uri)));
  documents.onDidClose(
    guard.notification("didClose", ({ document }) => {
      session.close(document.uri);
      pusher()?.closed(document.uri);
    }),
  );
}

function answerRequests(connection: lsp.Connection, session: Session, guard: Guard): void {
  const none: lsp.DocumentDiagnosticReport = { kind: "full", items: [] };
  connection.languages.diagnostics.on(
    guard.request("diagnostic", none, (params: lsp.DocumentDiagnosticParams, token: lsp.CancellationToken) =>
      pullDiagnostics(session, params, token),
    ),
  );
  connection.onCodeAction(
    guard.request("codeAction", [], (params: lsp.CodeActionParams, token: lsp.CancellationToken) =>
      codeActions(session, params, token),
    ),
  );
  connection.onHover(guard.request("hover", null, (params: lsp.HoverParams) => hover(session, params)));
  connection.onDocumentSymbol(
    guard.request("documentSymbol", [], (params: lsp.DocumentSymbolParams) =>
      documentSymbols(session, params),
    ),
  );
  connection.onFoldingRanges(
    guard.request("foldingRange", [], (params: lsp.FoldingRangeParams) => foldingRanges(session, params)),
  );
  connection.onDocumentLinks(
    guard.request("documentLink", [], (params: lsp.DocumentLinkParams) => documentLinks(session, params)),
  );
}

function answerOwnRequests(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  { version, runtime }: ServerPlatform,
): void {
  connection.onRequest(
    "checks/list",
    guard.request("checks/list", [], () => listChecks(session)),
  );
  connection.onRequest(
    "server/info",
    guard.request("server/info", null, () => serverInfo(session, version, runtime)),
  );
}

async function registerWatchers(connection: lsp.Connection, client: lsp.ClientCapabilities): Promise<void> {
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    await connection.client.register(lsp.DidChangeConfigurationNotification.type, { section: "rulewright" });
  }
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    const watchers = [{ globPattern: `**/${CONFIG_NAME}` }];
    await connection.client.register(lsp.DidChangeWatchedFilesNotification.type, { watchers });
  }
}
