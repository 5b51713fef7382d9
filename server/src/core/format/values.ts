/** The layout of values: which lists are broken into lines, and what stands in each gap. */
import { type Span, spanOf, textAt } from "../text/span.ts";
import { brokenGap, gapContent } from "./gaps.ts";
import { type FormatOptions } from "./options.ts";
import {
  type WrittenList,
  type WrittenPair,
  type WrittenTable,
  type WrittenValue,
  hasLineBreak,
} from "./statements.ts";

/** What should stand at a place of the file, with `\n` as line end. */
export interface Wanted {
  readonly span: Span;
  readonly text: string;
}

export type ValueLayout = Pick<FormatOptions, "width" | "lists">;

interface Page {
  readonly text: string;
  readonly layout: ValueLayout;
  readonly wanted: Wanted[];
}

/** All gaps of a value that begins on a line with this indent. */
export function wantedInValue(text: string, value: WrittenValue, layout: ValueLayout): readonly Wanted[] {
  const page: Page = { text, layout, wanted: [] };
  layOut(page, value, "");
  return page.wanted;
}

/** All gaps of `a.b = value` but those in the value. */
export function wantedInPair({ parts, value }: Omit<WrittenPair, "span">): readonly Wanted[] {
  return [
    ...wantedInParts(parts),
    { span: spanOf(parts.at(-1)?.end ?? value.span.start, value.span.start), text: " = " },
  ];
}

export function wantedInParts(parts: readonly Span[]): readonly Wanted[] {
  return parts.slice(1).map(({ start }, i) => ({ span: spanOf(parts[i]?.end ?? start, start), text: "." }));
}

function layOut(page: Page, value: WrittenValue, indent: string): void {
  switch (value.kind) {
    case "scalar":
      return;
    case "list":
      return layOutList(page, value, indent);
    case "table":
      return layOutTable(page, value, indent);
  }
}

/** Braces stay on their line: TOML 1.0 knows nothing else. Those that have line ends are left as they are. */
function layOutTable(page: Page, table: WrittenTable, indent: string): void {
  if (hasOwnLines(page, table)) return;
  table.gaps.forEach((span, i) => {
    const isBetween = 0 < i && i < table.items.length;
    const blank = table.items.length === 0 ? "" : " ";
    page.wanted.push({ span, text: isBetween ? ", " : blank });
  });
  const within: Page = { ...page, layout: { ...page.layout, width: Infinity } };
  for (const pair of table.items) {
    page.wanted.push(...wantedInPair(pair));
    layOut(within, pair.value, indent);
  }
}

function layOutList(page: Page, list: WrittenList, indent: string): void {
  if (isFlat(page, list)) {
    list.gaps.forEach((span, i) => {
      const isBetween = 0 < i && i < list.items.length;
      page.wanted.push({ span, text: isBetween ? ", " : "" });
    });
    for (const item of list.items) layOut(page, item, indent);
    return;
  }
  const { step, lastComma } = styleOf(page, list);
  const inner = indent + step;
  list.gaps.forEach((span, i) => {
    const isLast = i === list.items.length;
    const layout = {
      lead: i === 0 ? "" : isLast ? lastComma : ",",
      indent: inner,
      nextIndent: isLast ? indent : inner,
      blankLines: { first: i === 0 ? 0 : 1, inner: 1, last: isLast ? 0 : 1 },
    };
    page.wanted.push({ span, text: brokenGap(gapContent(textAt(page.text, span)), layout) });
  });
  for (const item of list.items) layOut(page, item, inner);
}

interface ListStyle {
  readonly step: string;
  /** What stands after the last item; while lists are kept, as its author has it. */
  readonly lastComma: string;
}

/**
 * Of the public rules' lists of texts, 97 % have four blanks and 92 % a comma at their end; of those of lists or
 * tables, 99 % have two more blanks than what is around them, and no comma.
 */
function styleOf(page: Page, list: WrittenList): ListStyle {
  const isNested = list.items.some(({ kind }) => kind !== "scalar");
  const step = isNested ? "  " : "    ";
  const [lastItem, lastGap] = [list.items.at(-1), list.gaps.at(-1)];
  if (lastItem === undefined || lastGap === undefined) return { step, lastComma: "" };
  const isKept = page.layout.lists === "keep" && staysBroken(page, list);
  const hasComma = isKept ? gapContent(textAt(page.text, lastGap)).hasComma : !isNested;
  // Without a comma, a list alone on its line could be taken for the header of a table.
  const looksLikeHeader = lastItem.kind === "list" && isFlat(page, lastItem);
  return { step, lastComma: hasComma || looksLikeHeader ? "," : "" };
}

function isFlat(page: Page, value: WrittenValue): boolean {
  const width = flatWidth(page, value);
  return width !== undefined && width <= page.layout.width;
}

/** How wide the value is on one line; undefined if it does not stand on one. */
function flatWidth(page: Page, value: WrittenValue): number | undefined {
  if (value.kind === "scalar") {
    return hasLineBreak(page.text, value.span) ? undefined : value.span.end - value.span.start;
  }
  const isSpread = value.kind === "table" ? hasOwnLines(page, value) : staysBroken(page, value);
  if (isSpread) return undefined;
  let width = Math.max(value.items.length - 1, 0) * 2 + 2;
  if (value.kind === "table" && 0 < value.items.length) width += 2;
  for (const item of value.items) {
    const inside = "parts" in item ? pairWidth(page, item) : flatWidth(page, item);
    if (inside === undefined) return undefined;
    width += inside;
  }
  return width;
}

/** `a.b = value`. */
function pairWidth(page: Page, { parts, value }: WrittenPair): number | undefined {
  const width = flatWidth(page, value);
  return width && parts.reduce((sum, { start, end }) => sum + end - start + 1, 2) + width;
}

function staysBroken({ text, layout }: Page, { items, gaps }: WrittenList): boolean {
  const contents = gaps.map((gap) => gapContent(textAt(text, gap)));
  if (contents.some(({ comments }) => 0 < comments.length)) return true;
  return layout.lists === "keep" && 0 < items.length && contents.some(({ hasLineBreak: has }) => has);
}

function hasOwnLines({ text }: Page, table: WrittenTable): boolean {
  return table.gaps.some((gap) => /[#\n]/.test(textAt(text, gap)));
}
