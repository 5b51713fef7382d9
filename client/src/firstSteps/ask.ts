/** What first steps ask the server. */
import { type BaseLanguageClient } from "vscode-languageclient";
import { type AuthorRequests } from "../../../server/src/lsp/protocolAuthor.ts";

export type AskAuthor = <M extends keyof AuthorRequests>(
  method: M,
  params: AuthorRequests[M]["params"],
) => Promise<AuthorRequests[M]["result"]>;

/** Starts the server if need be: a first rule is written before there is any. */
export function authorServer(client: BaseLanguageClient): AskAuthor {
  return async (method, params) => {
    await client.start();
    return client.sendRequest(method, params);
  };
}
