/** `path:{ condition }`: one of the objects under the path must satisfy all of it. */
import { type KqlNested, wholeName } from "../../query/kql/index.ts";
import { type JsonObject } from "../event.ts";
import { type Clause, distanceTo } from "../explain.ts";
import { type CompileContext, refuse } from "./context.ts";
import { nestedObjects } from "./nestedObjects.ts";
import { predicateOf } from "./predicate.ts";
import { nestedReason } from "./reasons.ts";

export function compileNested(
  context: CompileContext,
  { field, span }: KqlNested,
  compileInner: (context: CompileContext) => Clause,
): Clause {
  const { path: outer } = context;
  const path = wholeName(field, outer === undefined ? "" : `${outer}.`);
  if (path === undefined) {
    refuse(context, "a pattern before braces", span);
    return { kind: "any", span, children: [] };
  }
  const inner = compileInner({ ...context, path });
  const holds = predicateOf(inner);
  const objectsIn = nestedObjects(outer === undefined ? path : path.slice(outer.length + 1));
  return {
    kind: "leaf",
    span,
    truthOf: (document) => objectsIn(document).some(holds),
    reasonOf: (document) => nestedReason(path, objectsIn(document), inner, holds, nearest),
  };
}

/** The object that lacks least. */
function nearest(objects: readonly JsonObject[], clause: Clause): JsonObject | undefined {
  let best: JsonObject | undefined;
  let least = Infinity;
  for (const object of objects.slice(0, MOST_OBJECTS)) {
    const distance = distanceTo(true, clause, object);
    if (distance < least) [best, least] = [object, distance];
  }
  return best;
}

const MOST_OBJECTS = 1000;
