/** Read-only pages about one rule that stay true while it is typed: what Kibana receives, its guide, what changed. */
import {
  type Disposable,
  EventEmitter,
  Uri,
  ViewColumn,
  commands,
  l10n,
  languages,
  window,
  workspace,
} from "vscode";
import { type ViewServer } from "./viewServer.ts";

export type PageKind = "kibana" | "guide" | "compare";

export interface LivePages extends Disposable {
  show(kind: PageKind, rule: Uri): Promise<void>;
}

const SCHEME = "rulewright-view";
const DELAY_MILLISECONDS = 200;
/** The editor's title, and an ending that says how the page is read. */
function fileName(kind: PageKind, rule: string): string {
  switch (kind) {
    case "kibana":
      return `${l10n.t("{0} as Kibana receives it", rule)}.jsonc`;
    case "guide":
      return `${l10n.t("{0} guide", rule)}.md`;
    case "compare":
      return `${l10n.t("{0} against HEAD", rule)}.md`;
  }
}

export function livePages(server: ViewServer): LivePages {
  const changed = new EventEmitter<Uri>();
  /** The rule of each page that is open. */
  const open = new Map<string, { readonly kind: PageKind; readonly rule: string }>();
  let timer: NodeJS.Timeout | undefined;
  const refresh = (rule: string): void => {
    if (![...open.values()].some((one) => one.rule === rule)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const [page, one] of open) if (one.rule === rule) changed.fire(Uri.parse(page));
    }, DELAY_MILLISECONDS);
  };
  const parts: readonly Disposable[] = [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const page = open.get(uri.toString());
        return (
          (page && (await contentOf(server, page.kind, page.rule))) ??
          `${l10n.t("The rule is not open any more.")}\n`
        );
      },
    }),
    workspace.onDidChangeTextDocument(({ document }) => refresh(document.uri.toString())),
    workspace.onDidSaveTextDocument((document) => refresh(document.uri.toString())),
    workspace.onDidCloseTextDocument(({ uri }) => open.delete(uri.toString())),
  ];
  return {
    async show(kind, rule) {
      const name =
        rule.path
          .split("/")
          .at(-1)
          ?.replace(/\.toml$/, "") ?? "rule";
      const page = Uri.from({ scheme: SCHEME, path: `/${fileName(kind, name)}`, query: rule.toString() });
      open.set(page.toString(), { kind, rule: rule.toString() });
      changed.fire(page);
      if (kind === "kibana") await showText(page);
      else await commands.executeCommand("markdown.showPreviewToSide", page);
    },
    dispose() {
      clearTimeout(timer);
      for (const part of parts) part.dispose();
    },
  };
}

async function showText(page: Uri): Promise<void> {
  const document = await workspace.openTextDocument(page);
  await languages.setTextDocumentLanguage(document, "jsonc");
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}

async function contentOf(server: ViewServer, kind: PageKind, uri: string): Promise<string | undefined> {
  switch (kind) {
    case "kibana":
      return (await server.ask("views/kibana", { uri }))?.text;
    case "guide":
      return (await server.ask("views/guide", { uri })) ?? undefined;
    case "compare":
      return (await server.ask("views/compare", { uri })) ?? undefined;
  }
}
