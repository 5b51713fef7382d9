import { type Span } from "../../text/span.ts";

/** A whole query: what it looks for, and the pipes after it. */
export interface EqlQuery {
  readonly kind: "query";
  readonly span: Span;
  readonly body: EqlBody;
  readonly pipes: readonly EqlPipe[];
}

export type EqlBody = EqlEvent | EqlSequence | EqlSample | EqlJoin;

/** `process where …`; without category or `where` if the author left it out. */
export interface EqlEvent {
  readonly kind: "event";
  readonly span: Span;
  readonly category: EqlCategory | undefined;
  readonly whereSpan: Span | undefined;
  readonly condition: EqlExpression;
}

export interface EqlCategory {
  readonly kind: "category";
  readonly span: Span;
  /** `quoted` (in backticks) is refused by the language. */
  readonly form: "any" | "name" | "string" | "raw" | "quoted";
  /** The value that `event.category` must equal; of no meaning for `any`. */
  readonly value: string;
}

interface EqlSeries {
  readonly span: Span;
  /** Empty where the keyword was left out. */
  readonly keywordSpan: Span;
  readonly by: EqlBy | undefined;
  readonly steps: readonly EqlStep[];
}

export interface EqlSequence extends EqlSeries {
  readonly kind: "sequence";
  readonly maxspan: EqlMaxspan | undefined;
  readonly until: EqlUntil | undefined;
}

export interface EqlSample extends EqlSeries {
  readonly kind: "sample";
}

/** Parsed so that it can be refused as what it is. */
export interface EqlJoin extends EqlSeries {
  readonly kind: "join";
  readonly until: EqlUntil | undefined;
}

export interface EqlBy {
  readonly kind: "by";
  readonly span: Span;
  readonly keywordSpan: Span;
  /** Fields, in a query without errors. */
  readonly keys: readonly EqlExpression[];
}

export interface EqlMaxspan {
  readonly kind: "maxspan";
  readonly span: Span;
  readonly keywordSpan: Span;
  readonly amount: number | undefined;
  readonly amountSpan: Span | undefined;
  readonly unit: string | undefined;
  readonly unitSpan: Span | undefined;
}

/** `[ … ]` or `![ … ]` in a sequence or sample. */
export interface EqlStep {
  readonly kind: "step";
  readonly span: Span;
  /** Opened with `![`: the event must not occur. */
  readonly missing: boolean;
  readonly openSpan: Span;
  readonly closeSpan: Span | undefined;
  readonly event: EqlEvent;
  readonly by: EqlBy | undefined;
  readonly runs: EqlRuns | undefined;
}

/** `with runs=3`. */
export interface EqlRuns {
  readonly kind: "runs";
  readonly span: Span;
  readonly nameSpan: Span;
  readonly name: string;
  readonly count: number | undefined;
  readonly countSpan: Span | undefined;
}

export interface EqlUntil {
  readonly kind: "until";
  readonly span: Span;
  readonly keywordSpan: Span;
  readonly step: EqlStep | undefined;
}

export interface EqlPipe {
  readonly kind: "pipe";
  readonly span: Span;
  readonly barSpan: Span;
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly arguments: readonly EqlExpression[];
}

export type EqlExpression =
  | EqlLogic
  | EqlNot
  | EqlComparison
  | EqlArithmetic
  | EqlSign
  | EqlMembership
  | EqlMatch
  | EqlList
  | EqlGroup
  | EqlCall
  | EqlField
  | EqlLiteral
  | EqlRelationship
  | EqlInvalid
  | EqlHole;

/** `a and b and c` is one node with three operands. An operator that the author left out has an empty span. */
export interface EqlLogic {
  readonly kind: "and" | "or";
  readonly span: Span;
  readonly operands: readonly EqlExpression[];
  readonly operatorSpans: readonly Span[];
}

export interface EqlNot {
  readonly kind: "not";
  readonly span: Span;
  readonly operatorSpan: Span;
  readonly operand: EqlExpression;
}

export type EqlComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface EqlComparison {
  readonly kind: "comparison";
  readonly span: Span;
  readonly operator: EqlComparisonOperator;
  readonly operatorSpan: Span;
  readonly left: EqlExpression;
  readonly right: EqlExpression;
}

export type EqlArithmeticOperator = "+" | "-" | "*" | "/" | "%";

/** `a + b - c`: operators of one rank, applied from left to right; `operators[i]` stands after `operands[i]`. */
export interface EqlArithmetic {
  readonly kind: "arithmetic";
  readonly span: Span;
  readonly operands: readonly EqlExpression[];
  readonly operators: readonly { readonly operator: EqlArithmeticOperator; readonly span: Span }[];
}

