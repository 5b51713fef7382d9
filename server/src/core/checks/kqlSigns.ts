/** Words and signs that KQL takes for text where their author meant more: connectives at an end, comments, commas, quotes. */
import { type Fix } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";
import { asGuess, replaceWith } from "../query/fixes.ts";
import { encodeQuoted, type KqlParse } from "../query/kql/index.ts";
import { kqlLiterals, type PlacedLiteral } from "./kqlLiterals.ts";

export interface TextSlip {
  readonly kind: "connective" | "comment" | "sign";
  /** Of the word or sign. */
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Of the whole text that it stands in. */
  readonly within: Span;
  /** Elastic's CI takes it: only the author can say whether it is meant so. */
  readonly isGuess: boolean;
}

/** In the order of the tree; one for each text. */
export function* textSlips(parse: KqlParse): Generator<TextSlip> {
  if (parse.errors.length !== 0) return;
  for (const placed of kqlLiterals(parse)) {
    if (placed.literal.form === "quoted") continue;
    const slip = connective(placed) ?? comment(placed) ?? SIGNS.map((find) => find(placed)).find(isFound);
    if (slip === undefined) continue;
    // A text with blanks and no quotes is refused by the CI, whatever is in it.
    const isGuess = slip.kind === "sign" && !/\s/.test(placed.image);
    yield { ...slip, within: placed.literal.span, isGuess };
  }
}

type Slip = Omit<TextSlip, "within" | "isGuess">;

function isFound(slip: Slip | undefined): slip is Slip {
  return slip !== undefined;
}

/** The span of a stretch of the literal. */
function spanIn({ literal }: PlacedLiteral, start: number, end: number): Span {
  return spanOf(literal.span.start + start, literal.span.start + end);
}

/** `a:x and` at the end, `and a:x` at the start. */
function connective(placed: PlacedLiteral): Slip | undefined {
  const { image, role } = placed;
  const [whole, word = ""] = /^(and|or)(?=\s)/i.exec(image) ?? /(?:^|\s)(and|or|not)$/i.exec(image) ?? [];
  if (whole === undefined) return undefined;
  const isAlone = whole === image;
  // Without a field it may be meant to be looked for.
  if (isAlone && role === "text") return undefined;
  const isFirst = image.startsWith(word) && !isAlone;
  const start = isFirst ? 0 : image.length - word.length;
  const span = spanIn(placed, start, start + word.length);
  const message = isAlone
    ? `\`${word}\` is a text like others here`
    : `\`${word}\` is part of the text here, as ${isFirst ? "nothing stands before it" : "nothing follows it"}`;
  if (isAlone) return { kind: "connective", span, message, fixes: [quotedFix(placed)] };
  const before = image.slice(0, start).trimEnd().length;
  const rest = isFirst ? spanIn(placed, 0, word.length + 1) : spanIn(placed, before, image.length);
  const fixes = [asGuess(replaceWith(rest, "", `Remove \`${word}\``)), quotedFix(placed)];
  return { kind: "connective", span, message, fixes };
}

function quotedFix({ literal }: PlacedLiteral): Fix {
  return asGuess(replaceWith(literal.span, encodeQuoted(literal.text), "Put it in quotes"));
}

