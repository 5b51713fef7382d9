/** Many tables of fields in little memory: names and types are kept once, and equal tables are one. */
import { lazy } from "../../base/lazy.ts";
import { type Schema } from "../schema.ts";
import { type FieldTypes } from "./reading.ts";

/** Plain data, made to be written to a file and to be sent to a thread. */
export interface FieldTables {
  /** Sorted by code units, each once. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** Where each table begins in the two lists below, and where the last one ends. */
  readonly starts: Uint32Array;
  /** Indexes of names, ascending within a table. */
  readonly nameIds: Uint32Array;
  /** Indexes of types, one for each name. */
  readonly typeIds: Uint16Array;
}

/** Collects tables. It lives until `finish`. */
export interface TableCollector {
  /** The index of the table with these fields. */
  add(fields: FieldTypes): number;
  finish(): FieldTables;
}

export function collectTables(): TableCollector {
  const names = new Map<string, number>();
  const types = new Map<string, number>();
  const tables: (readonly (readonly [number, number])[])[] = [];
  const known = new Map<string, number>();
  return {
    add(fields) {
      const table = [...fields].map(([name, type]) => [idOf(names, name), idOf(types, type)] as const);
      table.sort((a, b) => a[0] - b[0]);
      const key = table.map((row) => row.join(":")).join();
      const index = known.get(key) ?? tables.length;
      if (index === tables.length) tables.push(table);
      known.set(key, index);
      return index;
    },
    finish: () => packed([...names.keys()], [...types.keys()], tables),
  };
}

function idOf(ids: Map<string, number>, text: string): number {
  const id = ids.get(text) ?? ids.size;
  ids.set(text, id);
  return id;
}

function packed(
  names: readonly string[],
  types: readonly string[],
  tables: readonly (readonly (readonly [number, number])[])[],
): FieldTables {
  const sorted = [...names].sort(byCodeUnits);
  const places = new Map(sorted.map((name, place) => [name, place]));
  const placeOf = names.map((name) => places.get(name) ?? 0);
  const size = tables.reduce((sum, table) => sum + table.length, 0);
  const starts = new Uint32Array(tables.length + 1);
  const nameIds = new Uint32Array(size);
  const typeIds = new Uint16Array(size);
  let next = 0;
  tables.forEach((table, i) => {
    const rows = table.map(([name, type]) => [placeOf[name] ?? 0, type] as const);
    for (const [name, type] of rows.sort((a, b) => a[0] - b[0])) {
      nameIds[next] = name;
      typeIds[next++] = type;
    }
    starts[i + 1] = next;
  });
  return { names: sorted, types, starts, nameIds, typeIds };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}

/** Looks fields up in tables. */
export interface FieldIndex {
  /** All fields of some tables as one schema; of a field that stands in several, the last one counts. */
  schema(name: string, tables: readonly number[]): Schema;
}

export function fieldIndex(tables: FieldTables): FieldIndex {
  const idOfName = lazy(() => new Map(tables.names.map((name, id) => [name, id])));
  const starred = lazy(() => tables.names.flatMap((name, id) => (name.includes("*") ? [id] : [])));

  function schema(name: string, layers: readonly number[]): Schema {
    const typeById = (id: number): string | undefined => {
      for (let i = layers.length - 1; 0 <= i; i--) {
        const row = rowOf(tables, layers[i] ?? 0, id);
        if (row !== undefined) return tables.types[tables.typeIds[row] ?? 0];
      }
      return undefined;
    };
    const ids = lazy(() => distinctNames(tables, layers));
    const patterns = lazy(() =>
      starred().flatMap((id) => {
        const type = typeById(id);
        return type === undefined ? [] : [[tables.names[id] ?? "", type] as const];
      }),
    );
    return {
      name,
      get size() {
        return ids().length;
      },
      typeOf(field) {
        const id = idOfName().get(field);
        return id === undefined ? undefined : typeById(id);
      },
      *names() {
        for (const id of ids()) yield tables.names[id] ?? "";
      },
      get patterns() {
        return patterns();
      },
    };
  }

  return { schema };
}

/** The row of a name in a table, by halves. */
function rowOf({ starts, nameIds }: FieldTables, table: number, id: number): number | undefined {
  let low = starts[table] ?? 0;
  let high = (starts[table + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = nameIds[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function distinctNames({ starts, nameIds }: FieldTables, layers: readonly number[]): Uint32Array {
  const rows = layers.map((table) => nameIds.subarray(starts[table] ?? 0, starts[table + 1] ?? 0));
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return only;
  return Uint32Array.from(new Set(rows.flatMap((ids) => [...ids]))).sort();
}
