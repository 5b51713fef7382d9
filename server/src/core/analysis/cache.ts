/** Keeps what was derived from the last queries, so that typing elsewhere in the file costs nothing. */
import { type Finding } from "../checks/check.ts";
import { type QueryFacts } from "../query/facts.ts";
import { type QueryLanguageSupport, type QueryParse } from "../query/language.ts";

/** Everything that depends on a query's language and text alone. */
export interface QueryAnalysis {
  readonly support: QueryLanguageSupport;
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
  /** Findings by check and knowledge, in query offsets. */
  readonly findings: Map<string, readonly Finding[]>;
}

export interface QueryCache {
  analysis(support: QueryLanguageSupport, text: string): QueryAnalysis;
}

/** A cache of the `capacity` queries that were used last. */
export function queryCache(capacity = 64): QueryCache {
  const kept = new Map<string, QueryAnalysis>();
  return {
    analysis(support, text) {
      const key = `${support.id}\0${text}`;
      const found = kept.get(key) ?? analyse(support, text);
      kept.delete(key);
      kept.set(key, found);
      const oldest = kept.keys().next();
      if (capacity < kept.size && oldest.done !== true) kept.delete(oldest.value);
      return found;
    },
  };
}

function analyse(support: QueryLanguageSupport, text: string): QueryAnalysis {
  const parse = support.parse(text);
  return { support, parse, facts: support.facts(parse), findings: new Map() };
}
