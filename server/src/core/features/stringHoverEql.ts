/** Strings of EQL: what they are compared by says what they match. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { type EqlAst, type EqlString, childrenOf, functionNamed, withoutGroups } from "../query/eql/index.ts";
import { touches } from "../text/span.ts";
import { inlineCode } from "./markdown.ts";
import { type QueryText } from "./stringHoverModel.ts";
import { patternText } from "./stringHoverPattern.ts";

export function eqlText(query: SnapshotQuery, offset: number): QueryText | undefined {
  const path = pathTo(eqlParseOf(query).ast, offset);
  const node = path.at(-1);
  if (node?.kind === "category" && (node.form === "string" || node.form === "raw"))
    return {
      span: node.span,
      value: node.value,
      meaning: ["What `event.category` must equal, in exactly this case."],
    };
  if (node?.kind !== "string" || node.form === "bare") return undefined;
  return { span: node.span, value: node.value, meaning: meaningOf(node, path) };
}

/** Nodes around the offset, from the query down to the innermost. */
function pathTo(ast: EqlAst, offset: number): readonly EqlAst[] {
  const path: EqlAst[] = [];
  for (let node: EqlAst | undefined = ast; node !== undefined;) {
    path.push(node);
    const children: readonly EqlAst[] = childrenOf(node).filter(({ span }) => touches(span, offset));
    node = children.find(({ kind }) => kind === "string") ?? children[0];
  }
  return path;
}

function meaningOf(string: EqlString, path: readonly EqlAst[]): readonly string[] {
  const parent = path.findLast(({ kind }) => kind !== "string" && kind !== "group" && kind !== "list");
  switch (parent?.kind) {
    case "match":
      if (parent.operator.startsWith("regex")) return regexText(parent.operator);
      return globText(
        string.value,
        parent.operator === "like" ? "exact case" : "any case",
        negates(path, parent.notSpan === undefined ? 0 : 1),
      );
    case "in": {
      const letters = parent.operator === "in" ? "exact case" : "any case";
      return equalText(string.value, letters, negates(path, parent.notSpan === undefined ? 0 : 1));
    }
    case "comparison":
      if (parent.operator !== "==" && parent.operator !== "!=")
        return ["Compared letter by letter, by character codes."];
      return equalText(string.value, "exact case", negates(path, parent.operator === "!=" ? 1 : 0));
    case "call":
      return argumentText(string, parent);
    default:
      return [];
  }
}

function globText(value: string, letters: "exact case" | "any case", isNegated: boolean): readonly string[] {
  return patternText(value.split("*"), letters, { hasSingle: value.includes("?"), isNegated });
}

function equalText(value: string, letters: "exact case" | "any case", isNegated: boolean): readonly string[] {
  const plain = patternText([value], letters, { hasSingle: false, isNegated });
  const sign = /[*?]/.exec(value)?.[0];
  return sign === undefined
    ? plain
    : [
        ...plain,
        `${inlineCode(sign)} stands for itself here; with \`:\` or \`like\` it would be a wildcard.`,
      ];
}

function regexText(operator: string): readonly string[] {
  const letters = operator === "regex" ? "in exactly this case" : "in any case";
  return [
    `A regular expression of Lucene that the whole value must fit, ${letters}: \`^\` and \`$\` have no meaning.`,
  ];
}

function argumentText(string: EqlString, call: EqlAst & { readonly kind: "call" }): readonly string[] {
  const known = functionNamed(call.name);
  const index = call.arguments.findIndex((argument) => withoutGroups(argument) === string);
  const parameter = known?.parameters[Math.min(index, known.parameters.length - 1)];
  if (known === undefined || parameter === undefined) return [];
  const letters = known.hasInsensitiveForm ? `, in ${call.insensitive ? "any" : "exactly this"} case` : "";
  const name = `${known.name}${call.insensitive ? "~" : ""}`;
  return [
    `The ${inlineCode(parameter.name)} of ${inlineCode(name)}${letters}. Wildcards have no meaning here.`,
  ];
}

/** What is refused twice is asked for. */
function negates(path: readonly EqlAst[], ownCount: number): boolean {
  return (path.filter(({ kind }) => kind === "not").length + ownCount) % 2 === 1;
}
