import { type EqlParse } from "../query/eql/index.ts";
import { type AnalyzedQuery } from "./check.ts";

/** The parse of an EQL query, for checks that need its text and tokens too. */
export function eqlParseOf({ parse }: AnalyzedQuery): EqlParse {
  if (parse.ast.kind !== "query") throw new Error("A check for EQL was given a query of another language");
  return parse as EqlParse; // Checked by the kind of its tree.
}
