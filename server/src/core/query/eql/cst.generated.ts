import type { CstNode, IToken } from "chevrotain";

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  series?: SeriesCstNode[];
  event?: EventCstNode[];
  pipe?: PipeCstNode[];
  stray?: StrayCstNode[];
};

export interface ConditionCstNode extends CstNode {
  name: "condition";
  children: ConditionCstChildren;
}

export type ConditionCstChildren = {
  expression: ExpressionCstNode[];
  pipe?: PipeCstNode[];
  stray?: StrayCstNode[];
};

export interface StrayCstNode extends CstNode {
  name: "stray";
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  Stray: IToken[];
};

export interface SeriesCstNode extends CstNode {
  name: "series";
  children: SeriesCstChildren;
}

export type SeriesCstChildren = {
  Sequence?: IToken[];
  Sample?: IToken[];
  Join?: IToken[];
  clause?: ClauseCstNode[];
  step?: StepCstNode[];
  until?: UntilCstNode[];
  Stray?: IToken[];
};

export interface ClauseCstNode extends CstNode {
  name: "clause";
  children: ClauseCstChildren;
}

export type ClauseCstChildren = {
  byClause?: ByClauseCstNode[];
  withClause?: WithClauseCstNode[];
};

export interface ByClauseCstNode extends CstNode {
  name: "byClause";
  children: ByClauseCstChildren;
}

export type ByClauseCstChildren = {
  By: IToken[];
  expression: (ExpressionCstNode)[];
  Comma?: IToken[];
};

export interface WithClauseCstNode extends CstNode {
  name: "withClause";
  children: WithClauseCstChildren;
}

export type WithClauseCstChildren = {
  With?: IToken[];
  Maxspan?: (IToken)[];
  Name?: (IToken)[];
  Assign?: IToken[];
  Minus?: IToken[];
  NumberLiteral?: IToken[];
  Text?: IToken[];
};

export interface StepCstNode extends CstNode {
  name: "step";
  children: StepCstChildren;
}

export type StepCstChildren = {
  LBracket?: IToken[];
  MissingOpen?: IToken[];
  event: EventCstNode[];
  RBracket?: IToken[];
  clause?: ClauseCstNode[];
};

export interface UntilCstNode extends CstNode {
  name: "until";
  children: UntilCstChildren;
}

export type UntilCstChildren = {
  Until: IToken[];
  step?: StepCstNode[];
};

export interface EventCstNode extends CstNode {
  name: "event";
  children: EventCstChildren;
}

export type EventCstChildren = {
  category?: CategoryCstNode[];
  Where?: IToken[];
  expression: (ExpressionCstNode)[];
  Comma?: IToken[];
};

export interface CategoryCstNode extends CstNode {
  name: "category";
  children: CategoryCstChildren;
}

export type CategoryCstChildren = {
  Question?: IToken[];
  Any?: IToken[];
  Text?: IToken[];
  Name?: (IToken)[];
  Dot?: IToken[];
};

export interface PipeCstNode extends CstNode {
  name: "pipe";
  children: PipeCstChildren;
}

export type PipeCstChildren = {
  Pipe: IToken[];
  Name?: IToken[];
  expression: (ExpressionCstNode)[];
  Comma?: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  operand?: OperandCstNode[];
  link?: LinkCstNode[];
};

export interface LinkCstNode extends CstNode {
  name: "link";
  children: LinkCstChildren;
}

export type LinkCstChildren = {
  Not?: IToken[];
  Negatable?: IToken[];
  operand?: (OperandCstNode)[];
  Infix?: IToken[];
  Misplaced?: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Prefix?: IToken[];
  primary?: (PrimaryCstNode)[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  Identifier?: IToken[];
  Of?: IToken[];
  step?: StepCstNode[];
  Name?: IToken[];
  LParen?: (IToken)[];
  expression?: (ExpressionCstNode)[];
  Comma?: (IToken)[];
  RParen?: (IToken)[];
  field?: FieldCstNode[];
  Text?: IToken[];
  NumberLiteral?: IToken[];
  True?: IToken[];
  False?: IToken[];
  Null?: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  Question?: IToken[];
  Name?: (IToken)[];
  fieldTail?: FieldTailCstNode[];
};

export interface FieldTailCstNode extends CstNode {
  name: "fieldTail";
  children: FieldTailCstChildren;
}

export type FieldTailCstChildren = {
  Dot?: IToken[];
  Name?: IToken[];
  IndexOpen?: IToken[];
  expression?: ExpressionCstNode[];
  RBracket?: IToken[];
};
