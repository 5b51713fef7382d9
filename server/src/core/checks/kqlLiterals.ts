/** Names and values of a KQL query, each with where it stands: for checks of what authors write there. */
import { walk } from "../query/ast.ts";
import { childrenOf, type KqlAst, type KqlLiteral, type KqlParse, wholeName } from "../query/kql/index.ts";
import { textAt } from "../text/span.ts";

export interface PlacedLiteral {
  readonly literal: KqlLiteral;
  /** `text`: a value without a field. */
  readonly role: "field" | "value" | "text";
  /** The field that a value is of, without the paths of braces around it; undefined for patterns of names. */
  readonly field: string | undefined;
  /** One of several values in parentheses. */
  readonly isListed: boolean;
  /** As it is written. */
  readonly image: string;
}

export function* kqlLiterals({ text, ast }: KqlParse): Generator<PlacedLiteral> {
  const placed = (literal: KqlLiteral, rest: Omit<PlacedLiteral, "literal" | "image">): PlacedLiteral => {
    return { literal, image: textAt(text, literal.span), ...rest };
  };
  for (const node of walk<KqlAst>(ast, childrenOf)) {
    if (node.kind === "text") yield placed(node.value, { role: "text", field: undefined, isListed: false });
    if (node.kind !== "is" && node.kind !== "range" && node.kind !== "nested") continue;
    if (node.field.kind === "literal")
      yield placed(node.field, { role: "field", field: undefined, isListed: false });
    if (node.kind === "nested") continue;
    const field = wholeName(node.field, "");
    const isListed = node.value.kind !== "literal";
    for (const value of walk<KqlAst>(node.value, childrenOf))
      if (value.kind === "literal") yield placed(value, { role: "value", field, isListed });
  }
}
