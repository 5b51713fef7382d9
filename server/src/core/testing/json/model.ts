/** JSON as a tree that knows where everything stands. YAML of test manifests is read into the same tree. */
import { type Span } from "../../text/span.ts";
import { type TextMap } from "../../text/textMap.ts";

export type JsonNode =
  | JsonObjectNode
  | { readonly kind: "array"; readonly span: Span; readonly items: readonly JsonNode[] }
  | JsonStringNode
  | { readonly kind: "number"; readonly span: Span; readonly value: number }
  | { readonly kind: "boolean"; readonly span: Span; readonly value: boolean }
  | { readonly kind: "null"; readonly span: Span }
  /** A value that is missing or cannot be read. */
  | { readonly kind: "hole"; readonly span: Span };

export interface JsonObjectNode {
  readonly kind: "object";
  readonly span: Span;
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface JsonStringNode {
  readonly kind: "string";
  readonly span: Span;
  readonly value: string;
  /** Ties the value to the text; undefined where the two do not run side by side, as in folded YAML. */
  readonly map: TextMap | undefined;
}

/** A place where the text is no JSON. */
export interface JsonProblem {
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
  /** It is clear what was meant, and the tree has it. */
  readonly isRepaired: boolean;
}

export function memberOf(node: JsonObjectNode, key: string): JsonMember | undefined {
  return node.members.findLast((member) => member.key === key);
}
