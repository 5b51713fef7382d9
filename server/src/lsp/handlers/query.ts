/** Registers what there is to ask about a rule's queries. */
import { type Connection } from "vscode-languageserver";
import { queryDslAt } from "../../core/features/queryDsl.ts";
import { type Guard } from "../guard.ts";
import { type QueryDslResult, type QueryPlace } from "../protocolQuery.ts";
import { type Session } from "../session.ts";

export function answerQueries(connection: Connection, session: Session, guard: Guard): void {
  const failed: QueryDslResult = { ok: false, message: "It failed" };
  connection.onRequest(
    "query/dsl",
    guard.request("query/dsl", failed, (place: QueryPlace) => queryAsDsl(session, place)),
  );
}

async function queryAsDsl(session: Session, { uri, position }: QueryPlace): Promise<QueryDslResult> {
  const document = await session.open(uri);
  if (document === undefined) return { ok: false, message: "The document is not open" };
  const { snapshot } = document;
  const dsl = queryDslAt(snapshot, snapshot.lines().offsetAt(position));
  return dsl.ok ? { ok: true, text: dsl.value } : { ok: false, message: dsl.error };
}
