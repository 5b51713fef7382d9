import { type EqlAst, type EqlExpression, type EqlString, mapOfString } from "../../query/eql/index.ts";
import { type BackslashSlip, regexBackslashSlips, textSlips } from "../../query/eql/backslashes.ts";
import { replaceInString } from "../../query/eql/patternEdit.ts";
import { type Fix } from "../../text/edit.ts";
import { type QueryCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName, holdsFreeText } from "../fieldUse.ts";

export const wrongBackslash: QueryCheck = {
  id: "query/wrong-backslash",
  on: "query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A backslash that is escaped once too little or once too often.",
  why: "A backslash is written by two in an EQL string, by one between three quotes, and by two more in a regular expression. What TOML makes of the text comes first: in a query between `\"` or `\"\"\"`, TOML halves them, between `'` or `'''` it does not. One too few gives another character, such as a tab for `\\t`; one too many gives two backslashes, and the path is never found.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "?:\\\\\\\\Windows\\\\\\\\*.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "?:\\\\Windows\\\\*.exe"'
`,
  *run(query) {
    const { text } = query.parse;
    if (!text.includes("\\")) return;
    for (const node of eqlNodes(query)) {
      for (const { string, slips } of slipsOf(node)) {
        const [first] = slips;
        if (first === undefined) continue;
        const edits = slips.map(({ span, replacement }) => replaceInString(text, string, span, replacement));
        const fix: Fix = { title: FIX_TITLES[first.kind], safety: "unsafe", edits };
        const map = mapOfString(text, string);
        yield { span: map.toHostSpan(first.span), message: MESSAGES[first.kind], fixes: [fix] };
      }
    }
  },
};

const MESSAGES: Readonly<Record<BackslashSlip["kind"], string>> = {
  doubled: "These are two backslashes where a path has one",
  control: "This is a control character, not a backslash and a letter",
  folder: "A single backslash here is an escape that Lucene does not know",
  "folder-class": "A single backslash here makes a class of characters of the letter behind it",
};

const FIX_TITLES: Readonly<Record<BackslashSlip["kind"], string>> = {
  doubled: "Write one backslash",
  control: "Double the backslash",
  folder: "Escape the backslash",
  "folder-class": "Escape the backslash",
};

interface SlipsOfString {
  readonly string: EqlString;
  readonly slips: readonly BackslashSlip[];
}

function slipsOf(node: EqlAst): readonly SlipsOfString[] {
  switch (node.kind) {
    case "comparison":
      return [...inTexts(node.left, [node.right]), ...inTexts(node.right, [node.left])];
    case "in":
      return inTexts(node.operand, valuesOf(node.right));
    case "match": {
      const values = valuesOf(node.right);
      if (!node.operator.startsWith("regex")) return inTexts(node.operand, values);
      return values
        .filter(isString)
        .map((string) => ({ string, slips: [...regexBackslashSlips(string.value)] }));
    }
    case "call": {
      const [subject, ...values] = node.arguments;
      return subject === undefined ? [] : inTexts(subject, values);
    }
    default:
      return [];
  }
}

function valuesOf(right: EqlExpression): readonly EqlExpression[] {
  return right.kind === "list" ? right.items : [right];
}

function inTexts(subject: EqlExpression, values: readonly EqlExpression[]): readonly SlipsOfString[] {
  const name = fieldName(subject);
  const isFreeText = name === undefined || holdsFreeText(name);
  return values
    .filter(isString)
    .filter(({ value }) => /[\\\b\t\n\f\r]/.test(value))
    .map((string) => ({ string, slips: [...textSlips(string.value, { isFreeText })] }));
}

function isString(value: EqlExpression): value is EqlString {
  return value.kind === "string";
}
