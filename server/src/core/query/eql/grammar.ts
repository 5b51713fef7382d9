import { type CstNode, CstParser, type IToken, type ParserMethod } from "chevrotain";
import { lazy } from "../../base/lazy.ts";
import { isA, parserConfig } from "../chevrotain.ts";
import * as t from "./tokens.ts";

type Rule = ParserMethod<[], CstNode>;

/**
 * Accepts every sequence of tokens that `repair.ts` and `brackets.ts` let through: what the language does not
 * have, or what is still missing, is told by `build.ts`. Operators come as one flat chain, to which
 * `buildExpression.ts` gives ranks; so a thousand `or`s are a loop, and a parenthesis costs three rules of stack.
 */
export class EqlParser extends CstParser {
  constructor(validation: "skipped" | "full") {
    super([...t.EQL_TOKENS], parserConfig(validation));
    this.performSelfAnalysis();
  }

  readonly statement: Rule = this.RULE("statement", () => {
    this.OR([
      { GATE: () => this.opensSeries(), ALT: () => this.SUBRULE(this.series) },
      { ALT: () => this.SUBRULE(this.event) },
    ]);
    this.MANY(() => {
      this.OR1([{ ALT: () => this.SUBRULE(this.pipe) }, { ALT: () => this.SUBRULE(this.stray) }]);
    });
  });

