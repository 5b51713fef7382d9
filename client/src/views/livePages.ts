/** Read-only pages about one rule that stay true while it is typed: what Kibana receives, its guide, what changed. */
import {
  type Disposable,
  EventEmitter,
  type TextDocument,
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
  /** Something that they rest on beside their rules may have changed. */
  refresh(): void;
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
  /** Pages that are brought up to date next. */
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const refresh = (isConcerned: (rule: string) => boolean): void => {
    for (const [page, { rule }] of open) if (isConcerned(rule)) waiting.add(page);
    if (waiting.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const pages = [...waiting];
      waiting.clear();
      for (const page of pages) changed.fire(Uri.parse(page));
    }, DELAY_MILLISECONDS);
  };
  const changedIn = (document: TextDocument): void => refresh((rule) => rule === document.uri.toString());
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
    workspace.onDidChangeTextDocument(({ document }) => changedIn(document)),
    workspace.onDidSaveTextDocument(changedIn),
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
    refresh: () => refresh(() => true),
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
