import { type IToken } from "chevrotain";
import { type SyntaxErrors } from "../chevrotain.ts";

/** What stands around a token while slips are repaired. */
export interface Place {
  readonly text: string;
  /** All tokens as the lexer made them; the one looked at stands at `index`. */
  readonly tokens: readonly IToken[];
  readonly index: number;
  /** The repaired tokens before it. */
  readonly before: readonly IToken[];
  readonly next: IToken | undefined;
  readonly afterNext: IToken | undefined;
  /** The operator after which the list opened in which it stands. */
  readonly listAfter: IToken | undefined;
  /** The closing bracket of each square or curly one. */
  readonly closers: () => ReadonlyMap<IToken, IToken>;
  readonly errors: SyntaxErrors;
  /** What a slip has decided of tokens further on: what they are read as. */
  readonly decided: Map<IToken, readonly IToken[]>;
}
