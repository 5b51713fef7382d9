import type { CstNode, IToken } from "chevrotain";

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
  Connective?: IToken[];
  operand?: (OperandCstNode)[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Not?: IToken[];
  primary?: (PrimaryCstNode)[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  Literal?: IToken[];
  comparison?: (ComparisonCstNode)[];
  brackets?: BracketsCstNode[];
};

export interface ComparisonCstNode extends CstNode {
  name: "comparison";
  children: ComparisonCstChildren;
}

export type ComparisonCstChildren = {
  Operator: IToken[];
  Not?: IToken[];
  Literal?: IToken[];
  brackets?: BracketsCstNode[];
};

export interface BracketsCstNode extends CstNode {
  name: "brackets";
  children: BracketsCstChildren;
}

export type BracketsCstChildren = {
  LParen?: IToken[];
  expression?: (ExpressionCstNode)[];
  RParen?: IToken[];
  LBrace?: IToken[];
  RBrace?: IToken[];
};
