/** What every kind of extension host shares: the life of the language client and all that hangs on it. */
import {
  type ExtensionContext,
  type LogOutputChannel,
  type TextDocument,
  commands,
  l10n,
  window,
  workspace,
} from "vscode";
import {
  type BaseLanguageClient,
  DiagnosticPullMode,
  DocumentDiagnosticRequest,
  type LanguageClientOptions,
  State,
} from "vscode-languageclient";
import {
  type InitializationOptions,
  type Notifications,
  type Requests,
} from "../../server/src/lsp/protocol.ts";
import { registerCommands } from "./commands.ts";
import { crashPolicy } from "./crash.ts";
import { firstStepCommands } from "./firstSteps/commands.ts";
import { provideTasks } from "./firstSteps/tasks.ts";
import { navigationCommands } from "./navigation/commands.ts";
import { holdsRule, promoteRules } from "./promote.ts";
import { queryCommands } from "./query/commands.ts";
import { LANGUAGE_ID, SECTION, lintRun } from "./settings.ts";
import { createStatus } from "./status.ts";
import { testCommands } from "./testing/commands.ts";
import { startTesting } from "./testing/testing.ts";
import { toggleCommands } from "./testing/toggles.ts";
import { TraceChannel } from "./trace.ts";
import { updateSchemas } from "./updateSchemas.ts";
import { startViews } from "./views/views.ts";

export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export interface Rulewright {
  readonly log: LogOutputChannel;
  /** Asks the server, after starting it if need be. */
  request<Method extends keyof Requests>(method: Method): Promise<Requests[Method]["result"]>;
  updateSchemas(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Other TOML is served as well: the server is silent on what is no rule. */
const SELECTOR = [
  { language: LANGUAGE_ID },
  { language: "toml" },
  { pattern: "**/_tests/**/*.{ndjson,jsonl}" },
  { pattern: "**/_tests/**/*.test.{yml,yaml}" },
];

export function startRulewright(context: ExtensionContext, createClient: CreateClient): Rulewright {
  const log = window.createOutputChannel("Rulewright", { log: true });
  const trace = new TraceChannel(log);
  const status = createStatus();
  const client = createClient({
    documentSelector: SELECTOR,
    initializationOptions: initializationOptions(context),
    outputChannel: log,
    traceOutputChannel: trace,
    errorHandler: crashPolicy(showThatItStopped),
    diagnosticPullOptions: {
      // Both are on and the filter decides each time, so that a changed setting counts at once.
      onChange: true,
      onSave: true,
      filter: (document, mode) => mode !== pullModeOf(document),
    },
  });
  client.onDidChangeState(({ newState }) => status.showClient(newState));
  client.onNotification("server/status", (shown: Notifications["server/status"]) => status.showServer(shown));

  const testing = startTesting(client);
  const views = startViews(client);
  const rulewright: Rulewright = {
    log,
    async request(method) {
      await client.start();
      return client.sendRequest(method);
    },
    updateSchemas: () => updateSchemas(client, () => log.show()),
    async restart() {
      await rulewright.stop();
      await client.start();
    },
    async stop() {
      if (client.state === State.Running) await client.stop();
    },
  };
  context.subscriptions.push(
    log,
    trace,
    status,
    testing,
    views,
    ...registerCommands(context, rulewright, {
      ...testCommands(testing.parts),
      ...toggleCommands(),
      ...queryCommands(client),
      ...navigationCommands(client),
      ...views.commands,
      ...firstStepCommands(context, client),
    }),
    provideTasks(context),
    ...promoteRules(log),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.lint`)) pullAgain(client);
    }),
    ...onFirstRule(() =>
      client.start().catch((error: unknown) => log.error("The server did not start", error)),
    ),
  );
  return rulewright;
}

function initializationOptions({ globalStorageUri }: ExtensionContext): InitializationOptions {
  const formatterLanguages = [LANGUAGE_ID];
  return globalStorageUri.scheme === "file"
    ? { storagePath: globalStorageUri.fsPath, formatterLanguages }
    : { formatterLanguages };
}

/** A window with TOML of other kinds needs no server. */
function onFirstRule(start: () => Promise<void>): readonly { dispose(): void }[] {
  let isStarted = false;
  const consider = (document: TextDocument): void => {
    if (isStarted || !holdsRule(document)) return;
    isStarted = true;
    void start();
  };
  workspace.textDocuments.forEach(consider);
  return [
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidChangeTextDocument(({ document }) => consider(document)),
  ];
}

function pullModeOf(document: TextDocument): DiagnosticPullMode {
  return lintRun(document) === "onSave" ? DiagnosticPullMode.onSave : DiagnosticPullMode.onType;
}

function pullAgain(client: BaseLanguageClient): void {
  const feature = client.getFeature(DocumentDiagnosticRequest.method);
  const providers = workspace.textDocuments.map((document) => feature.getProvider(document));
  for (const provider of new Set(providers)) provider?.onDidChangeDiagnosticsEmitter.fire();
}

function showThatItStopped(message: string): void {
  const actions = [
    { title: l10n.t("Restart Server"), command: "rulewright.restartServer" },
    { title: l10n.t("Show Log"), command: "rulewright.showLog" },
  ];
  void window.showErrorMessage(message, ...actions).then((action) => {
    if (action !== undefined) void commands.executeCommand(action.command);
  });
}
