/** What is said of a field that no schema of the rule has. */
import { type FieldScope, type Target } from "../knowledge/scope.ts";
import { asGuess, insertAt, replaceWith } from "../query/fixes.ts";
import { type Fix } from "../text/edit.ts";
import { textAt } from "../text/span.ts";
import { type AnalyzedQuery, type Finding } from "./check.ts";
import { fieldInQuery } from "./fieldText.ts";
import { type FieldUse, type UnknownAnswer } from "./fieldUses.ts";

/** More names than this are no help. */
const SUGGESTIONS = 3;
const CANDIDATES = 12;

export function unknownFieldFinding(
  query: AnalyzedQuery,
  scope: FieldScope,
  use: FieldUse,
  answer: UnknownAnswer,
): Finding {
  const constant = query.support.id === "eql" ? CONSTANTS.get(use.name.toLowerCase()) : undefined;
  if (constant !== undefined) return constantFinding(use, constant, answer);
  const meant = knownNames(scope, use);
  return {
    span: use.span,
    message: unknownMessage(use.name, answer, meant[0]),
    fixes: [
      ...meant.flatMap((name) => renameFix(query, use, name) ?? []),
      ...(answer.reason === "schemas" ? optionalFix(query, use) : []),
    ],
    isGuess: isGuess(answer),
  };
}

/** Words that EQL knows in small letters only. */
const CONSTANTS: ReadonlyMap<string, string> = new Map(["true", "false", "null"].map((word) => [word, word]));

function constantFinding({ name, span }: FieldUse, constant: string, answer: UnknownAnswer): Finding {
  return {
    span,
    message: `\`${name}\` is the name of a field here: the constant is \`${constant}\``,
    fixes: [replaceWith(span, constant, `Write ${constant}`)],
    isGuess: isGuess(answer),
  };
}

/** A name that the rule's schemas lack too is no help. */
function knownNames(scope: FieldScope, { name, parts }: FieldUse): readonly string[] {
  return scope
    .closest(name, CANDIDATES)
    .map((field) => field.name)
    .filter((meant) => parts.every((part) => scope.answer(meant, part).kind === "known"))
    .slice(0, SUGGESTIONS);
}

/** Without a complete schema that Elastic's validation tries, only the name tells. */
export function isGuess({ missingIn }: UnknownAnswer): boolean {
  return !missingIn.some(({ isEnforced }) => isEnforced);
}

export function unknownMessage(name: string, answer: UnknownAnswer, meant: string | undefined): string {
  if (answer.reason === "object") return `\`${name}\` is an object: name one of its fields`;
  const where = newest(answer.missingIn);
  const place = where === undefined ? "" : ` in ${where.label}`;
  return `Unknown field \`${name}\`${place}${meant === undefined ? "" : `, did you mean \`${meant}\`?`}`;
}

/** The newest stack says most, and Endgame least. */
function newest(targets: readonly Target[]): Target | undefined {
  return targets.findLast(({ kind }) => kind !== "endgame") ?? targets[targets.length - 1];
}

/** Undefined where the name stands inside `path:{ … }` and the other is not below that path. */
function renameFix(
  { parse, support }: AnalyzedQuery,
  { name, span }: FieldUse,
  meant: string,
): Fix | undefined {
  const written = textAt(parse.text, span);
  const prefix = support.id === "kuery" && name.endsWith(`.${written}`) ? name.slice(0, -written.length) : "";
  if (!meant.startsWith(prefix)) return undefined;
  const text = fieldInQuery(support.id, meant.slice(prefix.length));
  return text === undefined ? undefined : asGuess(replaceWith(span, text, `Replace by ${meant}`));
}

/** EQL reads `?field` as null where the field is not mapped. */
export function optionalFix({ support }: AnalyzedQuery, { span, isOptional }: FieldUse): readonly Fix[] {
  if (support.id !== "eql" || isOptional) return [];
  return [asGuess(insertAt(span.start, "?", "Write ?field: it may be missing"))];
}
