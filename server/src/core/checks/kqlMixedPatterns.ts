/** Names with a star in KQL that stand for fields of several types. */
import { type FieldScope } from "../knowledge/scope.ts";
import { type QuerySyntaxError } from "../query/language.ts";
import { type AnalyzedQuery } from "./check.ts";
import { kqlPatterns } from "./kqlFields.ts";

/** A value cannot be converted to several types. Messages say nothing of who refuses. */
export function* kqlMixedPatterns(query: AnalyzedQuery, scope: FieldScope): Generator<QuerySyntaxError> {
  for (const { name, span, hasValue } of kqlPatterns(query)) {
    if (!hasValue) continue;
    const mixed = scope.targets(0).find((target) => {
      const found = scope.typeIn(target, name);
      return found !== undefined && found.type === undefined;
    });
    if (mixed === undefined) continue;
    yield { span, message: `\`${name}\`, which stands for fields of several types`, fixes: [] };
  }
}