export interface EqlSign {
  readonly kind: "sign";
  readonly span: Span;
  readonly operator: "+" | "-";
  readonly operatorSpan: Span;
  readonly operand: EqlExpression;
}

/** `operand in (…)`, `operand not in~ (…)`. */
export interface EqlMembership {
  readonly kind: "in";
  readonly span: Span;
  readonly operand: EqlExpression;
  readonly notSpan: Span | undefined;
  readonly operator: "in" | "in~";
  readonly operatorSpan: Span;
  /** A list, in a query without errors. */
  readonly right: EqlExpression;
}

export type EqlMatchOperator = ":" | "like" | "like~" | "regex" | "regex~";

/** `operand : "pattern"`, `operand like~ ("a*", "b*")`. */
export interface EqlMatch {
  readonly kind: "match";
  readonly span: Span;
  readonly operand: EqlExpression;
  /** The language has no `not` here; we keep it so as not to turn the meaning around. */
  readonly notSpan: Span | undefined;
  readonly operator: EqlMatchOperator;
  readonly operatorSpan: Span;
  /** A literal or a list of literals, in a query without errors. */
  readonly right: EqlExpression;
}

/** The values in parentheses after `in`, `:`, `like` and `regex`. */
export interface EqlList {
  readonly kind: "list";
  readonly span: Span;
  readonly items: readonly EqlExpression[];
  readonly closeSpan: Span | undefined;
}

/** An expression in parentheses that the author wrote. */
export interface EqlGroup {
  readonly kind: "group";
  readonly span: Span;
  readonly inner: EqlExpression;
  readonly closeSpan: Span | undefined;
}

export interface EqlCall {
  readonly kind: "call";
  readonly span: Span;
  /** As written, without `~`. Functions are found whatever the case of their letters. */
  readonly name: string;
  /** Covers the `~` too. */
  readonly nameSpan: Span;
  /** Written with `~`: ignores case. */
  readonly insensitive: boolean;
  readonly arguments: readonly EqlExpression[];
  readonly closeSpan: Span | undefined;
}

export interface EqlField {
  readonly kind: "field";
  readonly span: Span;
  /** The parts joined by dots, backticks undone. */
  readonly name: string;
  /** The name alone, without `?`. */
  readonly nameSpan: Span;
  readonly parts: readonly EqlFieldPart[];
  readonly optionalSpan: Span | undefined;
  /** A name is still to come: after `?`, or after the last dot. */
  readonly incomplete: boolean;
}

export interface EqlFieldPart {
  readonly text: string;
  readonly span: Span;
  readonly quoted: boolean;
}

export type EqlLiteral = EqlString | EqlNumber | EqlBoolean | EqlNull;

export interface EqlString {
  readonly kind: "string";
  readonly span: Span;
  /** What the string stands for. `mapOfString` in `strings.ts` ties it to the source text. */
  readonly value: string;
  /** `escaped` is `"…"`, `raw` is `"""…"""`; the others are refused. `bare` has no quotes. */
  readonly form: EqlStringForm;
  /** The text between the quotes. */
  readonly bodySpan: Span;
}

export type EqlStringForm = "escaped" | "raw" | "single" | "old-raw" | "curly" | "bare";

export interface EqlNumber {
  readonly kind: "number";
  readonly span: Span;
  readonly value: number;
  /** As written; a long may have more digits than `value` can hold. */
  readonly text: string;
  readonly type: "integer" | "long" | "double";
}

export interface EqlBoolean {
  readonly kind: "boolean";
  readonly span: Span;
  readonly value: boolean;
}

export interface EqlNull {
  readonly kind: "null";
  readonly span: Span;
}

/** `child of […]`: parsed so that it can be refused as what it is. */
export interface EqlRelationship {
  readonly kind: "relationship";
  readonly span: Span;
  readonly name: string;
  readonly step: EqlStep | undefined;
}

/** Parts that do not go together, such as `a == b == c`. */
export interface EqlInvalid {
  readonly kind: "invalid";
  readonly span: Span;
  readonly parts: readonly EqlExpression[];
}

/** Something is missing here; the span is empty. */
export interface EqlHole {
  readonly kind: "hole";
  readonly span: Span;
}

export type EqlAst =
  | EqlQuery
  | EqlBody
  | EqlCategory
  | EqlBy
  | EqlMaxspan
  | EqlStep
  | EqlRuns
  | EqlUntil
  | EqlPipe
  | EqlExpression;
