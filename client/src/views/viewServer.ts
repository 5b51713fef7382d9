/** Asks the server for views, after starting it if need be. */
import { type BaseLanguageClient } from "vscode-languageclient";
import { type ViewRequests } from "../../../server/src/lsp/protocolViews.ts";

export interface ViewServer {
  ask<M extends keyof ViewRequests>(
    method: M,
    params: ViewRequests[M]["params"],
  ): Promise<ViewRequests[M]["result"]>;
}

export function viewServer(client: BaseLanguageClient): ViewServer {
  return {
    async ask<M extends keyof ViewRequests>(method: M, params: ViewRequests[M]["params"]) {
      await client.start();
      return client.sendRequest<ViewRequests[M]["result"]>(method, params);
    },
  };
}
