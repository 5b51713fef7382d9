/** Registers what there is to ask about sample events. */
import {
  type CancellationToken,
  type CodeLens,
  type CodeLensParams,
  type Connection,
  type RenameFilesParams,
  WorkDoneProgress,
} from "vscode-languageserver";
import { type Guard } from "../guard.ts";
import { type TestRequests } from "../protocol.ts";
import { type Session } from "../session.ts";
import { explainEvent } from "../testing/explainEvent.ts";
import { inlineResult } from "../testing/inline.ts";
import { testLenses } from "../testing/lens.ts";
import { listTests } from "../testing/listTests.ts";
import { generateEvents, normaliseEvents } from "../testing/makeEvents.ts";
import { mutateQuery } from "../testing/mutateQuery.ts";
import { renameTests } from "../testing/renameTests.ts";
import { runTests } from "../testing/runTests.ts";
import { whoFires } from "../testing/whoFires.ts";

type Params<M extends keyof TestRequests> = TestRequests[M]["params"];
type Answer<M extends keyof TestRequests> = TestRequests[M]["result"];

export function answerTests(connection: Connection, session: Session, guard: Guard): void {
  const service = session.tests;
  function on<M extends keyof TestRequests>(
    method: M,
    fallback: Answer<M>,
    answer: (params: Params<M>, token: CancellationToken) => Promise<Answer<M>>,
  ): void {
    connection.onRequest(method, guard.request(method, fallback, answer));
  }
  on("tests/list", { rules: [], problems: [] }, ({ uri }, token) => listTests(service, uri, token));
  on("tests/run", { reports: [], coverage: [] }, (params, token) => runTests(service, params, token));
  on("tests/inline", null, (params, token) => inlineResult(service, params, token));
  on("events/explain", null, (params, token) => explainEvent(service, params, token));
  on("events/generate", { ok: false, message: "It failed" }, ({ uri }, token) =>
    generateEvents(service, uri, token),
  );
  on("events/normalise", { ok: false, message: "It failed" }, (params, token) =>
    normaliseEvents(service, params, token),
  );
  on("events/whoFires", { rules: [], unsupported: 0, overSeveral: 0, judged: 0 }, (params, token) =>
    whoFires(service, params, token),
  );
  on("tests/mutate", null, ({ uri, workDoneToken }, token) =>
    mutateQuery(service, uri, token, (step) => {
      if (workDoneToken === null) return;
      const report = { kind: "report" as const, ...step };
      guard.send("progress", connection.sendProgress(WorkDoneProgress.type, workDoneToken, report));
    }),
  );
  connection.workspace.onWillRenameFiles(
    guard.request("willRenameFiles", null, (params: RenameFilesParams, token: CancellationToken) =>
      renameTests(service, params, token),
    ),
  );
  connection.onCodeLens(
    guard.request(
      "codeLens",
      [],
      async ({ textDocument }: CodeLensParams, token: CancellationToken): Promise<CodeLens[]> => {
        const { showsLenses } = await session.configOf(textDocument.uri);
        return showsLenses ? [...(await testLenses(service, textDocument.uri, token))] : [];
      },
    ),
  );
}
