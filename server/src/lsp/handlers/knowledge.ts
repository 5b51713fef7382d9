/** Lists the layers of what is known, and updates the downloaded one when the user asks for it. */
import { type CancellationToken, type Connection, WorkDoneProgress } from "vscode-languageserver";
import { type KnowledgeUpdate, type KnowledgeUpdateResult } from "../protocol.ts";
import { type Session } from "../session.ts";

/** What fetches schemas on this platform. */
export interface Updater {
  /** The error is a sentence for people. */
  update(
    storagePath: string,
    params: KnowledgeUpdate,
    watch: { readonly signal: AbortSignal; readonly onProgress: (what: string, share: number) => void },
  ): Promise<KnowledgeUpdateResult>;
}

export async function updateKnowledge(
  session: Session,
  connection: Connection,
  updater: Updater | undefined,
  params: KnowledgeUpdate,
  token: CancellationToken,
): Promise<KnowledgeUpdateResult> {
  const { storagePath } = session;
  if (updater === undefined || storagePath === undefined)
    return { ok: false, message: "This editor has no folder for what is downloaded" };
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  let last = -1;
  try {
    const result = await updater.update(storagePath, params, {
      signal: controller.signal,
      onProgress(what, share) {
        const percentage = Math.floor(share * 100);
        if (percentage === last) return;
        last = percentage;
        const report = { kind: "report" as const, message: what, percentage };
        void connection.sendProgress(WorkDoneProgress.type, params.workDoneToken, report);
      },
    });
    if (result.ok) session.forgetKnowledge();
    return result;
  } finally {
    listening.dispose();
  }
}
