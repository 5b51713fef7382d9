import { type FieldTarget } from "../../query/kql/fieldTargets.ts";
import { type KqlLiteral, matchesPieces } from "../../query/kql/index.ts";
import { type JsonObject } from "../event.ts";
import { type CompileContext } from "./context.ts";
import { type Leaf, leavesOf } from "./fields.ts";

/** Where not every field is known, a pattern covers also those that only the document has. */
export function unmappedLeaves(
  { path }: CompileContext,
  { pieces }: KqlLiteral,
  targets: readonly FieldTarget[],
): (document: JsonObject) => readonly Leaf[] {
  const prefix = path === undefined ? "" : `${path}.`;
  const whole = pieces.map((piece, i) => (i === 0 ? `${prefix}${piece}` : piece));
  const known = new Set(targets.map(({ name }) => name));
  return (document) => {
    const leaves: Leaf[] = [];
    for (const leaf of leavesOf(document, path)) {
      if (matchesPieces(leaf.name, whole) && !known.has(leaf.name)) leaves.push(leaf);
    }
    return leaves;
  };
}
