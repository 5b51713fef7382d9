/** Builds the tree of tables from headers and dotted keys, and notes what is declared twice. */
import { type Span, cover, spanOf } from "../text/span.ts";
import {
  type TomlArray,
  type TomlConflict,
  type TomlEntry,
  type TomlKey,
  type TomlTable,
  type TomlValue,
} from "./model.ts";

/** A table under construction: state of one run of the reader. */
export interface TableBuilder {
  form: TomlTable["form"];
  span: Span;
  /** The end of what has been read of it. */
  reach: number;
  /** Its header stands twice: that its keys do is a consequence. */
  isRepeated: boolean;
  readonly entries: EntryBuilder[];
  readonly byName: Map<string, EntryBuilder>;
  readonly conflicts: TomlConflict[];
}

interface EntryBuilder {
  readonly key: TomlKey;
  value: TomlValue | TableBuilder | ListBuilder;
  reach: number;
}

interface ListBuilder {
  readonly form: "tables";
  readonly tables: TableBuilder[];
}

export function tableBuilder(form: TomlTable["form"], span: Span, conflicts: TomlConflict[]): TableBuilder {
  return { form, span, reach: span.end, isRepeated: false, entries: [], byName: new Map(), conflicts };
}

function isTable(value: EntryBuilder["value"]): value is TableBuilder {
  return "byName" in value && !("kind" in value);
}

function isList(value: EntryBuilder["value"]): value is ListBuilder {
  return "tables" in value;
}

/** Adds `a.b = value`. A name that is taken keeps its first value. */
export function addEntry(table: TableBuilder, keys: readonly TomlKey[], value: TomlValue, end: number): void {
  const last = keys[keys.length - 1];
  if (last === undefined) return;
  let target = table;
  for (const key of keys.slice(0, -1)) {
    const next = dottedTable(target, key);
    if (next === undefined) return;
    target = next;
  }
  const taken = target.byName.get(last.name);
  if (taken !== undefined) {
    if (!target.isRepeated) conflict(target, "duplicate-key", last, taken.key);
    return;
  }
  insert(target, { key: last, value, reach: end });
}

function dottedTable(table: TableBuilder, key: TomlKey): TableBuilder | undefined {
  const taken = table.byName.get(key.name);
  if (taken === undefined) {
    const made = tableBuilder("dotted", key.span, table.conflicts);
    insert(table, { key, value: made, reach: key.span.end });
    return made;
  }
  if (isTable(taken.value) && (taken.value.form === "dotted" || taken.value.form === "implied"))
    return taken.value;
  conflict(table, isTable(taken.value) ? "duplicate-table" : "not-a-table", key, taken.key);
  return undefined;
}

/** The table that `[a.b]` or `[[a.b]]` opens. If the name is taken by something else, a detached table. */
export function openTable(
  root: TableBuilder,
  keys: readonly TomlKey[],
  span: Span,
  asList: boolean,
): TableBuilder {
  const detached = tableBuilder("header", span, root.conflicts);
  const last = keys[keys.length - 1];
  if (last === undefined) return detached;
  let target = root;
  for (const key of keys.slice(0, -1)) {
    const next = headerParent(target, key);
    if (next === undefined) return detached;
    target = next;
  }
  return (asList ? openListItem(target, last, span) : openSingle(target, last, span)) ?? detached;
}

function headerParent(table: TableBuilder, key: TomlKey): TableBuilder | undefined {
  const taken = table.byName.get(key.name);
  if (taken === undefined) {
    const made = tableBuilder("implied", key.span, table.conflicts);
    insert(table, { key, value: made, reach: key.span.end });
    return made;
  }
  if (isTable(taken.value)) return taken.value;
  if (isList(taken.value)) return taken.value.tables[taken.value.tables.length - 1];
  conflict(table, "not-a-table", key, taken.key);
  return undefined;
}

function openListItem(table: TableBuilder, key: TomlKey, span: Span): TableBuilder | undefined {
  const made = tableBuilder("header", span, table.conflicts);
  const taken = table.byName.get(key.name);
  if (taken === undefined) {
    insert(table, { key, value: { form: "tables", tables: [made] }, reach: span.end });
    return made;
  }
  if (isList(taken.value)) {
    taken.value.tables.push(made);
    return made;
  }
  if (!isTable(taken.value)) {
    conflict(table, "not-a-table", key, taken.key);
    return undefined;
  }
  // A single bracket too few: the table counts as the first item, and what follows is read as it was meant.
  conflict(table, "table-and-list", key, taken.key);
  taken.value = { form: "tables", tables: [taken.value, made] };
  return made;
}

function openSingle(table: TableBuilder, key: TomlKey, span: Span): TableBuilder | undefined {
  const taken = table.byName.get(key.name);
  if (taken === undefined) {
    const made = tableBuilder("header", span, table.conflicts);
    insert(table, { key, value: made, reach: span.end });
    return made;
  }
  if (isTable(taken.value)) {
    if (taken.value.form === "implied") {
      taken.value.form = "header";
      taken.value.span = span;
    } else {
      conflict(table, "duplicate-table", key, taken.key);
      taken.value.isRepeated = true;
    }
    return taken.value;
  }
  if (!isList(taken.value)) {
    conflict(table, "not-a-table", key, taken.key);
    return undefined;
  }
  conflict(table, "table-and-list", key, taken.key);
  const made = tableBuilder("header", span, table.conflicts);
  taken.value.tables.push(made);
  return made;
}

function insert(table: TableBuilder, entry: EntryBuilder): void {
  table.entries.push(entry);
  table.byName.set(entry.key.name, entry);
}

function conflict(table: TableBuilder, kind: TomlConflict["kind"], key: TomlKey, first: TomlKey): void {
  table.conflicts.push({ kind, name: key.name, span: key.span, first: first.span });
}

/** The finished tables of one document, each builder frozen once. */
export function frozenTable(builder: TableBuilder, seen = new Map<TableBuilder, TomlTable>()): TomlTable {
  const known = seen.get(builder);
  if (known !== undefined) return known;
  const entries = builder.entries.map((entry): TomlEntry => frozenEntry(entry, seen));
  const byName = new Map(entries.map((entry) => [entry.key.name, entry]));
  const table: TomlTable = { kind: "table", form: builder.form, span: builder.span, entries, byName };
  seen.set(builder, table);
  return table;
}

function frozenEntry(entry: EntryBuilder, seen: Map<TableBuilder, TomlTable>): TomlEntry {
  const { key } = entry;
  if (isList(entry.value)) {
    const items = entry.value.tables.map((table) => frozenTable(table, seen));
    const span = items.reduce((all: Span, item) => cover(all, item.span), key.span);
    const value: TomlArray = { kind: "array", form: "tables", span, items };
    return { key, value, span };
  }
  if (isTable(entry.value)) {
    const value = frozenTable(entry.value, seen);
    return { key, value, span: cover(key.span, value.span) };
  }
  return {
    key,
    value: entry.value,
    span: spanOf(key.span.start, Math.max(entry.reach, entry.value.span.end)),
  };
}
