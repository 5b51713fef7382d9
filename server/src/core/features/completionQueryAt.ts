/** The query that a cursor is in, also one that cannot be checked: an empty one, or one whose quotes are still open. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type QueryFacts } from "../query/facts.ts";
import { type QueryLanguage, type QueryLanguageSupport, type QueryParse } from "../query/language.ts";
import { languageSupport } from "../query/languages.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { locate } from "../toml/locate.ts";
import { type TomlString } from "../toml/model.ts";

export interface QueryAtCursor {
  readonly support: QueryLanguageSupport;
  readonly host: TomlString;
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
  /** Undefined while ECS is not loaded. */
  readonly scope: FieldScope | undefined;
  readonly innerOffset: number;
}

export function queryAt(snapshot: Snapshot, offset: number): QueryAtCursor | undefined {
  for (const { embedded, support, parse, facts, scope } of snapshot.queries()) {
    const innerOffset = embedded.host.map.toInner(offset);
    if (innerOffset !== undefined)
      return { support, host: embedded.host, parse, facts, scope: scope(), innerOffset };
  }
  const place = locate(snapshot.toml(), offset);
  if (place?.kind !== "value" || place.value.kind !== "string") return undefined;
  const [section, key, ...deeper] = place.path;
  if (section !== "rule" || deeper.length !== 0 || (key !== "query" && key !== "threat_query"))
    return undefined;
  const host = place.value;
  const innerOffset = host.map.toInner(offset);
  const language = languageOf(snapshot.rule(), key);
  const support = language && languageSupport(language);
  if (innerOffset === undefined || support === undefined) return undefined;
  const parse = support.parse(host.value);
  return { support, host, parse, facts: support.facts(parse), scope: snapshot.scope(), innerOffset };
}

const LANGUAGES: readonly QueryLanguage[] = ["eql", "kuery", "esql", "lucene"];

function languageOf({ rule, type }: RuleDocument, key: "query" | "threat_query"): QueryLanguage | undefined {
  const name = key === "query" ? "language" : "threat_language";
  const written = rule && textIn(rule, name)?.value;
  const ofType = type === "eql" || type === "esql" ? type : undefined;
  return LANGUAGES.find((one) => one === written) ?? (key === "query" ? ofType : undefined);
}
