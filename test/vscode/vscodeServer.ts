/**
 * The VS Code server that npm's code-server carries. Its own `server-main.js` is started, as only that takes
 * --enable-smoke-test-driver, without which a built VS Code ignores extensionDevelopmentPath and extensionTestsPath.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { installVSCodeServer } from "../../scripts/install-vscode-server.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { root } from "./workspace.ts";

export interface VSCodeServer {
  /** Where its page is, such as `http://127.0.0.1:8080`. */
  readonly base: string;
  /** The URI of a file for its window. */
  uriOf(path: string): string;
  stop(): Promise<void>;
}

const home = process.env["CODE_SERVER_HOME"] ?? join(root, ".vscode-server");
const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 3_000;

/** Nothing that asks, greets, downloads or moves. */
const still = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.welcomePage.experimentalOnboarding": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.enabled": false,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "window.commandCenter": false,
};

export interface ServerOptions {
  /** Installed first, as a user would. */
  readonly vsix?: string;
  /** Settings of the user, beside those that keep the window still. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function startVSCodeServer({ vsix, settings = {} }: ServerOptions = {}): Promise<VSCodeServer> {
  installVSCodeServer(home);
  const node = join(home, "node_modules/.bin/node");
  const main = join(home, "node_modules/code-server/lib/vscode/out/server-main.js");
  const temporary = temporaryFolder("server");
  const folder = temporary.path;
  const folders = prepareFolders(folder, settings);
  if (vsix !== undefined)
    execFileSync(node, [main, ...folders, "--install-extension", vsix], { stdio: "pipe" });

  const port = await freePort();
  const logFile = join(folder, "server.log");
  const log = openSync(logFile, "w");
  const child = spawn(node, [main, ...folders, ...serverOptions(port)], {
    // Its sockets and scratch files go where we tidy up.
    env: { ...process.env, TMPDIR: folder, XDG_RUNTIME_DIR: folder },
    stdio: ["ignore", log, log],
    detached: true,
  });
  const killNow = (): void => signalGroup(child, "SIGKILL");
  process.prependListener("exit", killNow);
  endOnSignals();

  const stop = async (): Promise<void> => {
    signalGroup(child, "SIGTERM");
    if (child.exitCode === null) await Promise.race([once(child, "exit"), pause(STOP_MILLISECONDS)]);
    killNow();
    process.off("exit", killNow);
    temporary.remove();
  };
  const base = `http://127.0.0.1:${port}`;
  if (!(await isAnswering(base, child))) {
    const output = readFileSync(logFile, "utf8");
    await stop();
    throw new Error(`The VS Code server did not start:\n${output}`);
  }
  return { base, uriOf: (path) => `vscode-remote://127.0.0.1:${port}${path}`, stop };
}

function prepareFolders(folder: string, own: Readonly<Record<string, unknown>>): readonly string[] {
  const userData = join(folder, "user-data");
  for (const part of ["User", "Machine"]) {
    mkdirSync(join(userData, part), { recursive: true });
    writeFileSync(join(userData, part, "settings.json"), JSON.stringify({ ...still, ...own }));
  }
  mkdirSync(join(folder, "extensions"));
  return [
    ["--server-data-dir", join(folder, "server-data")],
    ["--user-data-dir", userData],
    ["--extensions-dir", join(folder, "extensions")],
    ["--telemetry-level", "off"],
    ["--accept-server-license-terms"],
  ].flat();
}

function serverOptions(port: number): readonly string[] {
  return [
    ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ["--disable-workspace-trust", "--disable-experiments", "--disable-getting-started-override"],
    ["--enable-smoke-test-driver"],
  ].flat();
}

async function isAnswering(base: string, child: ChildProcess): Promise<boolean> {
  const end = Date.now() + START_MILLISECONDS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`${base}/version`).catch(() => undefined);
    if (answer?.ok === true) return true;
    await pause(100);
  }
  return false;
}

/** The server is the first of a group of processes: its extension hosts end with it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!isGone) throw error;
  }
}

/** Else a signal would end this process without its `exit` listeners, and the server would live on. */
function endOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port is free");
  return address.port;
}
