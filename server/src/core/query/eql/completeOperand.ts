/** What the tree says of the operand before a place. */
import { type Span } from "../../text/span.ts";
import { type EqlAst } from "./ast.ts";
import { childrenOf, withoutGroups } from "./children.ts";
import { type EqlParse } from "./parse.ts";
import { KEYWORDS } from "./tokens.ts";

/** The field whose name ends at an offset. */
export function operandBefore({ ast }: EqlParse, end: number): string | undefined {
  const field = pathTo(ast, end).at(-1);
  return field?.kind === "field" ? field.name : undefined;
}

/** Whether it is no part of a comparison, but perhaps of one by the operator that is being written as `word`. */
export function isBareFieldBefore({ ast }: EqlParse, end: number, word: Span): boolean {
  const path = pathTo(ast, end);
  if (path.at(-1)?.kind !== "field") return false;
  return path.every(
    (node) => !COMPARING.has(node.kind) || ("operatorSpan" in node && node.operatorSpan.start === word.start),
  );
}

const COMPARING: ReadonlySet<string> = new Set(["comparison", "match", "in", "call", "list", "by"]);

/** The nodes around the operand that ends at an offset, the outermost first. */
function pathTo(ast: EqlAst, end: number): readonly EqlAst[] {
  const path: EqlAst[] = [];
  let node: EqlAst | undefined = ast;
  while (node !== undefined) {
    path.push(node);
    // A hole at this place is what is missing after the operand.
    node = childrenOf(node).find(({ kind, span }) => kind !== "hole" && span.start < end && end <= span.end);
  }
  return path;
}

/** The field that is compared by the operator that starts at an offset. */
export function fieldComparedAt({ ast }: EqlParse, operatorStart: number): string | undefined {
  let node: EqlAst | undefined = ast;
  while (node !== undefined) {
    if (
      "operatorSpan" in node &&
      node.operatorSpan.start === operatorStart &&
      node.kind !== "not" &&
      node.kind !== "sign"
    ) {
      const operand = withoutGroups(node.kind === "comparison" ? node.left : node.operand);
      return operand.kind === "field" ? operand.name : undefined;
    }
    node = childrenOf(node).find(({ span }) => span.start <= operatorStart && operatorStart < span.end);
  }
  return undefined;
}

const IDENTIFIER = /^[A-Za-z_@][A-Za-z0-9_]*$/;

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text) && !KEYWORDS.has(text);
}

/** Parts that are no identifiers, or are keywords, take backticks. */
export function writtenField(name: string): string {
  return name
    .split(".")
    .map((part) => (isIdentifier(part) ? part : `\`${part.replaceAll("`", "``")}\``))
    .join(".");
}
