/** Adds a field to a custom schema: a JSON file with a type for each field, by index pattern. */
import { findNodeAtLocation, type Node, parseTree, type ParseError } from "jsonc-parser";
import { type Edit } from "../text/edit.ts";

export interface CustomField {
  readonly name: string;
  /** As Elasticsearch names it. */
  readonly type: string;
  /** Index patterns as the rule writes them: Elastic's tools look for the very same text. */
  readonly indexes: readonly string[];
}

/** Edits that add the field where it is not there yet; none for a text that is no such schema, or has it. */
export function customFieldEdits(text: string, { name, type, indexes }: CustomField): readonly Edit[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  if (0 < errors.length || root?.type !== "object") return [];
  const layout = layoutOf(text);
  const patterns = [...new Set(indexes)];
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(type)}`;
  const missing = patterns.filter((index) => findNodeAtLocation(root, [index]) === undefined);
  const tables = missing.map((index) => `${JSON.stringify(index)}: ${inBraces(entry, 1, layout)}`);
  const inTables = patterns.flatMap((index) => {
    const table = findNodeAtLocation(root, [index]);
    if (table?.type !== "object" || findNodeAtLocation(table, [name]) !== undefined) return [];
    return [insertion(table, [entry], 1, layout)];
  });
  return tables.length === 0 ? inTables : [...inTables, insertion(root, tables, 0, layout)];
}

interface Layout {
  readonly indent: string;
  readonly lineEnd: string;
}

function layoutOf(text: string): Layout {
  return {
    indent: /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ",
    lineEnd: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** Behind the last entry, each on a line of its own. `depth` is that of the object. */
function insertion(object: Node, entries: readonly string[], depth: number, layout: Layout): Edit {
  const { indent, lineEnd } = layout;
  const last = object.children?.at(-1);
  if (last === undefined) {
    const span = { start: object.offset, end: object.offset + object.length };
    return { span, text: inBraces(entries.join(`,${lineEnd}${indent.repeat(depth + 1)}`), depth, layout) };
  }
  const at = last.offset + last.length;
  const text = entries.map((entry) => `,${lineEnd}${indent.repeat(depth + 1)}${entry}`).join("");
  return { span: { start: at, end: at }, text };
}

function inBraces(content: string, depth: number, { indent, lineEnd }: Layout): string {
  return `{${lineEnd}${indent.repeat(depth + 1)}${content}${lineEnd}${indent.repeat(depth)}}`;
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)$/i;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The type that values of sample events tell; `keyword` where there are none, or where they are of several kinds. */
export function typeByValues(values: readonly string[]): string {
  const isAll = (pattern: RegExp): boolean =>
    0 < values.length && values.every((value) => pattern.test(value));
  if (isAll(/^-?\d+$/)) return "long";
  if (isAll(/^-?\d+(?:\.\d+)?$/)) return "double";
  if (isAll(/^(?:true|false)$/)) return "boolean";
  if (isAll(DATE)) return "date";
  return isAll(ADDRESS) ? "ip" : "keyword";
}
