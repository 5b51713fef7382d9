/** Messages about the query of a rule. Types only, so that the client takes no server code with them. */
import { type TextPlace } from "./protocol.ts";

/** Requests from the client to the server, by method. */
export interface QueryRequests {
  /** The query as Kibana sends it to Elasticsearch. */
  "query/dsl": { readonly params: QueryPlace; readonly result: QueryDslResult };
}

/** A place in an open rule: the query that it stands in is meant, else the one that the rule looks for events by. */
export interface QueryPlace {
  readonly uri: string;
  readonly position: TextPlace;
}

export type QueryDslResult =
  | { readonly ok: true; readonly text: string }
  /** One sentence without a full stop says why there is none. */
  | { readonly ok: false; readonly message: string };
