import { type EqlExpression } from "../../query/eql/index.ts";
import { type Edit, type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type QueryCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName, holdsFreeText } from "../fieldUse.ts";

export const caseSensitivePath: QueryCheck = {
  id: "query/case-sensitive-path",
  on: "query",
  languages: ["eql"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A Windows path or file name that is compared with its case.",
  why: 'Windows takes "CMD.EXE" for "cmd.exe", and whoever wants to slip past the rule writes it so. `==`, `!=`, `in` and `like` tell the two apart; `:`, `in~` and `like~` do not. The name that a program was built with (`pe.original_file_name`) does not change and is left alone.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name == "cmd.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
`,
  *run(query) {
    for (const node of eqlNodes(query)) {
      if (node.kind !== "comparison" && node.kind !== "in" && node.kind !== "match") continue;
      const operand = node.kind === "comparison" ? node.left : node.operand;
      const insensitive = INSENSITIVE.get(node.operator);
      const name = fieldName(operand);
      if (insensitive === undefined || name === undefined || !mayHoldPath(name)) continue;
      const values = node.right.kind === "list" ? node.right.items : [node.right];
      const path = values.find(isWindowsPath);
      if (path === undefined) continue;
      yield {
        span: node.operatorSpan,
        message: `\`${node.operator}\` minds the case of letters, Windows does not`,
        fixes: fixesFor(node.operator, operand.span, node.operatorSpan, values, insensitive),
      };
    }
  },
};

/** What to write instead. A `!=` becomes `not … :`. */
const INSENSITIVE: ReadonlyMap<string, string> = new Map([
  ["==", ":"],
  ["!=", ":"],
  ["in", "in~"],
  ["like", "like~"],
]);

function mayHoldPath(field: string): boolean {
  return !holdsFreeText(field) && !field.endsWith("original_file_name");
}

function isWindowsPath(value: EqlExpression): boolean {
  if (value.kind !== "string") return false;
  const isPath = /^[A-Za-z?*]:\\|^\\(?:device|registry|systemroot)\\|^(?:HKLM|HKCU|HKEY_\w+)\\/i;
  return isPath.test(value.value) || /\.(?:exe|dll|sys|ps1|bat|cmd|vbs|msi|hta|scr|cpl)$/i.test(value.value);
}

function fixesFor(
  operator: string,
  operand: Span,
  operatorSpan: Span,
  values: readonly EqlExpression[],
  insensitive: string,
): readonly Fix[] {
  // After `:` they would be wildcards.
  const hasWildcards = values.some((value) => value.kind === "string" && /[*?]/.test(value.value));
  if (hasWildcards && insensitive === ":") return [];
  const edits: Edit[] = [{ span: operatorSpan, text: insensitive }];
  const isNegated = operator === "!=";
  if (isNegated) edits.unshift({ span: spanOf(operand.start, operand.start), text: "not " });
  const title = `Write ${isNegated ? "not … " : ""}${insensitive}, which does not mind it`;
  return [{ title, safety: "unsafe", edits }];
}
