/** Pushes diagnostics to clients that cannot pull them. */
import { type CancellationToken, CancellationTokenSource, type Connection } from "vscode-languageserver";
import { isConfigFile, openConfigDiagnostics } from "./closedConfigs.ts";
import { protocolDiagnostics } from "./handlers/diagnostics.ts";
import { type TestAnswers } from "./handlers/testDocuments.ts";
import { type Guard } from "./guard.ts";
import { type Session } from "./session.ts";

export interface Pusher {
  changed(uri: string): Promise<void>;
  saved(uri: string): void;
  closed(uri: string): void;
  all(uris: readonly string[]): void;
}

const DELAY_MILLISECONDS = 100;

export function pusherFor(
  connection: Connection,
  session: Session,
  tests: TestAnswers,
  guard: Guard,
): Pusher {
  const waiting = new Map<
    string,
    { readonly timer: NodeJS.Timeout; readonly source: CancellationTokenSource }
  >();

  function schedule(uri: string): void {
    stop(uri);
    const source = new CancellationTokenSource();
    const timer = setTimeout(() => void push(uri, source.token), DELAY_MILLISECONDS);
    waiting.set(uri, { timer, source });
  }

  function stop(uri: string): void {
    const before = waiting.get(uri);
    if (before === undefined) return;
    clearTimeout(before.timer);
    before.source.cancel();
    waiting.delete(uri);
  }

  const push = guard.notification("publishDiagnostics", async (uri: string, token: CancellationToken) => {
    const ofTests = await tests.diagnostics(uri, token);
    if (ofTests !== undefined) return connection.sendDiagnostics({ uri, ...ofTests });
    if (isConfigFile(uri)) {
      const diagnostics = [...(await openConfigDiagnostics(session, uri))];
      return connection.sendDiagnostics({ uri, diagnostics });
    }
    const found = await session.diagnostics(uri, token);
    if (found === undefined || token.isCancellationRequested) return;
    const diagnostics = await protocolDiagnostics(session, found.document, found.diagnostics);
    if (token.isCancellationRequested) return;
    await connection.sendDiagnostics({ uri, version: found.document.version, diagnostics });
  });

  return {
    async changed(uri) {
      if ((await session.configOf(uri)).lintRun === "onType") schedule(uri);
    },
    saved: schedule,
    closed(uri) {
      stop(uri);
      guard.send("publishDiagnostics", connection.sendDiagnostics({ uri, diagnostics: [] }));
    },
    all: (uris) => uris.forEach(schedule),
  };
}
