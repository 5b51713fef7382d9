/** `field:*`: whether a field has a value, or an object a field that has one. */
import { type KqlLiteral } from "../../query/kql/index.ts";
import { type FieldTarget, targetNamed } from "../../query/kql/fieldTargets.ts";
import { type Span } from "../../text/span.ts";
import { type JsonObject } from "../event.ts";
import { type Clause } from "../explain.ts";
import { type CompileContext } from "./context.ts";
import { isVisible, leavesOf, readerOf, someValue } from "./fields.ts";
import { existenceReason } from "./reasons.ts";
import { unmappedLeaves } from "./unmapped.ts";
import { existenceTest } from "./valueTests.ts";

export function compileExistence(
  context: CompileContext,
  field: KqlLiteral,
  targets: readonly FieldTarget[],
  span: Span,
): Clause {
  const holders = targets.map((target) => existenceOf(context, target));
  const isPattern = field.type === "wildcard";
  const unmapped =
    isPattern && !context.options.types.isComplete ? unmappedLeaves(context, field, targets) : undefined;
  const truthOf = (document: JsonObject): boolean =>
    holders.some((holds) => holds(document)) || (unmapped !== undefined && unmapped(document).length !== 0);
  return { kind: "leaf", span, truthOf, reasonOf: existenceReason(context, targets, truthOf) };
}

function existenceOf(context: CompileContext, target: FieldTarget): (document: JsonObject) => boolean {
  const { options, path } = context;
  const { types } = options;
  const { name, type } = target;
  if (type === "nested") return () => false; // Its objects are documents of their own.
  if (type === undefined && types.isComplete) return () => false;
  const ofItself = someValue(readerOf(types, target, path), existenceTest(type));
  // The key of a flattened field is whole: what stands below it has keys of its own.
  if (type !== undefined && type !== "object") return ofItself;
  const ofFields = fieldBelow(context, name);
  return (document) => ofItself(document) || ofFields(document);
}

/** Whether a field under the name has a value; those of nested objects are out of sight. */
function fieldBelow({ options, path }: CompileContext, name: string): (document: JsonObject) => boolean {
  const prefix = `${name}.`;
  const { types } = options;
  const known = new Map<string, boolean>();
  const isSeen = (leaf: string): boolean => {
    const seen = known.get(leaf);
    if (seen !== undefined) return seen;
    const visible = isVisible(types, targetNamed(types, leaf), path);
    if (known.size < MOST_NAMES) known.set(leaf, visible);
    return visible;
  };
  return (document) => {
    for (const leaf of leavesOf(document, path)) {
      if (leaf.name.startsWith(prefix) && isSeen(leaf.name)) return true;
    }
    return false;
  };
}

/** Events with ever new names must not fill the memory. */
const MOST_NAMES = 10_000;
