import { eql } from "./eql/index.ts";
import { type QueryLanguage, type QueryLanguageSupport } from "./language.ts";

const LANGUAGES: ReadonlyMap<QueryLanguage, QueryLanguageSupport> = new Map([["eql", eql]]);

/** Undefined for a language that is not built yet: its queries are left alone. */
export function languageSupport(id: QueryLanguage): QueryLanguageSupport | undefined {
  return LANGUAGES.get(id);
}
