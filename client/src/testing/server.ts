import { type CancellationToken } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type TestRequests } from "../../../server/src/lsp/protocol.ts";

/** Asks the server about sample events. */
export interface TestServer {
  ask<Method extends keyof TestRequests>(
    method: Method,
    params: TestRequests[Method]["params"],
    token?: CancellationToken,
  ): Promise<TestRequests[Method]["result"]>;
}

export function testServer(client: BaseLanguageClient): TestServer {
  return {
    async ask(method, params, token) {
      await client.start();
      // An argument that is undefined would be sent as a second parameter.
      return token === undefined
        ? client.sendRequest(method, params)
        : client.sendRequest(method, params, token);
    },
  };
}
