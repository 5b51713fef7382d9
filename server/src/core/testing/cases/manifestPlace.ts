/**
 * Where in a manifest a cursor stands while the text around it is half typed: by indentation and brackets, as no parser
 * makes a tree of it.
 */
import { type Span, spanOf } from "../../text/span.ts";
import { type ManifestKey, manifestKeyNamed, type ManifestSection } from "./manifestKeys.ts";

export type ManifestPlace =
  /** A key may stand here; `span` is the word that is there. `written` are the keys beside it. */
  | {
      readonly kind: "key";
      readonly section: ManifestSection;
      readonly span: Span;
      readonly written: ReadonlySet<string>;
    }
  /** An item of a list of such sections may begin here. */
  | { readonly kind: "item"; readonly section: ManifestSection; readonly span: Span }
  | { readonly kind: "value"; readonly key: ManifestKey; readonly span: Span };

/** Undefined where nothing is known of what may stand there: in comments, in events, in the names of fields. */
export function manifestPlaceAt(text: string, offset: number): ManifestPlace | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = endOfLine(text, offset);
  const before = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(before)) return undefined;
  const lines = text.split("\n").map(lineOf);
  const row = countLineFeeds(text, lineStart);
  const current = lines[row];
  if (current === undefined) return undefined;
  // On a blank line the cursor says how deep.
  const isBlank = text.slice(lineStart, lineEnd).trim() === "";
  const column = isBlank ? before.length : current.column;
  if (before.length < column) return undefined;
  const block = blockPath(lines, row, column, isBlank ? undefined : current.dash);
  const flow = openBrackets(before.slice(column));
  const inner = before.slice(column + flow.rest);
  const wordSpan = spanOf(lineStart + column + flow.rest + blanksBefore(inner), endOfWord(text, offset));
  const section = sectionAt([...block, ...flow.path]);
  if (section === undefined) return undefined;
  if (section.kind === "list") {
    return inner.trim() === "" ? { kind: "item", section: section.section, span: wordSpan } : undefined;
  }
  const [, key, value] = /^\s*(?:"|')?([\w.@-]+)(?:"|')?\s*:(?:\s(.*))?$/.exec(inner) ?? [];
  if (key !== undefined) {
    const known = manifestKeyNamed(section.section, key);
    if (known === undefined) return undefined;
    const start = offset - (value ?? "").trimStart().length;
    return { kind: "value", key: known, span: spanOf(start, endOfWord(text, offset)) };
  }
  if (!/^\s*[\w-]*$/.test(inner)) return undefined;
  const written =
    flow.path.length === 0 ? siblings(lines, row, column) : keysIn(before.slice(column + flow.opened));
  return { kind: "key", section: section.section, span: wordSpan, written };
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found;
}

function countLineFeeds(text: string, upTo: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < upTo; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function blanksBefore(text: string): number {
  return text.length - text.trimStart().length;
}

function endOfWord(text: string, offset: number): number {
  return offset + (/^[\w-]*/.exec(text.slice(offset, offset + LONGEST_WORD))?.[0].length ?? 0);
}

const LONGEST_WORD = 200;

interface Line {
  /** Where the content begins, after the dashes of lists. */
  readonly column: number;
  /** Where the last dash stands. */
  readonly dash: number | undefined;
  /** Undefined for lines that are blank, comments or no key. */
  readonly key: string | undefined;
  readonly isEmpty: boolean;
}

function lineOf(line: string): Line {
  const [head = "", indent = "", dashes = ""] = /^( *)((?:- +|-$)*)/.exec(line) ?? [];
  const content = line.slice(head.length).trimEnd();
  const dash = dashes === "" ? undefined : indent.length + dashes.lastIndexOf("-");
  const key = /^(?:"|')?([\w.@-]+)(?:"|')?\s*:(?:\s|$)/.exec(content)?.[1];
  const isEmpty = (content === "" && dash === undefined) || content.startsWith("#");
  return { column: head.length, dash, key, isEmpty };
}

/** A key that leads further in, or an item of a list. */
type Step = { readonly key: string } | "item";

/** From the top to where a line with this indentation stands. */
function blockPath(
  lines: readonly Line[],
  row: number,
  startColumn: number,
  startDash: number | undefined,
): readonly Step[] {
  const path: Step[] = [];
  let column = startColumn;
  let dash = startDash;
  for (let i = row - 1; 0 <= i || dash !== undefined; i--) {
    if (dash !== undefined) {
      path.push("item");
      column = dash + 0.5;
      dash = undefined;
      i++;
      continue;
    }
    const line = lines[i];
    if (line === undefined || line.isEmpty) continue;
    if (line.column === column && line.dash !== undefined) {
      dash = line.dash;
    } else if (line.column < column) {
      if (line.key !== undefined) path.push({ key: line.key });
      column = line.column;
      dash = line.dash;
    }
  }
  return path.reverse();
}

interface Brackets {
  readonly path: readonly Step[];
  /** Where the innermost open bracket's content begins. */
  readonly opened: number;
  /** Where what the cursor is at begins: after the last bracket or comma. */
  readonly rest: number;
}

function openBrackets(text: string): Brackets {
  const open: { readonly steps: readonly Step[]; readonly at: number }[] = [];
  let rest = 0;
  let key: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === "{" || character === "[") {
      const lead: readonly Step[] = key === undefined ? [] : [{ key }];
      const isItem = character === "{" && text.charAt((open.at(-1)?.at ?? 0) - 1) === "[";
      open.push({ steps: isItem ? ["item"] : lead, at: at + 1 });
      rest = at + 1;
      key = undefined;
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === ",") {
      rest = at + 1;
      key = undefined;
    } else if (character === ":") {
      key = /([\w.@-]+)["']?\s*$/.exec(text.slice(rest, at))?.[1];
    }
  }
  if (open.length === 0) return { path: [], opened: 0, rest: 0 };
  return { path: open.flatMap(({ steps }) => steps), opened: open.at(-1)?.at ?? 0, rest };
}

type Section =
  | { readonly kind: "keys"; readonly section: ManifestSection }
  | { readonly kind: "list"; readonly section: ManifestSection };

/** Undefined where keys are free, or no key of ours leads. */
function sectionAt(path: readonly Step[]): Section | undefined {
  let at: Section = { kind: "keys", section: "manifest" };
  for (const step of path) {
    if (step === "item") {
      if (at.kind !== "list") return undefined;
      at = { kind: "keys", section: at.section };
      continue;
    }
    const type: ManifestKey["type"] | undefined =
      at.kind === "keys" ? manifestKeyNamed(at.section, step.key)?.type : undefined;
    if (type?.kind === "table") at = { kind: "keys", section: type.section };
    else if (type?.kind === "list") at = { kind: "list", section: type.section };
    else if (type?.kind === "alerts") at = { kind: "keys", section: "alerts" };
    else return undefined;
  }
  return at;
}

/** Keys of the same table, above and below. */
function siblings(lines: readonly Line[], row: number, column: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (let i = row; 0 <= i; i--) {
    const line = lines[i];
    if (line === undefined || (line.isEmpty && i !== row)) continue;
    if (line.column < column) break;
    if (line.column === column && line.key !== undefined && i !== row) found.add(line.key);
    if (line.column === column && line.dash !== undefined) break;
  }
  for (let i = row + 1; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.isEmpty) continue;
    if (line.column < column || (line.column === column && line.dash !== undefined)) break;
    if (line.column === column && line.key !== undefined) found.add(line.key);
  }
  return found;
}

function keysIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/([\w.@-]+)["']?\s*:/g)].map(([, key = ""]) => key));
}
