import { type QueryLanguageSupport } from "../language.ts";
import { parseLucene } from "./parse.ts";

/** Lucene: its syntax alone. */
export const lucene: QueryLanguageSupport = {
  id: "lucene",
  name: "Lucene",
  parse: parseLucene,
  facts: ({ ast }) => ({
    fields: [],
    calls: [],
    equalities: [],
    parts: [{ span: ast.span, fields: [], equalities: [] }],
  }),
};
