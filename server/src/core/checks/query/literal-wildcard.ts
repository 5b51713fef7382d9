import {
  encodeString,
  type EqlComparison,
  type EqlExpression,
  type EqlMembership,
} from "../../query/eql/index.ts";
import { asGuess, replaceWith } from "../../query/fixes.ts";
import { type Edit, type Fix } from "../../text/edit.ts";
import { cover, spanOf } from "../../text/span.ts";
import { type QueryCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName, holdsFreeText, holdsName } from "../fieldUse.ts";

export const literalWildcard: QueryCheck = {
  id: "query/literal-wildcard",
  on: "query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A wildcard where it stands for itself.",
  why: "Whole texts are compared by `==`, `!=`, `in` and `in~`, so `*` and `?` are characters like others there and the value is never found. Wildcards have their meaning after `:` (whatever the case of letters), `like` and `like~`. Values that may well hold such a character, such as arguments and addresses, are left alone.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name == "python*"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "python*"'
`,
  *run(query) {
    for (const node of eqlNodes(query)) {
      if (node.kind === "comparison" && (node.operator === "==" || node.operator === "!=")) {
        const name = fieldName(node.left);
        if (node.right.kind !== "string" || name === undefined || !isPattern(name, node.right.value))
          continue;
        const message = `\`${node.operator}\` takes the wildcards in ${encodeString(node.right.value)} literally`;
        yield { span: node.right.span, message, fixes: [comparisonFix(node)] };
      } else if (node.kind === "in" && node.right.kind === "list") {
        const name = fieldName(node.operand);
        if (name === undefined) continue;
        for (const item of node.right.items) {
          if (item.kind !== "string" || !isPattern(name, item.value)) continue;
          const message = `\`${node.operator}\` takes the wildcards in ${encodeString(item.value)} literally`;
          yield { span: item.span, message, fixes: membershipFixes(node, node.right.items) };
        }
      }
    }
  },
};

/** True if wildcards are meant for sure. */
function isPattern(field: string, value: string): boolean {
  if (/^[?*]:\\/.test(value)) return true;
  // Windows names shares of any computer so: \\\\*\\ADMIN$.
  const rest = value.replace(/^\\\\[?*.]\\/, "");
  const letters = rest.replace(/[^\p{L}\p{N}]/gu, "").length;
  if (!rest.includes("*")) return /\?/.test(rest) && /\.(?:exe|dll|sys)$/i.test(rest) && holdsName(field);
  if (letters < 2 || /^(?:tls|x509)\.|\.x509\.|certificate/.test(field)) return false;
  if (field.startsWith("registry.") && /\\\*(?:\\|$)/.test(rest)) return false;
  if (holdsFreeText(field)) {
    const isArgument = /args$/.test(field);
    return 2 < letters && rest.startsWith("*") && (!isArgument || rest.endsWith("*"));
  }
  return holdsName(field) || (rest.startsWith("*") && rest.endsWith("*"));
}

function comparisonFix({ operator, left, operatorSpan }: EqlComparison): Fix {
  const edits: Edit[] = [{ span: operatorSpan, text: ":" }];
  if (operator === "!=") edits.unshift({ span: spanOf(left.span.start, left.span.start), text: "not " });
  return { title: "Compare by :, which knows wildcards", safety: "unsafe", edits };
}

function membershipFixes(
  { operand, notSpan, operatorSpan }: EqlMembership,
  items: readonly EqlExpression[],
): readonly Fix[] {
  if (!items.every(({ kind }) => kind === "string")) return [];
  const title = "Compare by :, which knows wildcards";
  if (notSpan === undefined) return [asGuess(replaceWith(operatorSpan, ":", title))];
  const edits = [
    { span: spanOf(operand.span.start, operand.span.start), text: "not " },
    { span: cover(notSpan, operatorSpan), text: ":" },
  ];
  return [{ title, safety: "unsafe", edits }];
}
