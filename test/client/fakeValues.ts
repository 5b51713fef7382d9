/** Values that the client makes and hands to VS Code, with as much in them as it reads again. */
import { SEPARATOR } from "./fakeInputs.ts";
import { type Screen } from "./screen.ts";

/** Names of VS Code whose values are only handed back to it. */
export function kinds(): object {
  const names = [
    "ConfigurationTarget",
    "FileType",
    "LogLevel",
    "ProgressLocation",
    "QuickInputButtons",
    "TaskGroup",
    "TaskScope",
  ];
  const more = ["TestRunProfileKind", "TextEditorRevealType", "TreeItemCollapsibleState", "ViewColumn"];
  return {
    ...Object.fromEntries([...names, ...more, "LanguageStatusSeverity"].map((name) => [name, {}])),
    QuickPickItemKind: { Separator: SEPARATOR },
  };
}

export function values(screen: Screen): object {
  const plain = ["FileCoverage", "Location", "ProcessExecution", "Selection", "StatementCoverage"];
  const more = ["TestCoverageCount", "ThemeColor", "ThemeIcon"];
  return {
    ...Object.fromEntries([...plain, ...more].map((name) => [name, class {}])),
    CancellationTokenSource,
    EventEmitter,
    MarkdownString,
    Range,
    Task,
    TestMessage: MarkdownString,
    TreeItem,
    WorkspaceEdit,
    Uri: {
      parse: uriOf,
      joinPath: ({ path }: FakeUri, ...parts: readonly string[]) =>
        uriOf(`file://${path}/${parts.join("/")}`),
      from({ path }: { readonly path: string }) {
        screen.show(path.slice(1));
        return uriOf(`page:${path}`);
      },
    },
  };
}

export function quiet(): void {
  return undefined;
}

export function kept(_registration?: unknown): object {
  return { dispose: quiet };
}

export function followed(): object {
  return kept();
}

export interface FakeUri {
  readonly scheme: string;
  readonly path: string;
  toString(): string;
}

export function uriOf(text: string): FakeUri {
  const { protocol, pathname } = new URL(text);
  return { scheme: protocol.slice(0, -1), path: decodeURIComponent(pathname), toString: () => text };
}

export function documentOf(uri: string): object {
  const range = { start: 0, end: 0 };
  return {
    uri: uriOf(uri),
    languageId: "detection-rule",
    lineCount: 1,
    version: 1,
    getText: () => "",
    lineAt: () => ({ range }),
    save: async () => true,
  };
}

export function editorOf(uri: string): object {
  const selection = { active: { line: 0, character: 0 } };
  return { document: documentOf(uri), selection, setDecorations: quiet, revealRange: quiet };
}

export class TreeItem {
  description?: string;
  tooltip?: string;
  command?: { readonly title: string };
  accessibilityInformation?: { readonly label: string };
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export class Task {
  readonly name: string;

  constructor(_definition: object, _scope: unknown, name: string) {
    this.name = name;
  }
}

/** Also a message of a test, which holds one. */
class MarkdownString {
  readonly value: string;

  constructor(text: string | MarkdownString) {
    this.value = typeof text === "string" ? text : text.value;
  }
}

class Range {
  readonly start: number;
  readonly end: number;

  constructor(...[startLine, , endLine]: readonly number[]) {
    this.start = startLine ?? 0;
    this.end = endLine ?? 0;
  }
}

class EventEmitter {
  readonly event = followed;
  fire = quiet;
  dispose = quiet;
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: followed };
  cancel = quiet;
  dispose = quiet;
}

class WorkspaceEdit {
  createFile = quiet;
  insert = quiet;
}
