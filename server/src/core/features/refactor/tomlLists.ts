/** Lists of texts of a rule: sorted, each text once, on a line each or on one line. */
import { type Snapshot } from "../../analysis/snapshot.ts";
import { type Span, textAt, touches } from "../../text/span.ts";
import { type TomlArray, type TomlEntry, type TomlString, type TomlTable } from "../../toml/model.ts";
import { listOrder } from "./listOrder.ts";
import { indentOf, plainEdits, type Refactoring, refused } from "./refactoring.ts";

export function tomlListRefactorings(snapshot: Snapshot, range: Span): readonly Refactoring[] {
  const found = listAt(snapshot.toml().root, range);
  if (found === undefined) return [];
  const { name, array, texts } = found;
  const { text } = snapshot;
  const isWrapped = textAt(text, array.span).includes("\n");
  const hasComment = snapshot
    .toml()
    .comments.some(({ start, end }) => array.span.start < end && start < array.span.end);
  const write = (title: string, items: readonly TomlString[], form: ListForm): Refactoring =>
    hasComment
      ? refused({ kind: "rewrite", title }, "A comment stands in the list")
      : {
          kind: "rewrite",
          title,
          edits: plainEdits([{ span: array.span, text: written(text, array.span, items, form) }]),
        };
  const sorted = unique(texts).toSorted((a, b) => listOrder(a.value, b.value));
  const isSorted = sorted.length === texts.length && sorted.every((one, i) => one === texts[i]);
  const form = isWrapped ? "lines" : "line";
  return [
    ...(isSorted ? [] : [write(`Sort \`${name}\`, each text once`, sorted, form)]),
    isWrapped
      ? write(`Write \`${name}\` on one line`, texts, "line")
      : write(`Write each text of \`${name}\` on a line`, texts, "lines"),
  ];
}

type ListForm = "line" | "lines";

interface TextList {
  readonly name: string;
  readonly array: TomlArray;
  readonly texts: readonly TomlString[];
}

/** The list of closed texts that the range begins in, or at whose key it begins. */
function listAt(table: TomlTable, { start }: Span): TextList | undefined {
  for (const { key, value, span } of table.entries) {
    if (value.kind === "array" && value.form === "inline" && touches(span, start)) {
      const texts = value.items.filter((item) => item.kind === "string");
      const isPlain = texts.length === value.items.length && texts.every(({ isClosed }) => isClosed);
      return isPlain && 0 < texts.length ? { name: key.name, array: value, texts } : undefined;
    }
    const below = tablesOf(value).map((inner) => listAt(inner, { start, end: start }));
    const found = below.find((one) => one !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tablesOf(value: TomlEntry["value"]): readonly TomlTable[] {
  if (value.kind === "table") return [value];
  if (value.kind !== "array" || value.form !== "tables") return [];
  return value.items.filter((item) => item.kind === "table");
}

function unique(texts: readonly TomlString[]): readonly TomlString[] {
  const byValue = new Map<string, TomlString>();
  for (const one of texts) if (!byValue.has(one.value)) byValue.set(one.value, one);
  return [...byValue.values()];
}

function written(text: string, span: Span, items: readonly TomlString[], form: ListForm): string {
  const texts = items.map((item) => textAt(text, item.span));
  if (form === "line") return `[${texts.join(", ")}]`;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = indentOf(text, span.start);
  const lines = texts.map((one) => `${indent}    ${one},`);
  return ["[", ...lines, `${indent}]`].join(lineEnd);
}
