/** The language server as a table of registrations: what each message does is in `handlers/`. */
import * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { BASELINE_NAME } from "../core/analysis/baseline.ts";
import { type Host } from "../host/host.ts";
import { CONFIG_NAME } from "../host/projects.ts";
import { type Guard, guardWith } from "./guard.ts";
import { ClosedConfigs } from "./closedConfigs.ts";
import { ClosedRules, allReports } from "./closedRules.ts";
import { answerAuthor } from "./handlers/author.ts";
import { codeActions } from "./handlers/codeAction.ts";
import { TRIGGER_CHARACTERS, completions } from "./handlers/completion.ts";
import { answerFormatting } from "./handlers/format.ts";
import { type Updater, updateKnowledge } from "./handlers/knowledge.ts";
import { type TestAnswers, testAnswers } from "./handlers/testDocuments.ts";
import { NAVIGATION, answerNavigation } from "./handlers/navigation.ts";
import { answerQueries } from "./handlers/query.ts";
import { QUERY_EDITING, answerQueryEditing } from "./handlers/queryEditing.ts";
import { answerTests } from "./handlers/tests.ts";
import { answerViews, viewsTeller } from "./handlers/views.ts";
import { pullDiagnostics } from "./handlers/diagnostics.ts";
import { FIX_ALL_KIND } from "./handlers/fixAll.ts";
import { REFACTORING_KINDS, refactorActions } from "./handlers/refactor.ts";
import { hover } from "./handlers/hover.ts";
import { listChecks, serverInfo } from "./handlers/info.ts";
import { documentLinks, documentSymbols, foldingRanges } from "./handlers/structure.ts";
import { type InitializationOptions, type KnowledgeUpdate, type Settings } from "./protocol.ts";
import { type Pusher, pusherFor } from "./push.ts";
import { closedPusher } from "./pushClosed.ts";
import { ClosedTests } from "./testing/closedTests.ts";
import { Session } from "./session.ts";
import { type SessionWorld } from "./sessionWorld.ts";

export interface ServerPlatform {
  readonly host: Host;
  readonly version: string;
  /** Such as "Node 24.1.0". */
  readonly runtime: string;
  readonly pathOf: (uri: string) => string | undefined;
  readonly uriOf: (path: string) => string;
  readonly repositoryAt: SessionWorld["repositoryAt"];
  readonly knowledge: SessionWorld["knowledge"];
  readonly workspace: SessionWorld["workspace"];
  /** Undefined where nothing can be downloaded. */
  readonly updater: Updater | undefined;
}

const LENS_MILLISECONDS = 200;

