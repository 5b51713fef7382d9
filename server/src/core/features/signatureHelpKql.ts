/** Signatures in KQL: what may stand in the parentheses or braces after a field, or after an operator. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { KQL_WORDS } from "../query/kql/index.ts";
import { textAt } from "../text/span.ts";
import { codeBlock, paragraphs } from "./markdown.ts";
import { type Signature, shape } from "./signatureHelpModel.ts";

export function kqlSignature(query: SnapshotQuery, offset: number): Signature | undefined {
  const { text, tokens } = kqlParseOf(query);
  const words = tokens
    .filter(({ span }) => span.start < offset)
    .map(({ kind, span }) => ({ kind, image: kind === "quoted" ? "" : textAt(text, span) }));
  const [last, beforeLast] = [words.at(-1), words.at(-2)];
  const operator =
    last?.kind === "operator" ? last : beforeLast?.kind === "operator" ? beforeLast : undefined;
  const isOpening = last?.image === "(" || last?.image === "{";
  if (operator !== undefined && !isOpening) return operatorShape(operator.image);
  let depth = 0;
  for (let i = words.length - 1; 0 <= i; i--) {
    const { image = "", kind } = words[i] ?? {};
    if (kind !== "punctuation") continue;
    if (image === ")" || image === "}") depth++;
    else if (0 < depth) depth--;
    else if (image === "{") return nestedShape();
    else if (words[i - 1]?.kind === "operator") return listShape();
  }
  return undefined;
}

function operatorShape(operator: string): Signature | undefined {
  const doc = KQL_WORDS.get(operator);
  if (doc === undefined) return undefined;
  return shape(
    doc.signature,
    textOf(doc),
    [["value", "A text, number or date; in quotes it is taken as it stands."]],
    0,
  );
}

function listShape(): Signature | undefined {
  const doc = KQL_WORDS.get(":");
  return (
    doc &&
    shape(
      "field:(value or value …)",
      textOf(doc),
      [["value or value …", "With `or`, `and` and `not` between them."]],
      0,
    )
  );
}

function nestedShape(): Signature | undefined {
  const doc = KQL_WORDS.get("{");
  return doc && shape(doc.signature, textOf(doc), [["condition", "Names in it follow the field."]], 0);
}

function textOf({ text, example }: { readonly text: string; readonly example: string }): string {
  return paragraphs(text, codeBlock("kuery", example));
}
