/** Fields outside ECS, from fact tables of our own: what the embedded data knows of integrations. */
import { lazy } from "../base/lazy.ts";

export interface VendorField {
  readonly name: string;
  /** Elasticsearch type, such as `keyword`. */
  readonly type: string;
  /** Datasets, packages or index patterns that have it: `azure.auditlogs`, `windows`, `.alerts-security.*`. */
  readonly sets: readonly string[];
}

/** Names below it are free: keys of a flattened object, or a vendor's own payload. */
export interface OpenNamespace {
  /** Without the dot at its end: `o365.audit.Parameters`. */
  readonly prefix: string;
  readonly type: string;
  readonly sets: readonly string[];
}

export interface VendorFields {
  readonly size: number;
  get(name: string): VendorField | undefined;
  /** The nearest open namespace that a name is below, or is itself. */
  openAbove(name: string): OpenNamespace | undefined;
  /** Whether any field of this vendor (the first part of the name) is known. */
  hasRoot(root: string): boolean;
  all(): Iterable<VendorField>;
  namespaces(): Iterable<OpenNamespace>;
}

/** Reads the tables of `data/fields`: see their first lines for the columns. A name in several tables has the type of the first. */
export function vendorFieldsOf(tables: readonly string[]): VendorFields {
  const fields = new Map<string, VendorField>();
  const namespaces = new Map<string, OpenNamespace>();
  for (const table of tables) readTable(table, fields, namespaces);
  const roots = lazy(() => new Set([...fields.keys()].map(rootOf)));
  return {
    size: fields.size,
    get: (name) => fields.get(name),
    openAbove: (name) => nearestAbove(namespaces, name),
    hasRoot: (root) => roots().has(root),
    all: () => fields.values(),
    namespaces: () => namespaces.values(),
  };
}

const OPEN = ".*";

/** Adds the rows of a table. A line with `#` in front is a comment; an empty last cell means the sets of the row above. */
function readTable(
  table: string,
  fields: Map<string, VendorField>,
  namespaces: Map<string, OpenNamespace>,
): void {
  let sets: readonly string[] = [];
  for (const line of table.split("\n")) {
    const nameEnd = line.indexOf("\t");
    if (nameEnd < 0 || line.startsWith("#")) continue;
    const typeEnd = line.indexOf("\t", nameEnd + 1);
    if (0 < typeEnd) sets = line.slice(typeEnd + 1).split(",");
    const name = line.slice(0, nameEnd);
    const type = typeEnd < 0 ? line.slice(nameEnd + 1) : line.slice(nameEnd + 1, typeEnd);
    if (name.endsWith(OPEN)) {
      addNamespace(namespaces, { prefix: name.slice(0, -OPEN.length), type, sets });
      continue;
    }
    const known = fields.get(name);
    fields.set(
      name,
      known === undefined ? { name, type, sets } : { name, type: known.type, sets: union(known.sets, sets) },
    );
    // Elasticsearch takes any key below a flattened field: it maps none of them.
    if (type === "flattened") addNamespace(namespaces, { prefix: name, type, sets });
  }
}

function addNamespace(namespaces: Map<string, OpenNamespace>, added: OpenNamespace): void {
  const { prefix, type, sets } = namespaces.get(added.prefix) ?? added;
  namespaces.set(prefix, { prefix, type, sets: union(sets, added.sets) });
}

function union(known: readonly string[], sets: readonly string[]): readonly string[] {
  return known === sets ? sets : [...new Set([...known, ...sets])];
}

function rootOf(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}

function nearestAbove(
  namespaces: ReadonlyMap<string, OpenNamespace>,
  name: string,
): OpenNamespace | undefined {
  for (let end = name.length; 0 < end; end = name.lastIndexOf(".", end - 1)) {
    const namespace = namespaces.get(name.slice(0, end));
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}
