import { asGuess, replaceWith } from "../../query/fixes.ts";
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type QuerySyntaxError } from "../../query/language.ts";
import { type Fix } from "../../text/edit.ts";
import { type FieldCheck } from "../check.ts";
import { inTypeVectors } from "../fieldTypes.ts";
import { holdsFreeText, holdsName } from "../fieldUse.ts";
import { kqlLiterals, type PlacedLiteral } from "../kqlLiterals.ts";
import { kqlParseOf } from "../kqlParse.ts";

export const quotedWildcard: FieldCheck = {
  id: "kql/quoted-wildcard",
  on: "fields",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A wildcard in quotes, where it stands for itself.",
  why: 'In quotes `*` is a character like others, so `process.name:"python*"` asks for a process that has a star in its name, and finds none. Without quotes it is a wildcard; blanks need none, and signs such as `:` and `(` a backslash. Values that may well hold a star are left alone, and so are fields of texts, in which signs count for nothing.',
  bad: `[rule]
type = "query"
language = "kuery"
query = 'process.name:"python*"'
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:python*"
`,
  run: (query, scope) =>
    inTypeVectors(scope, query.facts, (types) =>
      [...kqlLiterals(kqlParseOf(query))].flatMap((placed) => finding(placed, types) ?? []),
    ),
};

const TEXTS: ReadonlySet<string> = new Set(["text", "match_only_text"]);

function finding({ literal, field, role }: PlacedLiteral, types: FieldTypes): QuerySyntaxError | undefined {
  if (role !== "value" || literal.form !== "quoted" || field === undefined) return undefined;
  const type = types.get(field)?.type;
  const isText = type === undefined ? /(?:^|[._])(?:text|message)$/.test(field) : TEXTS.has(type);
  if (isText || !isPattern(field, literal.text)) return undefined;
  const message = "A * in quotes stands for itself, not for any text";
  return { span: literal.span, message, fixes: unquoted(literal) };
}

/** True if wildcards are meant for sure. */
function isPattern(field: string, value: string): boolean {
  // Windows names shares of any computer so: \\*\ADMIN$.
  const rest = value.replace(/^\\\\[?*.]\\/, "");
  const letters = rest.replace(/[^\p{L}\p{N}]/gu, "").length;
  if (!rest.includes("*") || letters < 2 || /^(?:tls|x509)\.|\.x509\.|certificate/.test(field)) return false;
  if (rest.startsWith("*") && rest.endsWith("*")) return true;
  if (holdsFreeText(field) && !/path$/.test(field)) return holdsSlashBesideEnd(rest);
  return holdsName(field) || /^\*|\*$/.test(rest);
}

/** `*\\name`, `folder\\*`. */
function holdsSlashBesideEnd(pattern: string): boolean {
  const pieces = pattern.split("*");
  const [first, last] = [
    pattern.startsWith("*") ? pieces[1] : "",
    pattern.endsWith("*") ? pieces.at(-2) : "",
  ];
  return /[\\/]/.test(`${first ?? ""} ${last ?? ""}`);
}

/** The same text with a backslash before each sign; none where words between blanks would be read as connectives. */
function unquoted({ span, text }: PlacedLiteral["literal"]): readonly Fix[] {
  if (/^\s|\s$|[\t\r\n]|(?:^|[\s*])(?:and|or|not)(?=[\s*]|$)|not\s/i.test(text)) return [];
  return [asGuess(replaceWith(span, text.replace(/[\\():<>"{}]/g, "\\$&"), "Remove the quotes"))];
}
