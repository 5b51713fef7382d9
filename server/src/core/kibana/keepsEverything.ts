/** Whether the fields of an ES|QL rule count for nothing in its hash: those of a query that keeps names by a pattern. */
import { type JsonObject } from "../engine/event.ts";

/** Elastic's tools look at the first `keep`, comments and strings included. */
export function keepsEverything({ language, query }: JsonObject): boolean {
  if (language !== "esql" || typeof query !== "string") return false;
  const kept = /\|\s*keep\b\s+([^|]+)/i.exec(query)?.[1];
  return kept?.split(",").some((name) => name.trim().endsWith("*")) === true;
}
