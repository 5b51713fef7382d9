/** Long work of the server under a notification with a bar, which the user can stop. */
import { type CancellationToken, ProgressLocation, window } from "vscode";
import { type BaseLanguageClient, WorkDoneProgress } from "vscode-languageclient";

/** `ask` sends the request, with the token by which the server says how far it is. */
export function withServerProgress<Answer>(
  client: BaseLanguageClient,
  title: string,
  ask: (workDoneToken: string, token: CancellationToken) => Promise<Answer>,
): Thenable<Answer> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const workDoneToken = crypto.randomUUID();
      let shown = 0;
      const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind !== "report") return;
        const percentage = step.percentage ?? shown;
        progress.report({ message: step.message ?? "", increment: percentage - shown });
        shown = percentage;
      });
      try {
        return await ask(workDoneToken, token);
      } finally {
        listening.dispose();
      }
    },
  );
}
