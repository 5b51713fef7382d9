import { asGuess, replaceWith } from "../../query/fixes.ts";
import { spanOf } from "../../text/span.ts";
import { type Finding, type QueryCheck } from "../check.ts";
import { kqlLiterals, type PlacedLiteral } from "../kqlLiterals.ts";
import { kqlParseOf } from "../kqlParse.ts";

export const wrongEscape: QueryCheck = {
  id: "kql/wrong-escape",
  on: "query",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A backslash that makes another character of a letter, or stays where it should not.",
  why: 'Kibana reads `\\t`, `\\n` and `\\r` as a tab and line ends: a path such as `"C:\\temp"` then holds a tab, and is never found. Two backslashes stand for one. In quotes only `\\"` and `\\\\` need a backslash: before other signs it is part of the text.',
  bad: `[rule]
type = "query"
language = "kuery"
query = 'file.path:"C:\\temp"'
`,
  good: `[rule]
type = "query"
language = "kuery"
query = 'file.path:"C:\\\\temp"'
`,
  *run(query) {
    const parse = kqlParseOf(query);
    if (parse.errors.length !== 0 || !parse.text.includes("\\")) return;
    for (const placed of kqlLiterals(parse)) {
      const found = placed.role === "field" ? undefined : (control(placed) ?? needless(placed));
      if (found !== undefined) yield found;
    }
  },
};

const NAMES: Readonly<Record<string, string>> = { t: "a tab", n: "a line end", r: "a line end" };

/** A path whose folder begins with t, n or r. */
function control({ image, literal }: PlacedLiteral): Finding | undefined {
  const escapes = [...image.matchAll(/\\(?:u[0-9a-fA-F]{4}|[^])/g)];
  const inPath = pathTest(image);
  const found = escapes.find(({ 0: text, index }) => /^\\[tnr]$/.test(text) && inPath(index));
  if (found === undefined) return undefined;
  const { 0: text, index } = found;
  const span = spanOf(literal.span.start + index, literal.span.start + index + 2);
  const message = `\`${text}\` is ${NAMES[text.slice(1)] ?? ""} here, not a backslash and a letter`;
  // Where one backslash is single, all are meant so.
  const doubled = image.replace(/\\(\\|"|[^])/g, (escape, sign: string) =>
    sign === "\\" || sign === '"' || (literal.form === "unquoted" && /[():<>*{}]/.test(sign))
      ? escape
      : `\\${escape}`,
  );
  return { span, message, fixes: [asGuess(replaceWith(literal.span, doubled, "Double the backslashes"))] };
}

/** Whether an escape stands between a drive or folder and the rest of a name. */
function pathTest(image: string): (at: number) => boolean {
  const drive = /[A-Za-z]\\?:|\\[A-Za-z]/.exec(image);
  if (drive === null) return () => false;
  const pathStart = drive.index + drive[0].length;
  return (at) =>
    pathStart <= at && /["\w:.)%$-]/.test(image.charAt(at - 1)) && /\w/.test(image.charAt(at + 2));
}

/** `"a\:b"`: only outside of quotes these signs need one. */
function needless({ image, literal }: PlacedLiteral): Finding | undefined {
  if (literal.form !== "quoted") return undefined;
  const escapes = [...image.matchAll(/\\(?:u[0-9a-fA-F]{4}|[^])/g)];
  const found = escapes.find(({ 0: text }) => /^\\[():<>{}]$/.test(text));
  if (found === undefined) return undefined;
  const start = literal.span.start + found.index;
  const message = `In quotes the backslash before ${found[0].slice(1)} is part of the text`;
  const fix = replaceWith(spanOf(start, start + 1), "", "Remove the backslash");
  return { span: spanOf(start, start + 2), message, fixes: [asGuess(fix)] };
}
