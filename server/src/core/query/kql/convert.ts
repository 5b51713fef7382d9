/** KQL as EQL and the other way round, for queries that ask about single events, where both mean the same. */
import { type EqlParse } from "../eql/index.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { questionOfEql } from "./convertFromEql.ts";
import { questionOfKql } from "./convertFromKql.ts";
import { type Converted } from "./convertModel.ts";
import { eqlOf } from "./convertToEql.ts";
import { kqlOf } from "./convertToKql.ts";
import { type KqlParse } from "./parse.ts";

/** On one line. Fields of which the type is not known are refused. `parse` has no errors. */
export function eqlOfKql({ ast }: KqlParse, types: FieldTypes): Converted<string> {
  const question = questionOfKql(ast, types);
  return question.ok ? eqlOf(question.value, ast.span) : question;
}

export function kqlOfEql({ ast }: EqlParse, types: FieldTypes): Converted<string> {
  const question = questionOfEql(ast, types);
  return question.ok ? kqlOf(question.value, ast.span) : question;
}
