/** Field schemas: which fields there are, of which type, and which name was probably meant. */

export interface FieldInfo {
  readonly name: string;
  /** Elasticsearch type, such as `keyword`. */
  readonly type: string;
  /** The schema asks for a list of values. */
  readonly isList: boolean;
  /** Values the schema allows; where there are none, all are allowed. */
  readonly allowedValues: readonly string[];
  /** The field that this is another index of, such as `process.name` for `process.name.text`. */
  readonly multiFieldOf: string | undefined;
}

export interface FieldCatalog {
  /** Name and version for people: "ECS 9.4.0". */
  readonly source: string;
  readonly size: number;
  get(name: string): FieldInfo | undefined;
  startingWith(prefix: string): Iterable<FieldInfo>;
}

/** The shape of `data/ecs/<version>.fields.json`. */
export interface FieldData {
  readonly name: string;
  readonly version: string;
  readonly fields: Readonly<Record<string, FieldDatum>>;
}

/** A type alone, or a type with `l` list, `m` multi-fields (name to type) and `v` allowed values. */
export type FieldDatum =
  | string
  | {
      readonly t: string;
      readonly l?: true;
      readonly m?: Readonly<Record<string, string>>;
      readonly v?: readonly string[];
    };

export function fieldCatalog(data: FieldData): FieldCatalog {
  const fields = new Map<string, FieldInfo>();
  for (const [name, datum] of Object.entries(data.fields)) {
    const full = typeof datum === "string" ? { t: datum } : datum;
    fields.set(name, fieldInfo(name, full.t, full.l ?? false, full.v ?? [], undefined));
    for (const [suffix, type] of Object.entries(full.m ?? {})) {
      fields.set(`${name}.${suffix}`, fieldInfo(`${name}.${suffix}`, type, false, [], name));
    }
  }
  return {
    source: `${data.name} ${data.version}`,
    size: fields.size,
    get: (name) => fields.get(name),
    *startingWith(prefix) {
      for (const field of fields.values()) if (field.name.startsWith(prefix)) yield field;
    },
  };
}

function fieldInfo(
  name: string,
  type: string,
  isList: boolean,
  allowedValues: readonly string[],
  multiFieldOf: string | undefined,
): FieldInfo {
  return { name, type, isList, allowedValues, multiFieldOf };
}

/** What a schema says of a field beyond its type; loaded at the first hover. */
export interface FieldDocs {
  get(name: string): FieldDoc | undefined;
}

export interface FieldDoc {
  readonly description: string;
  readonly example: string | undefined;
  /** As ECS tells: `core` fields are common to most sources, `extended` ones are for narrower uses. */
  readonly level: "core" | "extended";
  /** Allowed values with what they mean. */
  readonly values: ReadonlyMap<string, string>;
}

/** The shape of `data/ecs/<version>.docs.json`: texts are stored once and named by index. */
export interface FieldDocsData {
  readonly texts: readonly string[];
  /** Per field: index of the description, then the example if there is one. */
  readonly fields: Readonly<Record<string, readonly [number] | readonly [number, string]>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Fields whose level is `core`; all others are `extended`. */
  readonly core: readonly string[];
}

export function fieldDocs(data: FieldDocsData): FieldDocs {
  const text = (index: number): string => data.texts[index] ?? "";
  const core = new Set(data.core);
  return {
    get(name) {
      const field = Object.hasOwn(data.fields, name) ? data.fields[name] : undefined;
      if (field === undefined) return undefined;
      const values = Object.entries(data.values[name] ?? {}).map(
        ([value, index]) => [value, text(index)] as const,
      );
      const level = core.has(name) ? "core" : "extended";
      return { description: text(field[0]), example: field[1], level, values: new Map(values) };
    },
  };
}
