/** As much of VS Code as the client's texts pass through, for tests without an editor. */
import { fakeQuestions } from "./fakeInputs.ts";
import { FakeItems, fakeTestController } from "./fakeTesting.ts";
import {
  type FakeUri,
  type Task,
  type TreeItem,
  documentOf,
  editorOf,
  followed,
  kept,
  kinds,
  quiet,
  uriOf,
  values,
} from "./fakeValues.ts";
import { type Screen } from "./screen.ts";

export interface FakeEditor {
  /** For `vi.doMock`. */
  readonly vscode: object;
  readonly commands: ReadonlyMap<string, (argument?: unknown) => Promise<void>>;
  /** Shows all that views, pages, tasks and tests hold. */
  look(): Promise<void>;
  /** A rule is in front; or nothing is. */
  open(what: "a rule" | "nothing"): void;
}

export type Translate = (message: string, ...values: readonly (string | number | boolean)[]) => string;

interface TreeProvider {
  getChildren(row?: unknown): Promise<readonly unknown[]>;
  getTreeItem(row: unknown): TreeItem;
}

interface TextProvider {
  provideTextDocumentContent(uri: FakeUri): Promise<string>;
}

interface TaskProvider {
  provideTasks(): readonly Task[];
}

const RULE = "file:///δ/δ.toml";

export function fakeEditor(screen: Screen, translated: Translate): FakeEditor {
  const registered = new Map<string, (argument?: unknown) => Promise<void>>();
  const trees: TreeProvider[] = [];
  const pages: TextProvider[] = [];
  const tasks: TaskProvider[] = [];
  const items = new FakeItems();
  const front: { activeTextEditor: object | undefined; readonly visibleTextEditors: readonly object[] } = {
    activeTextEditor: undefined,
    visibleTextEditors: [],
  };
  const vscode = {
    ...kinds(),
    ...values(screen),
    l10n: { bundle: undefined, t: translated },
    window: Object.assign(front, fakeQuestions(screen), fakeViews(screen, trees)),
    workspace: fakeWorkspace(pages),
    commands: {
      registerCommand: (name: string, act: () => Promise<void>) => kept(registered.set(name, act)),
      executeCommand: async () => undefined,
    },
    languages: {
      createLanguageStatusItem: () => shownObject(screen),
      setTextDocumentLanguage: async () => undefined,
      match: () => 0,
    },
    tasks: {
      registerTaskProvider: (_type: string, provider: TaskProvider) => kept(tasks.push(provider)),
    },
    tests: {
      createTestController: (_id: string, label: string) => fakeTestController(screen, items, label),
    },
    env: {
      appName: "δ",
      language: "δ",
      clipboard: { readText: async () => "δ", writeText: async () => undefined },
    },
    version: "1",
  };
  return {
    vscode,
    commands: registered,
    open: (what) => (front.activeTextEditor = what === "a rule" ? editorOf(RULE) : undefined),
    async look() {
      for (const tree of trees) await showRows(screen, tree);
      for (const page of pages) screen.show(await page.provideTextDocumentContent(uriOf("page:δ")));
      for (const { provideTasks } of tasks) screen.show(...provideTasks().map(({ name }) => name));
      items.show(screen);
    },
  };
}

function fakeViews(screen: Screen, trees: TreeProvider[]): object {
  const channel = { name: "δ", info: quiet, error: quiet, warn: quiet, show: quiet, dispose: quiet };
  return {
    onDidChangeActiveTextEditor: followed,
    onDidChangeVisibleTextEditors: followed,
    createOutputChannel: () => channel,
    createTextEditorDecorationType: () => kept(),
    showTextDocument: async () => editorOf(RULE),
    createTreeView(_id: string, { treeDataProvider }: { readonly treeDataProvider: TreeProvider }) {
      trees.push(treeDataProvider);
      return { visible: true, onDidChangeVisibility: followed, dispose: quiet };
    },
    createWebviewPanel(_type: string, title: string) {
      screen.show(title);
      return {
        ...{ webview: new Webview(screen), visible: true, active: true, reveal: quiet, dispose: quiet },
        ...{ onDidDispose: followed, onDidChangeViewState: followed },
      };
    },
  };
}

function fakeWorkspace(pages: TextProvider[]): object {
  const watcher = { onDidChange: followed, onDidCreate: followed, onDidDelete: followed, dispose: quiet };
  return {
    isTrusted: true,
    textDocuments: [],
    workspaceFolders: [{ uri: uriOf("file:///δ") }],
    applyEdit: async () => true,
    asRelativePath: () => "δ",
    createFileSystemWatcher: () => watcher,
    getConfiguration: () => ({
      get: (name: string, fallback?: unknown) =>
        typeof fallback === "string" && !name.endsWith("author") ? "δ" : fallback,
      inspect: () => undefined,
      update: async () => undefined,
    }),
    openTextDocument: async () => documentOf(RULE),
    registerTextDocumentContentProvider: (_scheme: string, provider: TextProvider) =>
      kept(pages.push(provider)),
    fs: {
      stat: async () => Promise.reject(new Error("There is no file")),
      readFile: async () => new Uint8Array(),
      writeFile: async () => undefined,
      createDirectory: async () => undefined,
      copy: async () => undefined,
    },
    ...Object.fromEntries(
      ["Open", "Save", "Change", "Close"].map((what) => [`onDid${what}TextDocument`, followed]),
    ),
    onDidChangeConfiguration: followed,
  };
}

/** Whatever text is put into it is shown, and the title of its command. */
function shownObject(screen: Screen): object {
  return new Proxy(
    { dispose: quiet },
    {
      set(_object, _name, value: unknown) {
        if (typeof value === "string") screen.show(value);
        if (typeof value === "object" && value !== null && "title" in value) screen.show(String(value.title));
        return true;
      },
    },
  );
}

async function showRows(screen: Screen, tree: TreeProvider, row?: unknown): Promise<void> {
  for (const child of await tree.getChildren(row)) {
    const { label, description, tooltip, command, accessibilityInformation } = tree.getTreeItem(child);
    screen.show(label, description, tooltip, command?.title, accessibilityInformation?.label);
    await showRows(screen, tree, child);
  }
}

/** Somebody clicks into it: on a cell that is covered, on one that is not, beside them. */
class Webview {
  readonly #screen: Screen;
  #listener: (message: unknown) => Promise<void> = async () => undefined;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  onDidReceiveMessage(listener: (message: unknown) => Promise<void>): void {
    this.#listener = listener;
  }

  async postMessage(): Promise<boolean> {
    return true;
  }

  set html(html: string) {
    this.#screen.showPage(html);
    for (const [, tactic, technique] of html.matchAll(/data-tactic="([^"]*)" data-technique="([^"]*)"/g))
      void this.#listener({ tactic, technique });
  }
}
