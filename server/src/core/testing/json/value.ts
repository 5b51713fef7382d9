/** From trees to plain values, and to the nodes that a field of an event stands in. */
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { type JsonMember, type JsonNode, type JsonObjectNode } from "./model.ts";

/** What `JSON.parse` would make of it; a hole becomes null. */
export function plainValue(node: JsonNode): JsonValue {
  switch (node.kind) {
    case "object":
      return plainObject(node);
    case "array":
      return node.items.map(plainValue);
    case "string":
    case "number":
    case "boolean":
      return node.value;
    default:
      return null;
  }
}

export function plainObject({ members }: JsonObjectNode): JsonObject {
  return Object.fromEntries(members.map(({ key, value }) => [key, plainValue(value)]));
}

/** The members that make up a field, whose name may be nested, dotted or both; arrays are looked through. */
export function membersOfField(node: JsonNode, name: string): readonly JsonMember[] {
  if (node.kind === "array") return node.items.flatMap((item) => membersOfField(item, name));
  if (node.kind !== "object") return [];
  return node.members.flatMap((member) => {
    if (member.key === name) return [member];
    if (!name.startsWith(`${member.key}.`)) return [];
    return membersOfField(member.value, name.slice(member.key.length + 1));
  });
}

export interface FieldNode {
  /** In dotted form. */
  readonly name: string;
  readonly member: JsonMember;
}

/** Every member at every depth, parents first, with its name in dotted form. */
export function* fieldNodes(node: JsonNode, prefix = ""): Generator<FieldNode> {
  if (node.kind === "array") for (const item of node.items) yield* fieldNodes(item, prefix);
  if (node.kind !== "object") return;
  for (const member of node.members) {
    const name = prefix === "" ? member.key : `${prefix}.${member.key}`;
    yield { name, member };
    yield* fieldNodes(member.value, name);
  }
}