  /** A condition without category and `where`. */
  readonly condition: Rule = this.RULE("condition", () => {
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.pipe) }, { ALT: () => this.SUBRULE(this.stray) }]);
    });
  });

  /** Text that fits nowhere. */
  readonly stray: Rule = this.RULE("stray", () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.Stray));
  });

  /** A sequence, sample or join. */
  readonly series: Rule = this.RULE("series", () => {
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Sequence) },
        { ALT: () => this.CONSUME(t.Sample) },
        { ALT: () => this.CONSUME(t.Join) },
      ]);
    });
    this.MANY(() => this.SUBRULE(this.clause));
    this.MANY1(() => {
      this.OR1({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          { ALT: () => this.SUBRULE(this.step) },
          { ALT: () => this.SUBRULE(this.until) },
          { ALT: () => this.CONSUME(t.Stray) },
        ],
      });
    });
  });

  readonly clause: Rule = this.RULE("clause", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.byClause) }, { ALT: () => this.SUBRULE(this.withClause) }]);
  });

  readonly byClause: Rule = this.RULE("byClause", () => {
    this.CONSUME(t.By);
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.expression);
    });
  });

  /** `with maxspan=1m`, `with runs=2`. */
  readonly withClause: Rule = this.RULE("withClause", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.With);
          this.OPTION(() => {
            this.OR1([{ ALT: () => this.CONSUME(t.Maxspan) }, { ALT: () => this.CONSUME(t.Name) }]);
          });
        },
      },
      { ALT: () => this.CONSUME1(t.Maxspan) },
    ]);
    this.OPTION1(() => this.CONSUME(t.Assign));
    this.OPTION2(() => this.CONSUME(t.Minus));
    this.OPTION3(() => {
      this.OR2([{ ALT: () => this.CONSUME(t.NumberLiteral) }, { ALT: () => this.CONSUME(t.Text) }]);
      this.OPTION4(() => this.CONSUME1(t.Name));
    });
  });

  readonly step: Rule = this.RULE("step", () => {
    this.OR([{ ALT: () => this.CONSUME(t.LBracket) }, { ALT: () => this.CONSUME(t.MissingOpen) }]);
    this.SUBRULE(this.event);
    this.OPTION(() => this.CONSUME(t.RBracket));
    this.MANY(() => this.SUBRULE(this.clause));
  });

  readonly until: Rule = this.RULE("until", () => {
    this.CONSUME(t.Until);
    this.OPTION(() => this.SUBRULE(this.step));
  });

  readonly event: Rule = this.RULE("event", () => {
    this.OPTION({ GATE: () => this.opensCategory(), DEF: () => this.SUBRULE(this.category) });
    this.OPTION1(() => this.CONSUME(t.Where));
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.expression);
    });
  });

  readonly category: Rule = this.RULE("category", () => {
    this.OPTION(() => this.CONSUME(t.Question));
    this.OR([
      { ALT: () => this.CONSUME(t.Any) },
      { ALT: () => this.CONSUME(t.Text) },
      {
        ALT: () => {
          this.CONSUME(t.Name);
          this.MANY(() => {
            this.CONSUME(t.Dot);
            this.CONSUME1(t.Name);
          });
        },
      },
    ]);
  });

  readonly pipe: Rule = this.RULE("pipe", () => {
    this.CONSUME(t.Pipe);
    this.OPTION(() => this.CONSUME(t.Name));
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.expression);
    });
  });

  /** Operands and operators in turn. Without an operand: something is missing, which the tree shows as a hole. */
  readonly expression: Rule = this.RULE("expression", () => {
    this.OPTION(() => this.SUBRULE(this.operand));
    this.MANY(() => this.SUBRULE(this.link));
  });

  /** What follows an operand: an operator and its operand, or an operand that lacks an operator before it. */
  readonly link: Rule = this.RULE("link", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Not);
          this.CONSUME(t.Negatable);
          this.OPTION(() => this.SUBRULE(this.operand));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Infix);
          this.OPTION1(() => this.SUBRULE1(this.operand));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Misplaced);
          this.OPTION2(() => this.SUBRULE2(this.operand));
        },
      },
      { ALT: () => this.SUBRULE3(this.operand) },
    ]);
  });

  readonly operand: Rule = this.RULE("operand", () => {
    this.OR([
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => this.CONSUME(t.Prefix));
          this.OPTION(() => this.SUBRULE(this.primary));
        },
      },
      { ALT: () => this.SUBRULE1(this.primary) },
    ]);
  });

  readonly primary: Rule = this.RULE("primary", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.CONSUME(t.Of);
          this.OPTION(() => this.SUBRULE(this.step));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Name);
          this.CONSUME(t.LParen);
          this.SUBRULE(this.expression);
          this.MANY(() => {
            this.CONSUME(t.Comma);
            this.SUBRULE1(this.expression);
          });
          this.OPTION1(() => this.CONSUME(t.RParen));
        },
      },
      {
        ALT: () => {
          this.CONSUME1(t.LParen);
          this.SUBRULE2(this.expression);
          this.MANY1(() => {
            this.CONSUME1(t.Comma);
            this.SUBRULE3(this.expression);
          });
          this.OPTION2(() => this.CONSUME1(t.RParen));
        },
      },
      { ALT: () => this.SUBRULE(this.field) },
      { ALT: () => this.CONSUME(t.Text) },
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.True) },
      { ALT: () => this.CONSUME(t.False) },
      { ALT: () => this.CONSUME(t.Null) },
    ]);
  });

  readonly field: Rule = this.RULE("field", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Question);
          this.OPTION(() => this.CONSUME(t.Name));
        },
      },
      { ALT: () => this.CONSUME1(t.Name) },
    ]);
    this.MANY(() => this.SUBRULE(this.fieldTail));
  });

  readonly fieldTail: Rule = this.RULE("fieldTail", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.OPTION(() => this.CONSUME(t.Name));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.IndexOpen);
          this.SUBRULE(this.expression);
          this.OPTION1(() => this.CONSUME(t.RBracket));
        },
      },
    ]);
  });

  private opensSeries(): boolean {
    const first = this.LA(1).tokenType;
    if (first === t.LBracket || first === t.MissingOpen) return true;
    // `sequence where …` means an event: the author meant a category of that name.
    return [t.Sequence, t.Sample, t.Join].includes(first) && this.LA(2).tokenType !== t.Where;
  }

  /** A category is told from a condition by what follows it. */
  private opensCategory(): boolean {
    let ahead = this.LA(1).tokenType === t.Question ? 2 : 1;
    const first = this.LA(ahead);
    if (first.tokenType === t.Any) return true;
    const isName = isA(first, t.Name);
    if (!isName && !isA(first, t.Text)) return false;
    let isDotted = false;
    ahead++;
    while (isName && this.LA(ahead).tokenType === t.Dot && isA(this.LA(ahead + 1), t.Name)) {
      isDotted = true;
      ahead += 2;
    }
    const next = this.LA(ahead);
    if (next.tokenType === t.Where) return true;
    return !isDotted && !continuesCondition(next, this.LA(ahead + 1));
  }
}

function continuesCondition(next: IToken, afterNext: IToken): boolean {
  if (next.tokenType === t.Not) return isA(afterNext, t.Negatable);
  if ([t.Dot, t.LParen, t.IndexOpen, t.Of].includes(next.tokenType)) return true;
  return isA(next, t.Infix);
}

export const eqlParser = lazy(() => new EqlParser("skipped"));
