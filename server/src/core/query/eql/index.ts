import { type QueryLanguageSupport, type QueryParse } from "../language.ts";
import { type EqlQuery } from "./ast.ts";
import { expectsEql } from "./complete.ts";
import { docOfWord } from "./completeChoices.ts";
import { exclusionsOf } from "./exclusions.ts";
import { factsOf } from "./facts.ts";
import { formatEql } from "./format.ts";
import { type EqlParse, parseEql } from "./parse.ts";
import { commentsOf, foldsOf, symbolsOf } from "./symbols.ts";
import { verifyEql } from "./verify.ts";
import { wordAt } from "./wordAt.ts";

export type * from "./ast.ts";
export { childrenOf, withoutGroups } from "./children.ts";
export { maxspanMilliseconds } from "./duration.ts";
export { factsOf } from "./facts.ts";
export { formatEql } from "./format.ts";
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
export { eqlFeatures, type EqlFeature } from "./newerSyntax.ts";
export { type EqlProblem, type EqlProblemKind } from "./problem.ts";
export { refusedByPython } from "./pythonSyntax.ts";
export { typesRefusedByPython } from "./pythonTypes.ts";
export { type EqlTyping, type EqlVerifyOptions, typeEql, verifyEql } from "./verify.ts";
export { EQL_WORDS, type EqlWord } from "./words.ts";

/** EQL for whoever works with any language. */
export const eql: QueryLanguageSupport = {
  id: "eql",
  name: "EQL",
  parse: parseEql,
  facts: (parse) => factsOf(own(parse).ast),
  exclusions: (parse) => exclusionsOf(own(parse).ast),
  verify: (parse, types) => verifyEql(own(parse).ast, types, { categoryField: "event.category" }),
  wordAt: (parse, offset) => wordAt(own(parse), offset),
  expects: (parse, offset) => expectsEql(own(parse), offset),
  wordDoc: docOfWord,
  symbols: (parse) => symbolsOf(own(parse)),
  folds: (parse) => foldsOf(own(parse)),
  comments: (parse) => commentsOf(own(parse)),
  format: (parse, layout) => formatEql(own(parse), layout),
};

/** Whoever holds a parse made by `eql.parse` hands it back here: its tree is ours. */
function own(parse: QueryParse): EqlParse {
  const { ast } = parse;
  if (ast.kind !== "query") throw new Error("A parse of another language was handed to EQL");
  return { ...parse, ast: ast as EqlQuery } as EqlParse; // Checked by its kind.
}
