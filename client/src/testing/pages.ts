/** Pages that explain an event, as Markdown previews that stay true while rule and events change. */
import { type Disposable, type Event, EventEmitter, Uri, commands, l10n, workspace } from "vscode";
import { type EventChoice } from "../../../server/src/lsp/protocol.ts";
import { type TestServer } from "./server.ts";

export interface ExplanationPages extends Disposable {
  show(choice: EventChoice): Promise<void>;
  refresh(): void;
}

const SCHEME = "rulewright-event";
const DELAY_MILLISECONDS = 150;

export function explanationPages(server: TestServer): ExplanationPages {
  const changed = new EventEmitter<Uri>();
  const open = new Map<string, EventChoice>();
  const onDidChange: Event<Uri> = changed.event;
  let timer: NodeJS.Timeout | undefined;
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange,
    async provideTextDocumentContent(uri) {
      const choice = open.get(uri.toString());
      const text = choice && (await server.ask("events/explain", choice));
      return text ?? l10n.t("The event is not there any more.");
    },
  });
  const closing = workspace.onDidCloseTextDocument(({ uri }) => open.delete(uri.toString()));
  return {
    async show(choice) {
      const { uri: file, line } = choice.event;
      const fileName = Uri.parse(file).path.split("/").at(-1) ?? "";
      const path = `/${l10n.t("line {0} of {1}", line, fileName)}.md`;
      const uri = Uri.from({ scheme: SCHEME, path, query: JSON.stringify(choice) });
      open.set(uri.toString(), choice);
      changed.fire(uri);
      await commands.executeCommand("markdown.showPreviewToSide", uri);
    },
    refresh() {
      if (open.size === 0) return;
      clearTimeout(timer);
      timer = setTimeout(
        () => [...open.keys()].forEach((uri) => changed.fire(Uri.parse(uri))),
        DELAY_MILLISECONDS,
      );
    },
    dispose() {
      clearTimeout(timer);
      [registration, closing, changed].forEach((one) => void one.dispose());
    },
  };
}
