/** A client that talks to the built server over standard input and output. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from "vscode-languageserver/node";
import type * as lsp from "vscode-languageserver";
import { root } from "./fixture.ts";

export interface WireClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** What the server said in `window/logMessage`. */
  readonly logged: string[];
  loggedUntil(isWanted: () => boolean): Promise<void>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Diagnostics that the server pushed last, by URI. */
  readonly pushed: ReadonlyMap<string, readonly lsp.Diagnostic[]>;
  /** Until what was pushed is as wanted. */
  pushedUntil(isWanted: () => boolean): Promise<void>;
  /** Diagnostics by pull. */
  pull(uri: string): Promise<readonly lsp.Diagnostic[]>;
  stop(): Promise<void>;
}

export interface WireOptions {
  readonly capabilities?: lsp.ClientCapabilities;
  readonly settings?: unknown;
  /** Folders of the workspace. */
  readonly folders?: readonly string[];
  /** The server asks for diagnostics to be pulled again. */
  readonly onRefresh?: () => void;
  /** Command line after `node`; default: the built server. */
  readonly command?: readonly string[];
}

export const PULLING: lsp.ClientCapabilities = {
  workspace: { configuration: true, diagnostics: { refreshSupport: true } },
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

/** Starts the server and waits until its catalogs are loaded. */
export async function startWire(options: WireOptions = {}): Promise<WireClient> {
  const command = options.command ?? [path.join(root, "dist/server.cjs"), "--stdio"];
  const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const logged: string[] = [];
  let wake = (): void => undefined;
  connection.onNotification("window/logMessage", ({ message }: lsp.LogMessageParams) => {
    logged.push(message);
    wake();
  });
  const pushed = new Map<string, readonly lsp.Diagnostic[]>();
  connection.onNotification(
    "textDocument/publishDiagnostics",
    ({ uri, diagnostics }: lsp.PublishDiagnosticsParams) => {
      pushed.set(uri, diagnostics);
      wake();
    },
  );
  connection.onRequest("workspace/configuration", ({ items }: lsp.ConfigurationParams) =>
    items.map(() => options.settings ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => {
    options.onRefresh?.();
    return null;
  });
  const isReady = new Promise<void>((resolve) => {
    connection.onNotification("server/status", ({ state }: { readonly state: string }) => {
      if (state === "ready") resolve();
    });
  });
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: (options.folders ?? []).map((folder) => ({
      uri: pathToFileURL(folder).href,
      name: path.basename(folder),
    })),
    capabilities: options.capabilities ?? PULLING,
  });
  await connection.sendNotification("initialized", {});
  await isReady;
  async function until(isWanted: () => boolean): Promise<void> {
    while (!isWanted()) await new Promise<void>((resolve) => (wake = resolve));
  }
  return {
    connection,
    process: child,
    logged,
    pushed,
    pushedUntil: until,
    loggedUntil: until,
    open: (uri, text, languageId = "detection-rule") =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      }),
    async pull(uri) {
      const report: lsp.FullDocumentDiagnosticReport = await connection.sendRequest(
        "textDocument/diagnostic",
        { textDocument: { uri } },
      );
      return report.items;
    },
    async stop() {
      await connection.sendRequest("shutdown");
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await connection.sendNotification("exit");
      await ended;
      connection.dispose();
    },
  };
}
