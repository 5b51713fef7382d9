/** Everything about sample events in the window. */
import { type Disposable } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { followChanges } from "./changes.ts";
import { createTesting } from "./controller.ts";
import { inlineResults } from "./inline.ts";
import { mutationPages } from "./mutationPages.ts";
import { explanationPages } from "./pages.ts";
import { type TestParts } from "./parts.ts";
import { testServer } from "./server.ts";

export interface Testing extends Disposable {
  readonly parts: TestParts;
}

export function startTesting(client: BaseLanguageClient): Testing {
  const server = testServer(client);
  const testing = createTesting(server);
  const inline = inlineResults(server);
  const pages = explanationPages(server);
  const mutations = mutationPages(client, server);
  const parts: TestParts = { server, testing, inline, pages, mutations };
  const changes = followChanges(client, parts);
  return {
    parts,
    dispose: () => [changes, testing, inline, pages, mutations].forEach((one) => void one.dispose()),
  };
}
