/** A rule's query in the other language for single events, KQL or EQL, as edits of the file. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { inTypeVectors } from "../checks/fieldTypes.ts";
import { parseEql } from "../query/eql/index.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { type Converted, eqlOfKql, kqlOfEql, parseKql } from "../query/kql/index.ts";
import { type QueryLanguage } from "../query/language.ts";
import { languageSupport } from "../query/languages.ts";
import { textIn } from "../rule/read.ts";
import { type Edit } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { replaceInText, replaceText } from "../toml/edits.ts";
import { type TomlTable } from "../toml/model.ts";
import { DEFAULT_LAYOUT, lineEndOf } from "./formatQuery.ts";

export type QueryConversion =
  | { readonly kind: "converted"; readonly title: string; readonly edits: readonly Edit[] }
  /** One sentence without a full stop says why not. */
  | { readonly kind: "refused"; readonly title: string; readonly reason: string };

interface Direction {
  /** The types of rules of the two languages. */
  readonly fromType: string;
  readonly toType: string;
  readonly to: QueryLanguage;
  readonly title: string;
  readonly convert: (text: string, types: FieldTypes) => Converted<string>;
}

const DIRECTIONS: ReadonlyMap<QueryLanguage, Direction> = new Map<QueryLanguage, Direction>([
  [
    "kuery",
    {
      fromType: "query",
      toType: "eql",
      to: "eql",
      title: "Convert the query to EQL",
      convert: (text, types) => eqlOfKql(parseKql(text), types),
    },
  ],
  [
    "eql",
    {
      fromType: "eql",
      toType: "query",
      to: "kuery",
      title: "Convert the query to KQL",
      convert: (text, types) => kqlOfEql(parseEql(text), types),
    },
  ],
]);

/** Keys that only rules of EQL have. */
const EQL_KEYS = ["event_category_override", "timestamp_field", "tiebreaker_field"];

/** Undefined where nobody would ask for it, such as for a sequence or a query with errors. */
export function conversionOf(snapshot: Snapshot, query: SnapshotQuery): QueryConversion | undefined {
  const direction = DIRECTIONS.get(query.support.id);
  const { rule, type } = snapshot.rule();
  const scope = query.scope();
  if (direction === undefined || rule === undefined || scope === undefined) return undefined;
  if (type !== direction.fromType || query.embedded.role !== "query" || isSeries(query)) return undefined;
  if (query.parse.errors.length !== 0 || query.problems().length !== 0) return undefined;
  const { title } = direction;
  const own = EQL_KEYS.find((key) => rule.byName.has(key));
  if (own !== undefined) return { kind: "refused", title, reason: `Only rules of EQL have \`${own}\`` };
  const texts = new Set<string>();
  const [refusal] = inTypeVectors(scope, query.facts, (types) => {
    const outcome = direction.convert(query.parse.text, types);
    if (outcome.ok) texts.add(outcome.value);
    return outcome.ok ? [] : [{ ...outcome.error, fixes: [] }];
  });
  const [text, other] = texts;
  if (refusal !== undefined || text === undefined || other !== undefined) {
    const reason = refusal?.message ?? "The indices of the rule have fields of different types";
    return { kind: "refused", title, reason };
  }
  return withEdits(snapshot, query, rule, direction, text);
}

/** Of several events that belong together. */
function isSeries({ parse }: SnapshotQuery): boolean {
  return /^\s*(?:sequence|sample|join)\b/.test(parse.text);
}

function withEdits(
  snapshot: Snapshot,
  { embedded }: SnapshotQuery,
  rule: TomlTable,
  { title, to, toType }: Direction,
  text: string,
): QueryConversion {
  const { host } = embedded;
  const support = languageSupport(to);
  const laidOut = support?.format?.(support.parse(text), DEFAULT_LAYOUT) ?? text;
  const isMultiline = host.form === "multiline-basic" || host.form === "multiline-literal";
  const written = isMultiline ? laidOut.replaceAll("\n", lineEndOf(snapshot, host)) : text;
  // The quotes stay on their lines.
  const start = host.value.length - host.value.trimStart().length;
  const edits = [
    replaceInText(host, spanOf(start, host.value.trimEnd().length), written),
    valueEdit(rule, "language", to),
    valueEdit(rule, "type", toType),
  ].filter((edit) => edit !== undefined);
  const [query] = edits;
  if (query === undefined || (rule.byName.has("language") ? 3 : 2) !== edits.length) {
    return { kind: "refused", title, reason: "The quotes of the query cannot hold the new one" };
  }
  return { kind: "converted", title, edits };
}

function valueEdit(rule: TomlTable, name: string, value: string): Edit | undefined {
  const text = textIn(rule, name);
  return text && replaceText(text.host, value);
}
