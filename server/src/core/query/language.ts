import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { type Ast } from "./ast.ts";
import { type QueryExpectation } from "./expectation.ts";
import { type QueryFacts, type ValueList } from "./facts.ts";
import { type FieldTypes } from "./fieldTypes.ts";
import { type Layout } from "./layout.ts";

/** The values of `rule.language`. */
export type QueryLanguage = "eql" | "kuery" | "esql" | "lucene";

/** A place where the text is not a query of its language. Spans and fixes are in query offsets. */
export interface QuerySyntaxError {
  readonly span: Span;
  /** One sentence without a full stop, in the author's words. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** What the language's engine refuses although the text can be read; `kind` names the class of the mistake. */
export interface QueryProblem extends QuerySyntaxError {
  readonly kind: string;
}

export interface QueryToken {
  readonly kind: string;
  readonly span: Span;
}

/** What every parser returns: a tree, always, and what is wrong with the text. Gaps in the tree are holes. */
export interface QueryParse<A extends Ast = Ast> {
  readonly text: string;
  readonly ast: A;
  readonly errors: readonly QuerySyntaxError[];
  readonly tokens: readonly QueryToken[];
}

/** A part of a query that an outline shows: a sequence, one of its steps, a pipe. */
export interface QuerySymbol {
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly children: readonly QuerySymbol[];
}

/** Documentation of a keyword, operator or function. */
export interface QueryWordDoc {
  readonly span: Span;
  /** The word and its signature, shown as code. */
  readonly signature: string;
  readonly text: string;
  readonly example: string;
}

/** What a query language offers. Optional members degrade to nothing where they are absent. */
export interface QueryLanguageSupport {
  readonly id: QueryLanguage;
  /** Name for messages: "EQL". */
  readonly name: string;
  parse(text: string): QueryParse;
  facts(parse: QueryParse): QueryFacts;
  /** Lists of values that the query keeps out. */
  exclusions?(parse: QueryParse): readonly ValueList[];
  /** What is wrong with the query as far as the types of fields tell. */
  verify?(parse: QueryParse, types: FieldTypes): readonly QueryProblem[];
  wordAt?(parse: QueryParse, offset: number): QueryWordDoc | undefined;
  /** What may be written at an offset; undefined where nothing can be offered, as in comments. */
  expects?(parse: QueryParse, offset: number): QueryExpectation | undefined;
  /** Documentation of a keyword, operator, function or unit by the name that a choice gives. */
  wordDoc?(word: string): Omit<QueryWordDoc, "span"> | undefined;
  symbols?(parse: QueryParse): readonly QuerySymbol[];
  /** Spans of several lines that can be folded: brackets, lists, comments. */
  folds?(parse: QueryParse): readonly Span[];
  /** Spans of comments, for suppression. */
  comments?(parse: QueryParse): readonly Span[];
  /** The query laid out, without a line end at its end; undefined if it has errors. Only blanks and breaks differ. */
  format?(parse: QueryParse, layout: Layout): string | undefined;
}
