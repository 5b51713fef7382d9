/** What one target says of a field's type. */
import { wildcardMatcher } from "./fieldPattern.ts";
import { type Schema } from "./schema.ts";
import { type Target } from "./targets.ts";

export interface TypeInTarget {
  /** Undefined where a pattern stands for fields of several types. */
  readonly type: string | undefined;
  /** The schema that has it. */
  readonly source: string;
}

/** KQL takes names with `*` for patterns, those of the schema as well as those of the query. EQL knows exact names only. */
export function typeInTarget(
  { schemas }: Target,
  name: string,
  { patterns }: { readonly patterns: boolean },
): TypeInTarget | undefined {
  for (const schema of schemas) {
    const type = schema.typeOf(name);
    if (type !== undefined) return { type, source: schema.name };
  }
  if (!patterns) return undefined;
  if (name.includes("*")) return typeOfPattern(schemas, name);
  for (const schema of schemas) {
    const found = schema.patterns.find(([pattern]) => wildcardMatcher(pattern)(name));
    if (found !== undefined) return { type: found[1], source: schema.name };
  }
  return undefined;
}

function typeOfPattern(schemas: readonly Schema[], name: string): TypeInTarget | undefined {
  const matches = wildcardMatcher(name);
  const types = new Set<string>();
  let source: string | undefined;
  for (const schema of schemas) {
    for (const candidate of schema.names()) {
      if (!matches(candidate)) continue;
      source ??= schema.name;
      types.add(schema.typeOf(candidate) ?? "");
    }
  }
  if (source === undefined) return undefined;
  const [type] = types;
  return { type: types.size === 1 ? type : undefined, source };
}
