import { type KqlParse } from "../query/kql/index.ts";
import { type AnalyzedQuery } from "./check.ts";

/** The parse of a KQL query, for checks that need its text and tokens too. */
export function kqlParseOf({ parse, support }: AnalyzedQuery): KqlParse {
  if (support.id !== "kuery") throw new Error("A check for KQL was given a query of another language");
  return parse as KqlParse; // Checked by its language.
}
