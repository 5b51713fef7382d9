/** Places in JSON files beside the rules: records of rule ids, and the fields of custom schemas. */
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { type Span, spanOf } from "../text/span.ts";

/**
 * The key of a rule in `version.lock.json` or `deprecated_rules.json`. A lock file has a megabyte, and ids are keys at its
 * top alone: it is looked at as text.
 */
export function recordPlace(text: string, id: string): Span | undefined {
  const key = JSON.stringify(id);
  for (let at = text.indexOf(key); 0 <= at; at = text.indexOf(key, at + key.length)) {
    if (/^\s*:/.test(text.slice(at + key.length, at + key.length + 4))) return spanOf(at, at + key.length);
  }
  return undefined;
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

function keySpan(root: Node, path: readonly string[]): Span | undefined {
  const value = findNodeAtLocation(root, [...path]);
  const key = value?.parent?.children?.[0];
  return key && spanOf(key.offset, key.offset + key.length);
}
