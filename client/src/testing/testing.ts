/** Everything about sample events in the window, and what makes it look again. */
import { type Disposable, type TextDocument, workspace } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { LANGUAGE_ID } from "../settings.ts";
import { type TestParts } from "./commands.ts";
import { createTesting } from "./controller.ts";
import { inlineResults } from "./inline.ts";
import { explanationPages } from "./pages.ts";
import { testServer } from "./server.ts";

export interface Testing extends Disposable {
  readonly parts: TestParts;
}

const TEST_FILES = "**/*.{ndjson,ndjson.gz,jsonl,test.yml,test.yaml}";

export function startTesting(client: BaseLanguageClient): Testing {
  const server = testServer(client);
  const testing = createTesting(server);
  const inline = inlineResults(server);
  const pages = explanationPages(server);
  const parts: TestParts = { server, testing, inline, pages };

  async function saved(document: TextDocument): Promise<void> {
    const uri = ruleOf(document);
    if (uri !== undefined) await testing.changed([uri]);
    pages.refresh();
  }

  const watcher = workspace.createFileSystemWatcher(TEST_FILES);
  const listChanged = (): void => void testing.refresh();
  watcher.onDidCreate(listChanged);
  watcher.onDidDelete(listChanged);
  const listeners: readonly Disposable[] = [
    watcher,
    workspace.onDidSaveTextDocument((document) => void saved(document)),
  ];
  return {
    parts,
    dispose: () => [testing, inline, pages, ...listeners].forEach((one) => void one.dispose()),
  };
}

/** The rule itself, or the one that a test file belongs to by its name. */
function ruleOf({ uri, languageId }: TextDocument): string | undefined {
  if (languageId === LANGUAGE_ID) return uri.toString();
  const match = /^(.*)\/_tests\/([^/.]+)\.[^/]*(?:ndjson|jsonl|ya?ml)$/.exec(uri.path);
  return match === null
    ? undefined
    : uri.with({ path: `${match[1] ?? ""}/${match[2] ?? ""}.toml` }).toString();
}
