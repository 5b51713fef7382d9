/** Functions that EQL has elsewhere, such as in Elastic's own Python library, and Elasticsearch has not. */
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { type EqlCall } from "./ast.ts";
import { shown } from "./buildContext.ts";

export interface Instead {
  readonly message: string;
  readonly fixes: readonly Fix[];
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["wildcard", ":"],
  ["match", "regex~"],
  ["matchlite", "regex~"],
]);

const ADVICE: ReadonlyMap<string, string> = new Map([
  ["arraycontains", "compare with == or `in`, which look at every value of an array"],
  ["arraysearch", "compare with == or `in`, which look at every value of an array"],
  ["arraycount", "the number of values of an array cannot be asked for"],
  ["safe", "a missing field does no harm without it"],
]);

/** Undefined for functions that EQL has nowhere. */
export function insteadOfFunction(call: EqlCall): Instead | undefined {
  const name = call.name.toLowerCase();
  const operator = OPERATORS.get(name);
  const advice = operator === undefined ? ADVICE.get(name) : `use the operator ${shown(operator)}`;
  if (advice === undefined) return undefined;
  const message = `Elasticsearch has no function \`${call.name}\`: ${advice}`;
  const fix = operator === undefined ? undefined : asOperator(call, operator);
  return { message, fixes: fix === undefined ? [] : [fix] };
}

/** `wildcard(a, "x*", "y*")` is `a : ("x*", "y*")`. */
function asOperator(call: EqlCall, operator: string): Fix | undefined {
  const [subject, firstPattern, ...others] = call.arguments;
  if (subject === undefined || firstPattern === undefined || call.closeSpan === undefined) return undefined;
  if (subject.kind !== "field" && subject.kind !== "call") return undefined;
  if (![firstPattern, ...others].every(({ kind }) => kind === "string")) return undefined;
  const edits = [
    { span: spanOf(call.span.start, subject.span.start), text: "" },
    { span: spanOf(subject.span.end, firstPattern.span.start), text: ` ${operator} (` },
  ];
  return { title: `Use ${shown(operator)}`, safety: "safe", edits };
}
