/** YAML as the tree that JSON is read into, with the place of every key and value. The one file that knows the library. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml";
import { type Span, spanOf } from "../../text/span.ts";
import { type TextMap, textMapBuilder } from "../../text/textMap.ts";
import { type JsonMember, type JsonNode, type JsonProblem } from "../json/model.ts";
import { MOST_LEVELS } from "../json/limits.ts";

export interface YamlReading {
  readonly node: JsonNode;
  readonly problems: readonly JsonProblem[];
}

/** The library reads about 1 MB a second, in one go: longer manifests belong into files of events. */
const LONGEST = 250_000;

/** Aliases can make a tree of any size out of a few lines. */
const MOST_NODES = 200_000;

interface YamlReader {
  readonly text: string;
  readonly document: Document;
  readonly problems: JsonProblem[];
  nodeCount: number;
}

/** The core schema of YAML 1.2: dates are texts, and `yes` is no boolean. */
export function readYaml(text: string): YamlReading {
  if (LONGEST < text.length) {
    const message = `A manifest has ${LONGEST / 1000} kB at most: put the events into files of their own`;
    return refused(text, message);
  }
  const document = parsed(text);
  if (document === undefined) return refused(text, "This YAML cannot be read");
  const problems = [...document.errors, ...document.warnings].map(
    ({ message, pos: [start, end] }): JsonProblem => {
      const span = spanOf(Math.min(start, text.length), Math.min(end, text.length));
      return { span, message: sentence(message), isRepaired: false };
    },
  );
  const reader: YamlReader = { text, document, problems, nodeCount: 0 };
  const node = nodeOf(reader, document.contents, spanOf(0, 0), 0);
  return { node, problems: problems.toSorted((a, b) => a.span.start - b.span.start) };
}

function refused(text: string, message: string): YamlReading {
  const span = spanOf(0, Math.min(1, text.length));
  return { node: { kind: "hole", span }, problems: [{ span, message, isRepaired: false }] };
}

function parsed(text: string): Document | undefined {
  try {
    return parseDocument(text, {
      version: "1.2",
      schema: "core",
      prettyErrors: false,
      // Looks at all pairs of keys; we find what is declared twice ourselves.
      uniqueKeys: false,
      // With less it does not even say that there are two documents.
      logLevel: "error",
    });
  } catch (error) {
    // What is nested too deeply for the library, or not foreseen by it.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function sentence(message: string): string {
  const [first = message] = message.split("\n");
  return first.replace(/[.:]$/, "");
}

function nodeOf(reader: YamlReader, node: Node | null, place: Span, levels: number): JsonNode {
  const span = node === null ? place : spanOfNode(node, place);
  if (MOST_LEVELS <= levels) return refusal(reader, span, `Nested more than ${MOST_LEVELS} deep`);
  if (MOST_NODES < ++reader.nodeCount) return refusal(reader, span, "So many aliases cannot be followed");
  if (isAlias(node)) {
    const target = node.resolve(reader.document);
    if (target === undefined)
      return refusal(reader, span, `Nothing is named \`&${node.source}\` before this`);
    return movedTo(nodeOf(reader, target, span, levels + 1), span);
  }
  if (isMap(node)) {
    const members = node.items.flatMap(({ key, value }): JsonMember[] => {
      const member = memberOf(reader, key, value, span, levels);
      return member === undefined ? [] : [member];
    });
    reportDuplicates(reader, members);
    return { kind: "object", span, members };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeOf(reader, asNode(item), span, levels + 1));
    return { kind: "array", span, items };
  }
  return isScalar(node) ? scalarNode(reader, node, span) : { kind: "null", span };
}

/** What comes from an alias stands where the alias stands. */
function movedTo(node: JsonNode, span: Span): JsonNode {
  return node.kind === "string" ? { ...node, span, map: undefined } : { ...node, span };
}

function memberOf(
  reader: YamlReader,
  key: unknown,
  value: unknown,
  place: Span,
  levels: number,
): JsonMember | undefined {
  const keyNode = asNode(key);
  const keySpan = keyNode === null ? place : spanOfNode(keyNode, place);
  if (keyNode === null || !isScalar(keyNode) || typeof keyNode.value === "object") {
    refusal(reader, keySpan, "A key must be a text");
    return undefined;
  }
  const after = spanOf(keySpan.end, keySpan.end);
  return { key: String(keyNode.value), keySpan, value: nodeOf(reader, asNode(value), after, levels + 1) };
}

function reportDuplicates(reader: YamlReader, members: readonly JsonMember[]): void {
  const keys = new Set<string>();
  for (const { key, keySpan } of members) {
    if (keys.has(key)) refusal(reader, keySpan, `\`${key}\` stands here twice`);
    keys.add(key);
  }
}

function scalarNode({ text }: YamlReader, scalar: Scalar, span: Span): JsonNode {
  const { value } = scalar;
  switch (typeof value) {
    case "string":
      return { kind: "string", span, value, map: mapOf(text, span, value) };
    case "number":
      return { kind: "number", span, value };
    case "boolean":
      return { kind: "boolean", span, value };
    default:
      return { kind: "null", span };
  }
}

/** Where the value stands in the text as it is, with or without quotes around it. */
function mapOf(text: string, { start }: Span, value: string): TextMap | undefined {
  const from = [start, start + 1].find((at) => text.startsWith(value, at));
  if (from === undefined) return undefined;
  const builder = textMapBuilder(from);
  builder.copied(value.length);
  return builder.build();
}

function refusal(reader: YamlReader, span: Span, message: string): JsonNode {
  const isKnown = reader.problems.some((one) => one.span.start === span.start && one.message === message);
  if (!isKnown) reader.problems.push({ span, message, isRepaired: false });
  return { kind: "hole", span };
}

/** The library's types leave open what keys and values are; its parser makes nodes. */
function asNode(value: unknown): Node | null {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : null;
}

function spanOfNode({ range }: Node, place: Span): Span {
  return range === undefined || range === null ? place : spanOf(range[0], Math.max(range[0], range[1]));
}
