import { eql } from "./eql/index.ts";
import { kql } from "./kql/index.ts";
import { lucene } from "./lucene/index.ts";
import { type QueryLanguage, type QueryLanguageSupport } from "./language.ts";

const LANGUAGES: ReadonlyMap<QueryLanguage, QueryLanguageSupport> = new Map([
  ["eql", eql],
  ["kuery", kql],
  ["lucene", lucene],
]);

/** Undefined for a language that is not built yet: its queries are left alone. */
export function languageSupport(id: QueryLanguage): QueryLanguageSupport | undefined {
  return LANGUAGES.get(id);
}
