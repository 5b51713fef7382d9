/** The built server on a folder of rules with sample events, as tests about them ask it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CancellationToken } from "vscode-languageserver";
import type * as lsp from "vscode-languageserver";
import { type TestRequests } from "../../server/src/lsp/protocol.ts";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";

export const RULE = `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Jo"]
description = "A shell is started by a web server."
language = "eql"
name = "Shell Started by a Web Server"
query = '''
process where host.os.type == "linux" and
  process.parent.name : ("nginx", "apache2") and
  process.name : "sh" and
  not process.args : "-v"
'''
risk_score = 47
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
severity = "medium"
type = "eql"
`;

export const SEQUENCE = RULE.replace(/query = '''[^]*?'''/, (): string =>
  [
    "query = '''",
    "sequence by host.id with maxspan=10s",
    '  [process where process.name == "sh"]',
    "  [network where destination.port == 4444]",
    "'''",
  ].join("\n"),
)
  .replace("Shell Started by a Web Server", "Shell and Connection")
  .replace("6a11", "6a12");

interface Told {
  readonly parent?: string;
  readonly name?: string;
  readonly args?: readonly string[];
  readonly second?: number;
}

/** A line of NDJSON for an event of a process, which alerts unless it is told otherwise. */
export function shell({ parent = "nginx", name = "sh", args = [], second = 0 }: Told = {}): string {
  const event = {
    "@timestamp": `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`,
    event: { category: ["process"] },
    host: { id: "h1", os: { type: "linux" } },
    process: { name, args, parent: { name: parent } },
  };
  return `${JSON.stringify(event)}\n`;
}

export function connection(second: number, port = 4444): string {
  const event = {
    "@timestamp": `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`,
    event: { category: ["network"] },
    host: { id: "h1" },
    destination: { port },
  };
  return `${JSON.stringify(event)}\n`;
}

const folders: string[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export interface TestingWorkspace {
  readonly client: WireClient;
  readonly root: string;
  uri(name: string): string;
  /** Below the workspace; as it was for what lies elsewhere. */
  nameOf(uri: string): string;
  write(name: string, text: string): void;
  remove(name: string): void;
  open(name: string, text: string): Promise<void>;
  change(name: string, version: number, text: string): Promise<void>;
  ask<M extends keyof TestRequests>(
    method: M,
    params: TestRequests[M]["params"],
    token?: CancellationToken,
  ): Promise<TestRequests[M]["result"]>;
  /** `line:character severity id: message` of the diagnostics of a document. */
  problems(name: string): Promise<readonly string[]>;
  request<R>(method: string, params: object): Promise<R>;
  stop(): Promise<void>;
}

const SEVERITIES = ["", "error", "warning", "info", "hint"];

export interface WorkspaceOptions {
  readonly settings?: object;
  readonly capabilities?: lsp.ClientCapabilities;
}

export async function testingWorkspace(
  files: Readonly<Record<string, string>>,
  { settings, capabilities = PULLING }: WorkspaceOptions = {},
): Promise<TestingWorkspace> {
  const root = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  folders.push(root);
  const uri = (name: string): string => pathToFileURL(path.join(root, name)).href;
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const client = await startWire({ capabilities, folders: [root], settings });
  return {
    client,
    root,
    uri,
    nameOf: (one) => path.relative(root, fileURLToPath(one)),
    write,
    remove: (name) => rmSync(path.join(root, name), { recursive: true }),
    open: (name, text) => client.open(uri(name), text),
    change: (name, version, text) =>
      client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(name), version },
        contentChanges: [{ text }],
      }),
    ask: (method, params, token = CancellationToken.None) =>
      client.connection.sendRequest(method, params, token),
    async problems(name) {
      return (await client.pull(uri(name))).map(({ range: { start }, severity, code, message }) => {
        const place = `${start.line + 1}:${start.character + 1}`;
        return `${place} ${SEVERITIES[severity ?? 0] ?? ""} ${String(code)}: ${message}`;
      });
    },
    request: (method, params) => client.connection.sendRequest(method, params),
    stop: () => client.stop(),
  };
}
