import {
  createToken,
  type CustomPatternMatcherReturn,
  type ITokenConfig,
  Lexer,
  type TokenType,
} from "chevrotain";
import { lazy } from "../../base/lazy.ts";
import { lexerConfig } from "../chevrotain.ts";

/** Groups of tokens that the grammar takes as one. */
const category = (name: string): TokenType => createToken({ name, pattern: Lexer.NA });

export const Stray = category("Stray");
export const Name = category("Name");
export const Text = category("Text");
export const NumberLiteral = category("NumberLiteral");
/** Stands between two operands. */
export const Infix = category("Infix");
export const Comparison = category("Comparison");
/** Infix operators before which an author may write `not`. */
export const Negatable = category("Negatable");
export const Prefix = category("Prefix");
/** Keywords that have no place in an expression. */
export const Misplaced = category("Misplaced");

type Options = Omit<ITokenConfig, "name" | "pattern"> & { readonly categories?: TokenType[] };

function token(name: string, pattern: ITokenConfig["pattern"], options: Options = {}): TokenType {
  const categories = [Stray, ...(options.categories ?? [])];
  return createToken({ name, ...(pattern === undefined ? {} : { pattern }), ...options, categories });
}

export const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/, group: "comments" });
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: blockComment,
  group: "comments",
  line_breaks: true,
  start_chars_hint: ["/"],
});

