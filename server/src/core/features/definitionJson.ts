/** Places in JSON files beside the rules: records of rule ids, and the fields of custom schemas. */
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { type Span, spanOf } from "../text/span.ts";

/** The key of a rule in `version.lock.json` or `deprecated_rules.json`. */
export function recordPlace(text: string, id: string): Span | undefined {
  // A lock file has a megabyte: it is parsed only where it speaks of the rule.
  if (!text.includes(id)) return undefined;
  return keySpan(parseTree(text), [id]);
}

/** A field of a custom schema under each index pattern that has it: flat, or nested by its parts. */
export function schemaFieldPlaces(text: string, field: string): readonly Span[] {
  const root = parseTree(text);
  if (root?.type !== "object") return [];
  return indexNames(root).flatMap(
    (index) => keySpan(root, [index, field]) ?? keySpan(root, [index, ...field.split(".")]) ?? [],
  );
}

function indexNames(root: Node): readonly string[] {
  return (root.children ?? []).flatMap(({ children }) => {
    const name: unknown = children?.[0]?.value;
    return typeof name === "string" ? [name] : [];
  });
}

function keySpan(root: Node | undefined, path: readonly string[]): Span | undefined {
  const value = root && findNodeAtLocation(root, [...path]);
  const key = value?.parent?.children?.[0];
  return key && spanOf(key.offset, key.offset + key.length);
}
