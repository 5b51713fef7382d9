/**
 * Pushes what there is to say of files that are not open. Clients that pull do so for open documents; a pull for the
 * whole workspace would make them keep what a document had when it was closed.
 */
import { CancellationToken, type Connection } from "vscode-languageserver";
import { type ClosedReports } from "./closedRules.ts";
import { type Guard } from "./guard.ts";

/** To be called whenever something else may be said, or other documents are open. */
export function closedPusher(connection: Connection, closed: ClosedReports, guard: Guard): () => void {
  /** Result ids by URI, of what the client has. */
  const told = new Map<string, string>();
  let isRunning = false;
  let isAskedAgain = false;

  async function push(): Promise<void> {
    const reports = (await closed.reports(CancellationToken.None)) ?? [];
    const current = new Set(reports.map(({ uri }) => uri));
    for (const uri of [...told.keys()].filter((one) => !current.has(one))) {
      told.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    for (const { uri, resultId, items } of reports) {
      if (told.get(uri) === resultId) continue;
      told.set(uri, resultId);
      await connection.sendDiagnostics({ uri, diagnostics: [...items] });
    }
  }

  const run = guard.notification("publishDiagnostics", async () => {
    isRunning = true;
    try {
      do {
        isAskedAgain = false;
        await push();
      } while (isAskedAgain);
    } finally {
      isRunning = false;
    }
  });

  return () => {
    isAskedAgain = true;
    if (!isRunning) void run();
  };
}
