/** Every text that the client shows, in a language whose words are marked: what is not marked was not translated. */
import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { expect, test, vi } from "vitest";
import { type Answers, emptyAnswers, fullAnswers } from "./answers.ts";
import { fakeEditor } from "./fakeVscode.ts";
import { filled } from "./fill.ts";
import { Screen } from "./screen.ts";

const screen = new Screen();
const editor = fakeEditor(screen, (message, ...values) => `⟦${filled(message, ...values)}⟧`);
const State = { Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 };

vi.doMock("vscode", () => editor.vscode);
vi.doMock("vscode-languageclient", () => ({
  State,
  CloseAction: {},
  ErrorAction: {},
  DiagnosticPullMode: {},
  DocumentDiagnosticRequest: {},
  WorkDoneProgress: {},
}));
const { startRulewright } = await import("../../client/src/client.ts");

/** The client as it is with a server that gives these answers; undefined: with one that fails. */
async function useAll(answers: Answers | undefined): Promise<void> {
  const listeners: ((value: unknown) => void)[] = [];
  const client = {
    state: State.Running,
    start: async () => undefined,
    stop: async () => undefined,
    onDidChangeState: (listener: (value: unknown) => void) => listeners.push(listener),
    onNotification: (name: string, listener: (value: unknown) => void) => {
      if (name === "server/status") listeners.push(listener);
      return { dispose: () => undefined };
    },
    onProgress: () => ({ dispose: () => undefined }),
    async sendRequest(method: keyof Answers) {
      if (answers === undefined) throw new Error("μ");
      return answers[method];
    },
  };
  const memory = { get: (_name: string, fallback: string) => fallback, update: async () => undefined };
  const uri = { scheme: "file", path: "/δ", fsPath: "δ" };
  // The fakes hold what the client uses of these types.
  const context = {
    ...{ subscriptions: [], globalState: memory, globalStorageUri: uri, extensionUri: uri },
    extension: { packageJSON: { version: "1" } },
  } as unknown as ExtensionContext;
  startRulewright(context, (options) => {
    crashOften(options);
    return client as unknown as BaseLanguageClient;
  });
  for (const newState of Object.values(State)) listeners.forEach((listener) => listener({ newState }));
  for (const state of ["loading", "ready"]) listeners.forEach((listener) => listener({ state }));
  await useCommands(answers === undefined ? async () => undefined : () => editor.look());
}

function crashOften({ errorHandler }: LanguageClientOptions): void {
  for (let i = 0; i < 10; i++) void errorHandler?.closed();
}

/** With every choice that there is, with a rule in front and without. */
async function useCommands(look: () => Promise<void>): Promise<void> {
  for (const front of ["a rule", "nothing"] as const) {
    editor.open(front);
    for (screen.choice = 0; screen.choice < 4; screen.choice++) {
      for (const [, run] of editor.commands) await run();
      await editor.commands.get("rulewright.explainCheck")?.("κκ");
      await look();
    }
  }
}

/** Without what is marked, names of files, icons and the product. */
function leftOf(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  if (rest !== text) return leftOf(rest);
  return text.replace(
    /\$\([a-z-]+\)|\.(?:toml|md|jsonc)\b|^(?:Rulewright|NDJSON|events|match|nomatch)$/g,
    "",
  );
}

test("nothing is shown in words that are not marked", async () => {
  for (const count of [0, 1, 3]) await useAll(fullAnswers(count));
  await useAll(emptyAnswers());
  expect(screen.texts.filter((text) => text.includes("could not answer"))).toEqual([]);
  await useAll(undefined);
  expect(screen.texts.filter((text) => /[A-Za-z]/.test(leftOf(text)))).toEqual([]);
  expect(screen.texts.filter((text) => text.includes("⟦")).length).toBeGreaterThan(100);
});
