/** Pages that explain an event, as Markdown previews that stay true while rule and events change. */
import { type Disposable, type Event, EventEmitter, Uri, commands, workspace } from "vscode";
import { type EventChoice } from "../../../server/src/lsp/protocol.ts";
import { type TestServer } from "./server.ts";

export interface ExplanationPages extends Disposable {
  show(choice: EventChoice): Promise<void>;
  refresh(): void;
}

const SCHEME = "rulewright-event";

export function explanationPages(server: TestServer): ExplanationPages {
  const changed = new EventEmitter<Uri>();
  const open = new Map<string, EventChoice>();
  const onDidChange: Event<Uri> = changed.event;
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange,
    async provideTextDocumentContent(uri) {
      const choice = open.get(uri.toString());
      const text = choice && (await server.ask("events/explain", choice));
      return text ?? "The event is not there any more.";
    },
  });
  return {
    async show(choice) {
      const name = `line ${choice.event.line} of ${choice.event.uri.split("/").at(-1) ?? ""}.md`;
      const uri = Uri.from({ scheme: SCHEME, path: `/${name}`, query: JSON.stringify(choice) });
      open.set(uri.toString(), choice);
      changed.fire(uri);
      await commands.executeCommand("markdown.showPreviewToSide", uri);
    },
    refresh: () => open.forEach((_, uri) => changed.fire(Uri.parse(uri))),
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
