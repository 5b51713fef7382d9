/** Conditions that all alternatives of an `or` have in common are written once, before them. */
import { type SnapshotQuery } from "../../analysis/snapshot.ts";
import { type Span, textAt } from "../../text/span.ts";
import {
  type Condition,
  type ConditionView,
  hasComment,
  pathTo,
  withoutGroup,
  wordingOf,
} from "./conditions.ts";
import { indentOf, inQuery, type Refactoring, refused } from "./refactoring.ts";

const WIDTH = 100;

export function sharedConditionRefactorings(
  query: SnapshotQuery,
  view: ConditionView,
  range: Span,
): readonly Refactoring[] {
  for (const chain of pathTo(view, range).toReversed()) {
    if (chain.kind !== "or") continue;
    const alternatives = chain.operands.map(conjunctsOf);
    const [first = []] = alternatives;
    const shared = first.filter((one) =>
      alternatives.every((conjuncts) =>
        conjuncts.some((other) => wordingOf(view, one) === wordingOf(view, other)),
      ),
    );
    if (shared.length === 0) continue;
    const heading = { kind: "rewrite", title: "Write the shared conditions once" } as const;
    if (hasComment(view, chain.span)) return [refused(heading, "A comment stands between the conditions")];
    const wordings = new Set(shared.map((one) => wordingOf(view, one)));
    const rests = alternatives.map((conjuncts) =>
      conjuncts.filter((one) => !wordings.has(wordingOf(view, one))),
    );
    // `a or (a and b)` is `a`: whoever wrote that did not mean it.
    if (rests.some((rest) => rest.length === 0))
      return [
        refused(heading, "One of the alternatives has no other condition, so the others say nothing new"),
      ];
    return [inQuery(query, heading, [{ span: chain.span, text: written(view, chain.span, shared, rests) }])];
  }
  return [];
}

function conjunctsOf(alternative: Condition): readonly Condition[] {
  const bare = withoutGroup(alternative);
  return bare.kind === "and" ? bare.operands : [bare];
}

function written(
  view: ConditionView,
  span: Span,
  shared: readonly Condition[],
  rests: readonly (readonly Condition[])[],
): string {
  const textOf = (one: Condition): string => textAt(view.text, one.span);
  const once = uniqueTexts(shared.map(textOf)).join(" and ");
  const alternatives = rests.map((rest) =>
    rest.length === 1 ? rest.map(textOf).join("") : `(${rest.map(textOf).join(" and ")})`,
  );
  const short = `${once} and (${alternatives.join(" or ")})`;
  if (short.length <= WIDTH && !short.includes("\n")) return short;
  const lineEnd = view.text.includes("\r\n") ? "\r\n" : "\n";
  if (!view.text.includes("\n")) return short;
  const indent = indentOf(view.text, span.start);
  const lines = alternatives.map((one) => `${indent}  ${one}`).join(` or${lineEnd}`);
  return `${once} and (${lineEnd}${lines}${lineEnd}${indent})`;
}

function uniqueTexts(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