/** `// why`, `/* why`, `# why`: up to the end of the line. */
function comment(placed: PlacedLiteral): Slip | undefined {
  const { image, role } = placed;
  const found = (role === "value" ? /\s(?:\/\/|\/\*|#\s)/ : /(?:^|\s)(?:\/\/|\/\*|#)/).exec(image);
  if (found === null) return undefined;
  const start = found.index + (/^\s/.test(found[0]) ? 1 : 0);
  const end = /[\r\n]/.exec(image.slice(start))?.index ?? image.length - start;
  const span = spanIn(placed, start, start + end);
  const message = "KQL has no comments: this is part of the text";
  const whole = spanIn(placed, image.slice(0, start).trimEnd().length, start + end);
  const isWhole = whole.start === placed.literal.span.start && whole.end === placed.literal.span.end;
  const fixes = isWhole ? [] : [asGuess(replaceWith(whole, "", "Remove it"))];
  return { kind: "comment", span, message, fixes };
}

function sign(
  placed: PlacedLiteral,
  start: number,
  end: number,
  message: string,
  ...fixes: readonly Fix[]
): Slip {
  return { kind: "sign", span: spanIn(placed, start, end), message, fixes };
}

const SIGNS: readonly ((placed: PlacedLiteral) => Slip | undefined)[] = [
  /** `f:(a, b)`, `f:(a,b)`. */
  function separator(placed) {
    const { image, role, isListed, literal } = placed;
    if (role !== "value") return undefined;
    const at = image.search(/[,;](?=\s)/);
    const isPlainList = isListed && /^[\w.-]+(?:[,;][\w.-]+)+$/.test(image);
    const start = at === -1 && isPlainList ? image.search(/[,;]/) : at;
    if (start === -1) return undefined;
    const values = image.split(isPlainList ? /[,;]\s*/ : /[,;]\s+/).map((value) => value.trim());
    const joined = values.filter((value) => value !== "").join(" or ");
    const text = isListed ? joined : `(${joined})`;
    const message = `${image[start] ?? ""} is part of the text here: values are joined by \`or\``;
    return sign(
      placed,
      start,
      start + 1,
      message,
      asGuess(replaceWith(literal.span, text, "Join them by `or`")),
    );
  },
  /** `f:'a b'`, and quotes that a text processor makes of them. */
  function otherQuotes(placed) {
    const { image, literal } = placed;
    if (!/^(['`])[^'`]+\1$|^[‘’‚‛“”„‟«»´][^‘’‚‛“”„‟«»´]+[‘’‚‛“”„‟«»´]$/.test(image)) return undefined;
    const fix = asGuess(
      replaceWith(literal.span, encodeQuoted(literal.text.slice(1, -1)), 'Write " instead'),
    );
    return sign(placed, 0, 1, `${image[0] ?? ""} is part of the text: KQL quotes by "`, fix);
  },
  /** `a == b`, `a != b`, `a = b`. */
  function equals(placed) {
    const { image, role } = placed;
    const [, field = "", operator = "", blanks = ""] =
      /^([\w@.-]+)\s*(===?|!==?|=)(\s*)[\w*"]/.exec(image) ?? [];
    if (role !== "text" || operator === "") return undefined;
    const start = image.indexOf(operator, field.length);
    const not = operator.startsWith("!") ? "not " : "";
    const [head, tail] = [
      spanIn(placed, 0, 0),
      spanIn(placed, field.length, start + operator.length + blanks.length),
    ];
    const edits = [...(not === "" ? [] : [{ span: head, text: not }]), { span: tail, text: ":" }];
    const title = not === "" ? "Write :" : "Write `not` and :";
    const message = `${operator} is part of the text here: KQL compares by :`;
    return sign(placed, start, start + operator.length, message, { title, safety: "unsafe", edits });
  },
  /** `a:x && b:y`, of which the first part ends in `x && b`. */
  function logic(placed) {
    const { image } = placed;
    const found = /\s(&&|\|\|)(?=\s)/.exec(image);
    if (found === null) return undefined;
    const [start, end] = [found.index + 1, found.index + 3];
    const word = found[1] === "&&" ? "and" : "or";
    const fix = asGuess(replaceWith(spanIn(placed, start, end), word, `Write \`${word}\``));
    return sign(
      placed,
      start,
      end,
      `${found[1] ?? ""} is part of the text here: KQL joins by \`${word}\``,
      fix,
    );
  },
  /** `!a:x`. */
  function negation(placed) {
    const { image, role } = placed;
    if (role === "value" || !/^!\s*[\w@]/.test(image)) return undefined;
    const end = 1 + (/^\s*/.exec(image.slice(1))?.[0].length ?? 0);
    const fix = asGuess(replaceWith(spanIn(placed, 0, end), "not ", "Write `not`"));
    return sign(placed, 0, 1, "! is part of the text here: KQL negates by `not`", fix);
  },
  /** `f:[1 TO 5]`. */
  function range(placed) {
    const { image, role } = placed;
    if (role !== "value" || !image.startsWith("[") || !image.endsWith("]")) return undefined;
    if (!/\sto\s/i.test(image)) return undefined;
    return sign(placed, 0, image.length, "This range is a text to KQL: limits are written by >= and <=");
  },
];
