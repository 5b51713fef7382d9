/** Work on one version of a document, which ends once nobody wants it or the document has changed. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { drive } from "../drive.ts";
import { type OpenDocument } from "../session.ts";

export type CurrentWork = <T>(
  document: Pick<OpenDocument, "uri" | "version">,
  work: Generator<undefined, T>,
  token: CancellationToken,
) => Promise<T>;

/** `versionOf`: the version of an open document by now. */
export function currentWork(versionOf: (uri: string) => number | undefined): CurrentWork {
  return async ({ uri, version }, work, token) => {
    const isStale = (): boolean => token.isCancellationRequested || versionOf(uri) !== version;
    // A result may itself be undefined: it is told apart by its wrapping.
    const wrapped = (function* () {
      return { value: yield* work };
    })();
    const done = await drive(wrapped, { isStale });
    if (done === undefined) throw new ResponseError(LSPErrorCodes.RequestCancelled, "The document changed");
    return done.value;
  };
}
