/** What of a manifest an offset points at: a key of ours, or a field of an event. */
import { type Span, touches } from "../../text/span.ts";
import { type JsonMember, type JsonNode } from "../json/model.ts";
import { fieldNodes } from "../json/value.ts";
import {
  type ManifestKey,
  manifestKeyNamed,
  type ManifestSection,
  type ManifestType,
} from "./manifestKeys.ts";
import { readYaml } from "./yaml.ts";

export type ManifestWord =
  | { readonly kind: "key"; readonly key: ManifestKey; readonly span: Span }
  | { readonly kind: "field"; readonly name: string; readonly span: Span };

export function manifestWordAt(text: string, offset: number): ManifestWord | undefined {
  return inSection(readYaml(text).node, "manifest", offset);
}

function inSection(node: JsonNode, section: ManifestSection, offset: number): ManifestWord | undefined {
  if (node.kind !== "object") return undefined;
  for (const member of node.members) {
    const key = manifestKeyNamed(section, member.key);
    if (touches(member.keySpan, offset)) return key && { kind: "key", key, span: member.keySpan };
    const found = key && inValue(member, key.type, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inValue({ value }: JsonMember, type: ManifestType, offset: number): ManifestWord | undefined {
  if (!touches(value.span, offset)) return undefined;
  switch (type.kind) {
    case "table":
      return inSection(value, type.section, offset);
    case "alerts":
      return inSection(value, "alerts", offset);
    case "list":
      return value.kind === "array"
        ? firstOf(value.items, (one) => inSection(one, type.section, offset))
        : undefined;
    case "events":
    case "fields":
      return fieldIn(value, offset);
    case "names":
      return nameIn(value, offset);
    default:
      return undefined;
  }
}

function fieldIn(node: JsonNode, offset: number): ManifestWord | undefined {
  for (const { name, member } of fieldNodes(node)) {
    if (touches(member.keySpan, offset)) return { kind: "field", name, span: member.keySpan };
  }
  return undefined;
}

function nameIn(node: JsonNode, offset: number): ManifestWord | undefined {
  if (node.kind === "array") return firstOf(node.items, (one) => nameIn(one, offset));
  if (node.kind !== "string" || !touches(node.span, offset)) return undefined;
  return { kind: "field", name: node.value, span: node.span };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
