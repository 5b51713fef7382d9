/** The clauses of an EQL query for the outline: what each event must satisfy, one entry for each condition that is joined. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { type EqlBody, type EqlEvent, type EqlExpression, withoutGroups } from "../query/eql/index.ts";
import { type QuerySymbol } from "../query/language.ts";
import { type Span, encloses, isEmpty, spanOf, textAt } from "../text/span.ts";

const LONGEST_NAME = 60;
/** Nobody looks for one among more than these. */
const MOST_CLAUSES = 200;

/** The parts of a query, with the clauses of each event below it. */
export function withClauses(parts: readonly QuerySymbol[], query: SnapshotQuery): readonly QuerySymbol[] {
  const { text, ast } = eqlParseOf(query);
  const events = eventsOf(ast.body);
  const filled = (part: QuerySymbol): QuerySymbol => {
    if (0 < part.children.length) return { ...part, children: part.children.map(filled) };
    const event = events.find(({ span }) => !isEmpty(span) && encloses(part.span, span));
    return event === undefined ? part : { ...part, children: clausesOf(text, event.condition) };
  };
  return parts.map(filled);
}

function eventsOf(body: EqlBody): readonly EqlEvent[] {
  if (body.kind === "event") return [body];
  const until = body.kind === "sample" ? undefined : body.until?.step;
  return [...body.steps, ...(until === undefined ? [] : [until])].map(({ event }) => event);
}

/** None for a single condition: the entry of the event shows it. */
function clausesOf(text: string, condition: EqlExpression): readonly QuerySymbol[] {
  const inner = withoutGroups(condition);
  if (inner.kind === "or") return [groupOf(text, "any of", inner.operands, condition.span)];
  return inner.kind === "and"
    ? inner.operands.slice(0, MOST_CLAUSES).flatMap((operand) => clauseOf(text, operand))
    : [];
}

/** One more level is shown; below that, the text says it. */
function clauseOf(text: string, clause: EqlExpression): readonly QuerySymbol[] {
  const inner = withoutGroups(clause);
  if (inner.kind === "or") return [groupOf(text, "any of", inner.operands, clause.span)];
  if (inner.kind === "not") {
    const negated = withoutGroups(inner.operand);
    if (negated.kind === "or") return [groupOf(text, "none of", negated.operands, clause.span)];
    if (negated.kind === "and") return [groupOf(text, "not all of", negated.operands, clause.span)];
  }
  return plain(text, clause);
}

function groupOf(text: string, name: string, operands: readonly EqlExpression[], span: Span): QuerySymbol {
  return {
    name,
    detail: "",
    span,
    children: operands.slice(0, MOST_CLAUSES).flatMap((operand) => plain(text, operand)),
  };
}

/** None for what is still to be written. */
function plain(text: string, { span }: EqlExpression): readonly QuerySymbol[] {
  if (isEmpty(span)) return [];
  const much = spanOf(span.start, Math.min(span.end, span.start + 4 * LONGEST_NAME));
  const line = textAt(text, much).replace(/\s+/g, " ");
  const name = line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 1).trimEnd()}…`;
  return [{ name, detail: "", span, children: [] }];
}
