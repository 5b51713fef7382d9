/** The values of a list in a query: sorted, each once, on a line each or on one line. */
import { type SnapshotQuery } from "../../analysis/snapshot.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { unique } from "./chains.ts";
import { type ConditionView, hasComment, type ListedValue, pathTo, testOf } from "./conditions.ts";
import { listOrder } from "./listOrder.ts";
import { indentOf, inQuery, type Refactoring, refused } from "./refactoring.ts";

export function queryListRefactorings(
  query: SnapshotQuery,
  view: ConditionView,
  range: Span,
): readonly Refactoring[] {
  const innermost = pathTo(view, range).at(-1);
  const test = innermost && testOf(innermost);
  if (test?.list === undefined || test.values.length < 2) return [];
  const { list, values, field } = test;
  const write = (
    heading: Pick<Refactoring, "kind" | "title">,
    ordered: readonly ListedValue[],
    form: ListForm,
  ): Refactoring =>
    hasComment(view, list)
      ? refused(heading, "A comment stands between the values")
      : inQuery(query, heading, [{ span: list, text: written(view, list, ordered, form) }]);
  const isWrapped = textAt(view.text, list).includes("\n");
  const sorted = unique(values).toSorted((a, b) => listOrder(a.sortKey, b.sortKey));
  const found: Refactoring[] = [];
  if (sorted.length < values.length || sorted.some((value, i) => value !== values[i]))
    found.push(
      write(
        { kind: "rewrite", title: `Sort the values of \`${field}\`, each once` },
        sorted,
        isWrapped ? "lines" : "line",
      ),
    );
  if (isWrapped) found.push(write({ kind: "rewrite", title: "Write the list on one line" }, values, "line"));
  else if (isMultiline(query))
    found.push(write({ kind: "rewrite", title: "Write each value of the list on a line" }, values, "lines"));
  return found;
}

type ListForm = "line" | "lines";

function isMultiline({ embedded }: SnapshotQuery): boolean {
  return embedded.host.form.startsWith("multiline");
}

function written(
  { text, separator }: ConditionView,
  list: Span,
  values: readonly ListedValue[],
  form: ListForm,
): string {
  const texts = values.map((value) => value.text);
  if (form === "line") return `(${texts.join(separator)})`;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = indentOf(text, firstOfLine(text, list.start));
  return `(${lineEnd}${texts.map((one) => `${indent}  ${one}`).join(`${separator.trimEnd()}${lineEnd}`)}${lineEnd}${indent})`;
}

/** Where the text of an offset's line begins behind its blanks. */
function firstOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const blanks = /^[ \t]*/.exec(textAt(text, spanOf(start, offset)))?.[0].length ?? 0;
  return start + blanks;
}
