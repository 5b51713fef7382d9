import { type QueryLanguageSupport, type QueryParse } from "../language.ts";
import { type EqlQuery } from "./ast.ts";
import { factsOf } from "./facts.ts";
import { type EqlParse, parseEql } from "./parse.ts";
import { commentsOf, foldsOf, symbolsOf } from "./symbols.ts";
import { wordAt } from "./wordAt.ts";

export type * from "./ast.ts";
export { childrenOf, withoutGroups } from "./children.ts";
export { maxspanMilliseconds } from "./duration.ts";
export { factsOf } from "./facts.ts";
export {
  EQL_FUNCTIONS,
  type EqlFunction,
  type EqlParameter,
  functionNamed,
  signatureOf,
} from "./functions.ts";
export { type EqlParse, type EqlTokenKind, parseEql, parseEqlCondition } from "./parse.ts";
export { pipeCount } from "./pipes.ts";
export { decodeString, encodeString, mapOfString } from "./strings.ts";
export { EQL_WORDS, type EqlWord } from "./words.ts";

/** EQL for whoever works with any language. */
export const eql: QueryLanguageSupport = {
  id: "eql",
  name: "EQL",
  parse: parseEql,
  facts: (parse) => factsOf(own(parse).ast),
  wordAt: (parse, offset) => wordAt(own(parse), offset),
  symbols: (parse) => symbolsOf(own(parse)),
  folds: (parse) => foldsOf(own(parse)),
  comments: (parse) => commentsOf(own(parse)),
};

/** Whoever holds a parse made by `eql.parse` hands it back here: its tree is ours. */
function own(parse: QueryParse): EqlParse {
  const { ast } = parse;
  if (ast.kind !== "query") throw new Error("A parse of another language was handed to EQL");
  return { ...parse, ast: ast as EqlQuery } as EqlParse; // Checked by its kind.
}