export function startServer(connection: lsp.Connection, platform: ServerPlatform): void {
  const documents = new lsp.TextDocuments(TextDocument);
  const log = (message: string): void => connection.console.error(message);
  const guard = guardWith(log);
  let client: lsp.ClientCapabilities = {};
  let pusher: Pusher | undefined;
  let lensTimer: NodeJS.Timeout | undefined;
  const session = new Session({
    host: platform.host,
    documents,
    log,
    pathOf: platform.pathOf,
    uriOf: platform.uriOf,
    repositoryAt: platform.repositoryAt,
    knowledge: platform.knowledge,
    workspace: platform.workspace,
    isWatching: () => watchesFiles(client),
    onChange: () => refresh(),
    onRules: () => tellViews(),
    settingsFor: async (uri) => {
      if (client.workspace?.configuration !== true) return undefined;
      // Whatever the client sends; every reader of it takes a missing or odd value for unset.
      return (await connection.workspace.getConfiguration({ scopeUri: uri, section: "rulewright" })) as
        Settings | undefined;
    },
    onStatus: (status) => guard.send("server/status", connection.sendNotification("server/status", status)),
  });

  const tellViews = viewsTeller(connection, guard);
  const closed = allReports([new ClosedConfigs(session), new ClosedRules(session), new ClosedTests(session)]);
  const pushClosed = closedPusher(connection, closed, guard);
  const ofTests = testAnswers(session);
  const formatting = answerFormatting(connection, session, guard);
  const queryEditing = answerQueryEditing(connection, session, guard, documents, () => client);

  function refresh(): void {
    tellViews();
    pushClosed();
    queryEditing.changed();
    if (pusher !== undefined) pusher.all(documents.keys());
    else if (client.workspace?.diagnostics?.refreshSupport === true)
      guard.send("diagnostic/refresh", connection.languages.diagnostics.refresh());
  }

  function lensesChanged(): void {
    if (client.workspace?.codeLens?.refreshSupport !== true) return;
    clearTimeout(lensTimer);
    lensTimer = setTimeout(
      () => guard.send("codeLens/refresh", connection.sendRequest(lsp.CodeLensRefreshRequest.type)),
      LENS_MILLISECONDS,
    );
  }

  /** Rules, events or manifests were written, created or deleted. */
  function testsChanged(uris: readonly string[]): void {
    if (uris.length === 0) return;
    session.tests.changed(uris);
    guard.send("tests/changed", connection.sendNotification("tests/changed", { uris }));
    lensesChanged();
    refresh();
  }

  connection.onInitialize((params) => {
    client = params.capabilities;
    session.begin(introduction(params, platform));
    const canPull = client.textDocument?.diagnostic !== undefined;
    if (!canPull) pusher = pusherFor(connection, session, ofTests, guard);
    const result = initializeResult(platform.version, client);
    return { ...result, capabilities: { ...result.capabilities, ...formatting.capabilities(params) } };
  });
  connection.onInitialized(
    guard.notification("initialized", async () => {
      // While the files of the catalogs are read, the parser is built.
      const loading = session.loadKnowledge();
      session.warmUp();
      await registerWatchers(connection, client);
      followFolders(connection, session, platform, guard, { client, refresh });
      await formatting.register();
      await loading;
      refresh();
      await session.readRules();
    }),
  );
  const settingsChanged = guard.notification("didChangeConfiguration", () => {
    session.forgetSettings();
    refresh();
    lensesChanged();
  });
  connection.onDidChangeConfiguration(settingsChanged);
  connection.onDidChangeWatchedFiles(
    guard.notification("didChangeWatchedFiles", async ({ changes }: lsp.DidChangeWatchedFilesParams) => {
      const uris = changes.map(({ uri }) => uri);
      const kinds = new Set(uris.map(kindOfChange));
      if (kinds.has("settings")) session.forgetSettings();
      if (kinds.has("knowledge")) session.forgetKnowledge();
      if (kinds.has("branch")) session.branchesMoved();
      if (kinds.has("settings") || kinds.has("knowledge")) refresh();
      testsChanged(uris.filter((uri) => ["rule", "tests"].includes(kindOfChange(uri))));
      await session.rulesWritten(uris.filter((uri) => kindOfChange(uri) === "rule"));
    }),
  );
  followDocuments(documents, session, guard, () => pusher, lensesChanged);
  documents.onDidOpen(pushClosed);
  documents.onDidClose(pushClosed);
  answerRequests(connection, session, guard, ofTests, () => client);
  answerCompletion(connection, session, guard, ofTests, () => client);
  answerOwnRequests(connection, session, guard, platform);
  answerTests(connection, session, guard);
  answerAuthor(connection, session, guard);
  answerQueries(connection, session, guard);
  answerNavigation(connection, session, guard, () => client);
  answerViews(connection, session, guard, platform.uriOf);
  documents.listen(connection);
  connection.listen();
}

