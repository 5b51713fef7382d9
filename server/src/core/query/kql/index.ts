import { type QueryLanguageSupport, type QueryParse } from "../language.ts";
import { type KqlQuery } from "./ast.ts";
import { expectsKql } from "./complete.ts";
import { exclusionsOf } from "./exclusions.ts";
import { factsOf } from "./facts.ts";
import { formatKql } from "./format.ts";
import { type KqlParse, parseKql } from "./parse.ts";
import { foldsOf, symbolsOf } from "./symbols.ts";
import { verifyKql } from "./verify.ts";
import { wordAt } from "./wordAt.ts";
import { KQL_WORDS } from "./words.ts";

export type * from "./ast.ts";
export { childrenOf, withoutGroups } from "./children.ts";
export { eqlOfKql, kqlOfEql } from "./convert.ts";
export { type ConversionRefusal, type Converted } from "./convertModel.ts";
export { type DataView, type DataViewField, dataViewOf, matchesPieces } from "./dataView.ts";
export { type DslObject, type DslRefusal, type DslValue, kqlDsl } from "./dsl.ts";
export { factsOf, wholeName } from "./facts.ts";
export { readsAsEsql } from "./foreignQuery.ts";
export { formatKql } from "./format.ts";
export { fieldName, type KibanaTree, kibanaTree, RANGE_NAMES } from "./kibanaTree.ts";
export { encodeQuoted, isLoneStar, nullField } from "./literals.ts";
export { type KqlParse, type KqlTokenKind, parseKql } from "./parse.ts";
export { misreadByPython, refusedByPython } from "./pythonSyntax.ts";
export { type KqlProblem, type KqlProblemKind, verifyKql } from "./verify.ts";
export { KQL_WORDS, type KqlWord } from "./words.ts";

/** KQL for whoever works with any language. It has no comments. */
export const kql: QueryLanguageSupport = {
  id: "kuery",
  name: "KQL",
  parse: parseKql,
  facts: (parse) => factsOf(own(parse).ast),
  exclusions: (parse) => exclusionsOf(own(parse).ast),
  verify: (parse, types) => verifyKql(own(parse), types),
  wordAt: (parse, offset) => wordAt(own(parse), offset),
  expects: (parse, offset) => expectsKql(own(parse), offset),
  wordDoc: (word) => KQL_WORDS.get(word),
  symbols: (parse) => symbolsOf(own(parse)),
  folds: (parse) => foldsOf(own(parse)),
  format: (parse, layout) => formatKql(own(parse), layout),
};

/** Whoever holds a parse made by `kql.parse` hands it back here: its tree is ours. */
function own(parse: QueryParse): KqlParse {
  const { ast } = parse;
  if (ast.kind !== "query") throw new Error("A parse of another language was handed to KQL");
  return { ...parse, ast: ast as KqlQuery } as KqlParse; // Checked by its kind.
}
