import { type CstNode, CstParser, type ParserMethod } from "chevrotain";
import { lazy } from "../../base/lazy.ts";
import { parserConfig } from "../chevrotain.ts";
import * as t from "./tokens.ts";

type Rule = ParserMethod<[], CstNode>;

/**
 * Accepts every sequence of tokens in which each closing bracket closes one: what the language does not have, or what
 * is still missing, is told by `build.ts`. Conditions and values come as one flat chain, which gets its ranks there.
 */
export class KqlParser extends CstParser {
  constructor(validation: "skipped" | "full") {
    super([...t.KQL_TOKENS], parserConfig(validation));
    this.performSelfAnalysis();
  }

  /** Operands and connectives in turn. Without an operand: something is missing, which the tree shows as a hole. */
  readonly expression: Rule = this.RULE("expression", () => {
    this.OPTION(() => this.SUBRULE(this.operand));
    this.MANY(() => this.SUBRULE(this.link));
  });

  /** What follows an operand: a connective and its operand, or an operand that lacks a connective before it. */
  readonly link: Rule = this.RULE("link", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Connective);
          this.OPTION(() => this.SUBRULE(this.operand));
        },
      },
      { ALT: () => this.SUBRULE1(this.operand) },
    ]);
  });

  readonly operand: Rule = this.RULE("operand", () => {
    this.OR([
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => this.CONSUME(t.Not));
          this.OPTION(() => this.SUBRULE(this.primary));
        },
      },
      { ALT: () => this.SUBRULE1(this.primary) },
    ]);
  });

  /** A field may be missing before an operator, and a comparison may be followed by another one. */
  readonly primary: Rule = this.RULE("primary", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Literal);
          this.MANY(() => this.SUBRULE(this.comparison));
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => this.SUBRULE1(this.comparison)) },
      { ALT: () => this.SUBRULE(this.brackets) },
    ]);
  });

  readonly comparison: Rule = this.RULE("comparison", () => {
    this.CONSUME(t.Operator);
    this.MANY(() => this.CONSUME(t.Not));
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Literal) }, { ALT: () => this.SUBRULE(this.brackets) }]);
    });
  });

  readonly brackets: Rule = this.RULE("brackets", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LParen);
          this.SUBRULE(this.expression);
          this.OPTION(() => this.CONSUME(t.RParen));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LBrace);
          this.SUBRULE1(this.expression);
          this.OPTION1(() => this.CONSUME(t.RBrace));
        },
      },
    ]);
  });
}

export const kqlParser = lazy(() => new KqlParser("skipped"));