/** What a watched file has to do with us. */
function kindOfChange(uri: string): "settings" | "branch" | "knowledge" | "rule" | "tests" {
  if (uri.endsWith(`/${CONFIG_NAME}`) || uri.endsWith(`/${BASELINE_NAME}`)) return "settings";
  if (/\/\.git\//.test(uri)) return "branch";
  if (/\.(?:ndjson(?:\.gz)?|jsonl|test\.ya?ml)$/.test(uri)) return "tests";
  return uri.endsWith(".toml") ? "rule" : "knowledge";
}

/** Those that take their tests along. */
const RULE_FILES = {
  scheme: "file",
  pattern: { glob: "**/*.toml", matches: lsp.FileOperationPatternKind.file },
};

function initializeResult(version: string, client: lsp.ClientCapabilities): lsp.InitializeResult {
  const canPull = client.textDocument?.diagnostic !== undefined;
  const diagnosticProvider = {
    identifier: "rulewright",
    // Clients that can be told pull again once another rule matters: not at every change of one.
    interFileDependencies: client.workspace?.diagnostics?.refreshSupport !== true,
    workspaceDiagnostics: false,
  };
  return {
    serverInfo: { name: "rulewright", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      completionProvider: {
        triggerCharacters: [...TRIGGER_CHARACTERS],
        resolveProvider: true,
        completionItem: { labelDetailsSupport: true },
      },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: {},
      ...QUERY_EDITING,
      ...NAVIGATION,
      codeLensProvider: {},
      codeActionProvider: {
        codeActionKinds: [lsp.CodeActionKind.QuickFix, ...REFACTORING_KINDS, FIX_ALL_KIND],
      },
      ...(canPull ? { diagnosticProvider } : {}),
      workspace: {
        fileOperations: { willRename: { filters: [RULE_FILES] } },
        workspaceFolders: { supported: true, changeNotifications: true },
      },
    },
  };
}

/** Folders that are added or removed while the server runs. */
function followFolders(
  connection: lsp.Connection,
  session: Session,
  { pathOf }: ServerPlatform,
  guard: Guard,
  { client, refresh }: { readonly client: lsp.ClientCapabilities; readonly refresh: () => void },
): void {
  if (client.workspace?.workspaceFolders !== true) return;
  const changed = guard.notification("didChangeWorkspaceFolders", async () => {
    const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
    const workspaceFolders = folders.flatMap(({ uri }) => pathOf(uri) ?? []);
    session.begin({ storagePath: session.storagePath, workspaceFolders });
    session.forgetSettings();
    refresh();
    await session.readRules();
  });
  connection.workspace.onDidChangeWorkspaceFolders(changed);
}

function followDocuments(
  documents: lsp.TextDocuments<TextDocument>,
  session: Session,
  guard: Guard,
  pusher: () => Pusher | undefined,
  lensesChanged: () => void,
): void {
  documents.onDidChangeContent(
    guard.notification("didChange", ({ document }) => {
      // What a lens says of a rule rests on its events.
      if (document.uri.includes("/_tests/")) lensesChanged();
      return pusher()?.changed(document.uri);
    }),
  );
  documents.onDidSave(guard.notification("didSave", ({ document }) => pusher()?.saved(document.uri)));
  documents.onDidClose(
    guard.notification("didClose", ({ document }) => {
      session.close(document.uri);
      pusher()?.closed(document.uri);
    }),
  );
}

function answerRequests(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  ofTests: TestAnswers,
  client: () => lsp.ClientCapabilities,
): void {
  const none: lsp.DocumentDiagnosticReport = { kind: "full", items: [] };
  connection.languages.diagnostics.on(
    guard.request(
      "diagnostic",
      none,
      async (params: lsp.DocumentDiagnosticParams, token: lsp.CancellationToken) =>
        (await ofTests.pull(params, token)) ?? pullDiagnostics(session, params, token),
    ),
  );
  connection.onCodeAction(
    guard.request(
      "codeAction",
      [],
      async (params: lsp.CodeActionParams, token: lsp.CancellationToken) =>
        (await ofTests.actions(params, token)) ?? [
          ...(await codeActions(session, params, token, client())),
          ...(await refactorActions(session, params, token, client())),
        ],
    ),
  );
  connection.onHover(
    guard.request("hover", null, async (params: lsp.HoverParams, token: lsp.CancellationToken) => {
      const found = await ofTests.hover(params, token);
      return found === undefined ? hover(session, params) : found;
    }),
  );
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

function answerCompletion(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  ofTests: TestAnswers,
  client: () => lsp.ClientCapabilities,
): void {
  const { list, resolve } = completions(session, client);
  const none: lsp.CompletionList = { items: [], isIncomplete: false };
  connection.onCompletion(
    guard.request(
      "completion",
      none,
      async (params: lsp.CompletionParams, token: lsp.CancellationToken) =>
        (await ofTests.completions(params, client(), token)) ?? list(params),
    ),
  );
  // An item without documentation is better than none.
  connection.onCompletionResolve(async (item) =>
    guard.request("completionItem/resolve", item, () => resolve(item))(),
  );
}

function answerOwnRequests(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
  { version, runtime, updater }: ServerPlatform,
): void {
  connection.onRequest(
    "knowledge/list",
    guard.request("knowledge/list", [], () => session.layers()),
  );
  connection.onRequest(
    "knowledge/update",
    guard.request(
      "knowledge/update",
      { ok: false, message: "The update failed" },
      (params: KnowledgeUpdate, token: lsp.CancellationToken) =>
        updateKnowledge(session, connection, updater, params, token),
    ),
  );
  connection.onRequest(
    "checks/list",
    guard.request("checks/list", [], () => listChecks(session)),
  );
  connection.onRequest(
    "server/info",
    guard.request("server/info", null, () => serverInfo(session, version, runtime)),
  );
}

function introduction(
  { initializationOptions, workspaceFolders }: lsp.InitializeParams,
  { pathOf }: ServerPlatform,
): Parameters<Session["begin"]>[0] {
  // Whatever the client sends: each member is looked at before it is used.
  const options = (initializationOptions ?? {}) as Partial<Record<keyof InitializationOptions, unknown>>;
  const { storagePath } = options;
  return {
    storagePath: typeof storagePath === "string" ? storagePath : undefined,
    workspaceFolders: (workspaceFolders ?? []).flatMap(({ uri }) => pathOf(uri) ?? []),
  };
}

function watchesFiles(client: lsp.ClientCapabilities): boolean {
  return client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
}

async function registerWatchers(connection: lsp.Connection, client: lsp.ClientCapabilities): Promise<void> {
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    await connection.client.register(lsp.DidChangeConfigurationNotification.type, { section: "rulewright" });
  }
  if (watchesFiles(client)) {
    const watchers = [
      { globPattern: `**/{${CONFIG_NAME},${BASELINE_NAME}}` },
      { globPattern: "**/detection_rules/etc/**" },
      { globPattern: "**/_config.yaml" },
      { globPattern: "**/*.toml" },
      { globPattern: "**/*.{ndjson,ndjson.gz,jsonl,test.yml,test.yaml}" },
      { globPattern: "**/.git/{HEAD,packed-refs,logs/HEAD}" },
      { globPattern: "**/.git/refs/remotes/**" },
    ];
    await connection.client.register(lsp.DidChangeWatchedFilesNotification.type, { watchers });
  }
}
