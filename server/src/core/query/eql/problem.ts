import { type Fix } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { type QueryProblem } from "../language.ts";
import { type EqlExpression } from "./ast.ts";
import { withoutGroups } from "./children.ts";

/** Classes of mistakes for which field types are needed. */
export type EqlProblemKind =
  | "unknown-field"
  /** A field of a type that EQL has no use for: an object, a nested field, a place. */
  | "unusable-field"
  | "text-field"
  | "unknown-function"
  | "arity"
  | "type"
  | "field-comparison"
  | "non-boolean"
  | "incompatible-keys";

/** What Elasticsearch's verifier refuses in a query that can be read. */
export interface EqlProblem extends QueryProblem {
  readonly kind: EqlProblemKind;
}

/** More problems than this help nobody. */
const MOST_PROBLEMS = 50;

export interface EqlProblems {
  report(kind: EqlProblemKind, span: Span, message: string, fixes?: readonly Fix[]): void;
  /** In the order of the text. */
  all(): readonly EqlProblem[];
}

export function eqlProblems(): EqlProblems {
  const found: EqlProblem[] = [];
  return {
    report(kind, span, message, fixes = []) {
      found.push({ kind, span, message, fixes });
    },
    all() {
      const sorted = found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
      return sorted.slice(0, MOST_PROBLEMS);
    },
  };
}

/** How a message names an expression: as it is written if it is short, and by what it is if not. */
export function subjectOf(expression: EqlExpression): string {
  const inner = withoutGroups(expression);
  if (inner.kind === "field") return `\`${inner.name}\``;
  if (inner.kind === "call") return `the result of \`${inner.name}\``;
  if (inner.kind === "number") return `\`${inner.text}\``;
  if (inner.kind === "boolean") return `\`${inner.value}\``;
  return "this";
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
