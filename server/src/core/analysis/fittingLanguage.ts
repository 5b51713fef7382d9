/** The language of a query whose `language` does not go with the rule's `type`: one of the two is a mistake, and the query tells which. */
import { type QueryLanguage } from "../query/language.ts";
import { readsAsEsql } from "../query/kql/index.ts";
import { languageSupport } from "../query/languages.ts";
import { languagesOf } from "../rule/keys.ts";
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { type QueryCache } from "./cache.ts";

/** KQL takes words in a row for the name of a field, so that it can read much of EQL. */
const STRICTEST_FIRST: readonly QueryLanguage[] = ["eql", "esql", "kuery"];

/** As it is written, unless the text can be read only in a language of the type. */
export function inFittingLanguage(
  { type }: RuleDocument,
  written: EmbeddedQuery,
  cache: QueryCache,
): EmbeddedQuery {
  if (type === undefined || written.role !== "query") return written;
  const languages = languagesOf(type);
  if (languages.length === 0 || languages.includes(written.language)) return written;
  const isRead = (language: QueryLanguage): boolean => {
    const support = languageSupport(language);
    return support !== undefined && cache.analysis(support, written.text).parse.errors.length === 0;
  };
  // ES|QL is the one language of its type, and no parser of ours tells whether a text is.
  if (languages.includes("esql") && (readsAsEsql(written.text) || !isRead(written.language)))
    return { ...written, language: "esql" };
  const language = STRICTEST_FIRST.find(
    (candidate) => (candidate === written.language || languages.includes(candidate)) && isRead(candidate),
  );
  return language === undefined ? written : { ...written, language };
}
