import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { type TextMap } from "../text/textMap.ts";

/** A TOML file as it was read: always a tree, with every place, and everything that is wrong. */
export interface TomlDocument {
  readonly text: string;
  readonly root: TomlTable;
  /** `[a.b]` and `[[a.b]]` lines in the order of the file. */
  readonly headers: readonly TomlHeader[];
  /** The header that opened a table; of one that is declared twice, the first. */
  readonly headerOf: ReadonlyMap<TomlTable, TomlHeader>;
  /** From `#` to the end of the line. */
  readonly comments: readonly Span[];
  readonly errors: readonly TomlError[];
  readonly conflicts: readonly TomlConflict[];
  /** Syntax of TOML 1.1 or of no standard at all that older loaders refuse. */
  readonly newerSyntax: readonly TomlError[];
  /** Items of another kind than the first one of their list, which older loaders refuse. */
  readonly mixedItems: readonly TomlError[];
}

export interface TomlError {
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A name that is declared again where TOML allows it once. The first declaration counts. */
export interface TomlConflict {
  readonly kind: "duplicate-key" | "duplicate-table" | "not-a-table" | "table-and-list";
  readonly name: string;
  readonly span: Span;
  readonly first: Span;
}

export interface TomlHeader {
  readonly span: Span;
  readonly parts: readonly TomlKey[];
  readonly isList: boolean;
  readonly table: TomlTable;
  /** The header and the lines that belong to it, up to the end of the last entry. */
  readonly section: Span;
  /** From the header to where the next one begins that is not below it, or to the end of the file. */
  readonly whole: Span;
}

/** One part of a key: `tactic` in `[rule.threat.tactic]`. */
export interface TomlKey {
  readonly name: string;
  readonly span: Span;
}

/** A name in a table, with its value. For tables made by headers the key stands in the first header. */
export interface TomlEntry {
  readonly key: TomlKey;
  readonly value: TomlValue;
  /** The whole `key = value`; for a table made by headers, its key and its value. */
  readonly span: Span;
}

export type TomlValue =
  TomlString | TomlInteger | TomlFloat | TomlBoolean | TomlDate | TomlArray | TomlTable | TomlHole;

export type TomlStringForm = "basic" | "literal" | "multiline-basic" | "multiline-literal";

export interface TomlString {
  readonly kind: "string";
  readonly span: Span;
  readonly form: TomlStringForm;
  /** False while its closing quotes are missing: where it ends is a guess. */
  readonly isClosed: boolean;
  readonly value: string;
  readonly map: TextMap;
}

export interface TomlInteger {
  readonly kind: "integer";
  readonly span: Span;
  readonly value: number;
}

export interface TomlFloat {
  readonly kind: "float";
  readonly span: Span;
  readonly value: number;
}

export interface TomlBoolean {
  readonly kind: "boolean";
  readonly span: Span;
  readonly value: boolean;
}

/** A date, time or date-time; kept as written. */
export interface TomlDate {
  readonly kind: "date";
  readonly span: Span;
  readonly text: string;
}

export interface TomlArray {
  readonly kind: "array";
  readonly span: Span;
  /** `tables`: made by `[[…]]` headers. */
  readonly form: "inline" | "tables";
  readonly items: readonly TomlValue[];
}

export interface TomlTable {
  readonly kind: "table";
  /** `implied`: named by a longer header only; `dotted`: by a dotted key. */
  readonly form: "root" | "header" | "inline" | "implied" | "dotted";
  /** An inline table's braces; a header's line; else the key that names it. */
  readonly span: Span;
  readonly entries: readonly TomlEntry[];
  readonly byName: ReadonlyMap<string, TomlEntry>;
}

/** A value that is missing or cannot be read. */
export interface TomlHole {
  readonly kind: "hole";
  /** The key stands without its `=`: it may be no key at all. */
  readonly lacksEquals: boolean;
  readonly span: Span;
}
