/** Keeps what was derived from the last queries, so that typing elsewhere in the file costs nothing. */
import { type Finding } from "../checks/check.ts";
import { type EmbeddedFields, embeddedFields } from "../knowledge/embedded.ts";
import { type Knowledge } from "../knowledge/knowledge.ts";
import { type FieldScope, fieldScope } from "../knowledge/scope.ts";
import { type SchemaSubject, subjectKey } from "../knowledge/subject.ts";
import { type QueryFacts } from "../query/facts.ts";
import { type QueryLanguageSupport, type QueryParse, type QueryProblem } from "../query/language.ts";

/** Everything that depends on a query's language and text alone. */
export interface QueryAnalysis {
  readonly support: QueryLanguageSupport;
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
  /** Findings by check, in query offsets. */
  readonly findings: Kept<readonly Finding[]>;
  /** Those that rest on schemas: by scope, then by check. */
  readonly fieldFindings: Kept<Kept<readonly Finding[]>>;
  /** What the verifier says, by scope. */
  readonly problems: Kept<readonly QueryProblem[]>;
}

/** Values by key, each computed once while it is kept. */
export interface Kept<V> {
  get(key: string, compute: () => V): V;
}

export interface QueryCache {
  analysis(support: QueryLanguageSupport, text: string): QueryAnalysis;
  /** Undefined while ECS is not loaded. */
  scope(knowledge: Knowledge, subject: SchemaSubject): FieldScope | undefined;
}

/** A cache of the `capacity` queries and scopes that were used last. */
export function queryCache(capacity = 64): QueryCache {
  const analyses = kept<QueryAnalysis>(capacity);
  const scopes = kept<FieldScope>(capacity);
  const embedded = kept<EmbeddedFields>(1);
  return {
    analysis: (support, text) => analyses.get(`${support.id}\0${text}`, () => analyse(support, text)),
    scope(knowledge, subject) {
      const { revision, fields: catalog, vendorFields, schemas, popularity } = knowledge;
      if (catalog === undefined) return undefined;
      return scopes.get(`${revision}\0${subjectKey(subject)}`, () =>
        fieldScope(
          {
            revision,
            catalog,
            vendorFields,
            schemas,
            embedded: embedded.get(revision, () => embeddedFields(catalog, vendorFields)),
            useCount: popularity ?? (() => 0),
          },
          subject,
        ),
      );
    },
  };
}

/** Keeps the values that were asked for last. */
function kept<V>(capacity: number): Kept<V> {
  const values = new Map<string, { readonly value: V }>();
  return {
    get(key, compute) {
      const known = values.get(key);
      if (known !== undefined) values.delete(key);
      const found = known ?? { value: compute() };
      values.set(key, found);
      if (capacity < values.size) {
        const oldest = values.keys().next();
        if (oldest.done !== true) values.delete(oldest.value);
      }
      return found.value;
    },
  };
}

/** More checks than look at queries. */
const KEPT_FINDINGS = 256;
/** More scopes are made only while the keys that choose schemas are typed. */
const KEPT_SCOPES = 8;

/** Where findings are kept by check. */
export function findingsByCheck(): Kept<readonly Finding[]> {
  return kept(KEPT_FINDINGS);
}

function analyse(support: QueryLanguageSupport, text: string): QueryAnalysis {
  const parse = support.parse(text);
  return {
    support,
    parse,
    facts: support.facts(parse),
    findings: findingsByCheck(),
    fieldFindings: kept(KEPT_SCOPES),
    problems: kept(KEPT_SCOPES),
  };
}