export const TildeIdentifier = token("TildeIdentifier", /[A-Za-z_@][A-Za-z0-9_]*~/, { categories: [Name] });
export const Identifier = token("Identifier", /[A-Za-z_@][A-Za-z0-9_]*/, {
  categories: [Name],
  longer_alt: TildeIdentifier,
});
export const QuotedIdentifier = token("QuotedIdentifier", /`[^`]*(?:``[^`]*)*`/, {
  categories: [Name],
  line_breaks: true,
});
export const UnclosedQuoted = token("UnclosedQuoted", /`[\w.@-]*/, { categories: [Name] });
/** A keyword where only a name can stand: the lexer never makes one, `repair.ts` does. */
export const KeywordName = token("KeywordName", Lexer.NA, { categories: [Name] });

function keyword(name: string, word: string, categories: TokenType[] = []): TokenType {
  const longer_alt = word.endsWith("~") ? [Identifier] : [TildeIdentifier, Identifier];
  return token(name, new RegExp(word), { label: word, categories, longer_alt });
}

export const And = keyword("And", "and", [Infix]);
export const Or = keyword("Or", "or", [Infix]);
export const Not = keyword("Not", "not", [Prefix]);
export const InTilde = keyword("InTilde", "in~", [Infix, Negatable]);
export const In = keyword("In", "in", [Infix, Negatable]);
export const LikeTilde = keyword("LikeTilde", "like~", [Infix, Negatable]);
export const Like = keyword("Like", "like", [Infix, Negatable]);
export const RegexTilde = keyword("RegexTilde", "regex~", [Infix, Negatable]);
export const Regex = keyword("Regex", "regex", [Infix, Negatable]);
export const True = keyword("True", "true");
export const False = keyword("False", "false");
export const Null = keyword("Null", "null");
export const Any = keyword("Any", "any", [Misplaced]);
export const By = keyword("By", "by");
export const Join = keyword("Join", "join", [Misplaced]);
export const Maxspan = keyword("Maxspan", "maxspan");
export const Of = keyword("Of", "of", [Misplaced]);
export const Sample = keyword("Sample", "sample", [Misplaced]);
export const Sequence = keyword("Sequence", "sequence", [Misplaced]);
export const Until = keyword("Until", "until");
export const Where = keyword("Where", "where", [Misplaced]);
export const With = keyword("With", "with");

/** All keywords by their text. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map(
  [
    And,
    Or,
    Not,
    InTilde,
    In,
    LikeTilde,
    Like,
    RegexTilde,
    Regex,
    True,
    False,
    Null,
    Any,
    By,
    Join,
    Maxspan,
    Of,
  ]
    .concat([Sample, Sequence, Until, Where, With])
    .map((type) => [labelOf(type), type]),
);

const KEYWORD_TYPES: ReadonlySet<TokenType> = new Set(KEYWORDS.values());

export function isKeyword(type: TokenType): boolean {
  return KEYWORD_TYPES.has(type);
}

/** The closing rule: the shortest body, then up to two more quotes belong to it. */
export const RawString = token("RawString", /"""[^\r\n]*?"""(?:"{1,2})?/, { categories: [Text] });
export const UnclosedRaw = token("UnclosedRaw", /"""[^\r\n]*/, { categories: [Text] });
export const StringLiteral = token("StringLiteral", /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/, {
  categories: [Text],
});
export const UnclosedString = token("UnclosedString", /"[^\r\n]*/, { categories: [Text] });
export const SingleQuoted = token("SingleQuoted", /'[^'\\\r\n]*(?:\\[^\r\n][^'\\\r\n]*)*'/, {
  categories: [Text],
});
export const UnclosedSingle = token("UnclosedSingle", /'[^\r\n]*/, { categories: [Text] });
/** `?"…"` and `?'…'`, which were raw strings once. */
export const OldRaw = token("OldRaw", /\?"(?:\\"|[^"\r\n])*"|\?'(?:\\'|[^'\r\n])*'/, { categories: [Text] });
/** Quotes as word processors make them. */
export const CurlyQuoted = token("CurlyQuoted", /[“”„][^“”„"\r\n]*[“”]|[‘’][^‘’'\r\n]*[‘’]/, {
  categories: [Text],
});
/** A text that lacks its quotes: the lexer never makes one, `bareText.ts` does. */
export const BareText = token("BareText", Lexer.NA, { categories: [Text] });

export const Decimal = token("Decimal", /\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/, {
  categories: [NumberLiteral],
});
export const Integer = token("Integer", /\d+/, { categories: [NumberLiteral] });

export const MissingOpen = token("MissingOpen", /!\[/, { label: "![" });
export const LBracket = token("LBracket", /\[/, { label: "[" });
/** A `[` that opens an array index: the lexer never makes one, `repair.ts` does. */
export const IndexOpen = token("IndexOpen", Lexer.NA, { label: "[" });
export const RBracket = token("RBracket", /\]/, { label: "]" });
export const LParen = token("LParen", /\(/, { label: "(" });
export const RParen = token("RParen", /\)/, { label: ")" });
export const Comma = token("Comma", /,/, { label: "," });
export const Dot = token("Dot", /\./, { label: ".", categories: [Misplaced] });
export const Pipe = createToken({ name: "Pipe", pattern: /\|/, label: "|" });
export const Question = token("Question", /\?/, { label: "?" });

/** Comparisons of other languages, and `&&`, `||`, `!`: `repair.ts` turns them into what was meant. */
export const Foreign = token("Foreign", /===|!==|=>|=<|=~|!~|<>|:=|&&|\|\||!:|!/);
export const Equal = token("Equal", /==/, { label: "==", categories: [Infix, Negatable, Comparison] });
export const NotEqual = token("NotEqual", /!=(?!=)/, {
  label: "!=",
  categories: [Infix, Negatable, Comparison],
});
export const LessEqual = token("LessEqual", /<=/, {
  label: "<=",
  categories: [Infix, Negatable, Comparison],
});
export const Less = token("Less", /</, { label: "<", categories: [Infix, Negatable, Comparison] });
export const GreaterEqual = token("GreaterEqual", />=/, {
  label: ">=",
  categories: [Infix, Negatable, Comparison],
});
export const Greater = token("Greater", />/, { label: ">", categories: [Infix, Negatable, Comparison] });
export const Assign = token("Assign", /=/, { label: "=", categories: [Misplaced] });
export const Colon = token("Colon", /:/, { label: ":", categories: [Infix, Negatable] });
export const Plus = token("Plus", /\+/, { label: "+", categories: [Infix, Prefix] });
export const Minus = token("Minus", /-/, { label: "-", categories: [Infix, Prefix] });
/** A comment that nothing opens. */
export const CommentClose = token("CommentClose", /\*\//);
export const Star = token("Star", /\*/, { label: "*", categories: [Infix] });
export const Slash = token("Slash", /\//, { label: "/", categories: [Infix] });
export const Percent = token("Percent", /%/, { label: "%", categories: [Infix] });
/** A comment of other languages: a `#` that something else follows than a blank is just an unknown sign. */
export const HashComment = token("HashComment", /#[ \t][^\r\n]*/);
/** A comment of SQL: two signs of a number have no blank between them and what they belong to. */
export const DashComment = token("DashComment", /--[ \t]+[A-Za-z][^\r\n]*/);
export const LBrace = token("LBrace", /\{/, { label: "{" });
export const RBrace = token("RBrace", /\}/, { label: "}" });
/** Whatever no EQL query can hold outside strings and comments. */
export const Unknown = token("Unknown", /[#$;\\^~&\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\uffff]+/);

/** In the order in which the lexer tries them: longer ones first. */
export const EQL_TOKENS: readonly TokenType[] = [
  [WhiteSpace, LineComment, BlockComment],
  [...KEYWORDS.values(), Identifier, TildeIdentifier, QuotedIdentifier, UnclosedQuoted, KeywordName],
  [RawString, UnclosedRaw, StringLiteral, UnclosedString, SingleQuoted, UnclosedSingle, OldRaw, CurlyQuoted],
  [BareText, DashComment, LBrace, RBrace],
  [Decimal, Integer, LParen, RParen, Comma, Dot, RBracket, LBracket, IndexOpen, MissingOpen],
  [NotEqual, Foreign, Equal, LessEqual, Less, GreaterEqual, Greater, Assign, Colon],
  [Pipe, Question, Plus, Minus, CommentClose, Star, Slash, Percent, HashComment, Unknown],
  [Stray, Name, Text, NumberLiteral, Infix, Comparison, Negatable, Prefix, Misplaced],
].flat();

export const eqlLexer = lazy(() => new Lexer([...EQL_TOKENS], lexerConfig));

export function labelOf(type: TokenType): string {
  return type.LABEL ?? type.name;
}

/** True of a block comment that runs to the end of the text. */
export function isUnclosedComment(image: string): boolean {
  return image.startsWith("/*") && closeOfComment(image, 0) === undefined;
}

function blockComment(text: string, offset: number): CustomPatternMatcherReturn | null {
  if (!text.startsWith("/*", offset)) return null;
  return [text.slice(offset, closeOfComment(text, offset) ?? text.length)];
}

/** Comments nest: a comment ends where as many have closed as have opened. */
function closeOfComment(text: string, start: number): number | undefined {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
}
