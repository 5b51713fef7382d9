/** `Rulewright: Mutation Score of This Rule`: counts with a progress bar, and a page that is counted again after a save. */
import {
  CancellationTokenSource,
  type Disposable,
  EventEmitter,
  Uri,
  commands,
  l10n,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type MutationResult } from "../../../server/src/lsp/protocolMutations.ts";
import { withServerProgress } from "../progress.ts";
import { type TestServer } from "./server.ts";

export interface MutationPages extends Disposable {
  show(ruleUri: string): Promise<void>;
  /** Pages that are open are counted again. */
  refresh(): void;
}

const SCHEME = "rulewright-mutations";

interface OpenPage {
  readonly ruleUri: string;
  readonly text: string;
  /** Ends when the page is counted again, or is closed. */
  readonly counting: CancellationTokenSource;
}

export function mutationPages(client: BaseLanguageClient, server: TestServer): MutationPages {
  const changed = new EventEmitter<Uri>();
  const open = new Map<string, OpenPage>();
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      open.get(uri.toString())?.text ?? l10n.t("This page is closed. Ask for the mutation score again."),
  });

  function forget(key: string): void {
    open.get(key)?.counting.cancel();
    open.delete(key);
  }

  async function countAgain(key: string, { ruleUri, counting }: OpenPage): Promise<void> {
    counting.cancel();
    const source = new CancellationTokenSource();
    const before = open.get(key);
    if (before !== undefined) open.set(key, { ...before, counting: source });
    const result = await server
      .ask("tests/mutate", { uri: ruleUri, workDoneToken: null }, source.token)
      .catch(() => null);
    if (result === null || source.token.isCancellationRequested || !open.has(key)) return;
    open.set(key, { ruleUri, text: result.ok ? result.page : result.message, counting: source });
    changed.fire(Uri.parse(key));
  }

  const closing = workspace.onDidCloseTextDocument(({ uri }) => forget(uri.toString()));
  return {
    async show(ruleUri) {
      const result = await countedWithProgress(client, server, ruleUri);
      if (result === undefined) return;
      if (result === null) {
        void window.showWarningMessage(l10n.t("Open a detection rule or its sample events first"));
        return;
      }
      if (!result.ok) {
        void window.showInformationMessage(result.message);
        return;
      }
      const fileName = Uri.parse(ruleUri).path.split("/").at(-1) ?? "";
      const path = `/${l10n.t("Mutation score of {0}", fileName)}.md`;
      const uri = Uri.from({ scheme: SCHEME, path, query: ruleUri });
      forget(uri.toString());
      open.set(uri.toString(), { ruleUri, text: result.page, counting: new CancellationTokenSource() });
      changed.fire(uri);
      await commands.executeCommand("markdown.showPreviewToSide", uri);
    },
    refresh: () => [...open].forEach(([key, page]) => void countAgain(key, page)),
    dispose() {
      [...open.keys()].forEach(forget);
      [registration, closing, changed].forEach((one) => void one.dispose());
    },
  };
}

/** Undefined if the user stopped it. */
function countedWithProgress(
  client: BaseLanguageClient,
  server: TestServer,
  ruleUri: string,
): Thenable<MutationResult | null | undefined> {
  const title = l10n.t("Counting which changes of the query a test notices");
  return withServerProgress(client, title, async (workDoneToken, token) => {
    try {
      return await server.ask("tests/mutate", { uri: ruleUri, workDoneToken }, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}
