/** Lays a query out: conditions in rows, long lists with one value per line, each event of a sequence on its own line. */
import { type Span } from "../../text/span.ts";
import { unreachable } from "../../base/unreachable.ts";
import {
  type Doc,
  type FillRow,
  type Layout,
  breaks,
  brokenGroup,
  fill,
  group,
  hang,
  join,
  joinAll,
  line,
  lineBreak,
  nest,
  render,
} from "../layout.ts";
import {
  type Gap,
  type Space,
  type TokenReader,
  afterComments,
  leading,
  tokenReader,
} from "../tokenReader.ts";
import {
  type EqlArithmetic,
  type EqlBy,
  type EqlEvent,
  type EqlExpression,
  type EqlJoin,
  type EqlLogic,
  type EqlMaxspan,
  type EqlPipe,
  type EqlQuery,
  type EqlRuns,
  type EqlSample,
  type EqlSequence,
  type EqlStep,
} from "./ast.ts";
import { type EqlParse } from "./parse.ts";

/**
 * The query with nothing changed but the blanks between its tokens, and comments before an `and`, `or` or comma put
 * after it. Breaks that the author made at these places stay. Undefined for a query with errors.
 */
export function formatEql(parse: EqlParse, layout: Layout): string | undefined {
  const { text, tokens, errors, ast } = parse;
  // A name in backticks may hold line ends, and these are part of it.
  const spansLines = tokens.some(
    ({ kind, span }) => kind === "name" && /[\r\n]/.test(text.slice(span.start, span.end)),
  );
  if (0 < errors.length || spansLines) return undefined;
  const reader = tokenReader(text, tokens);
  const opening = leading(reader.gap());
  const query = queryDoc(reader, ast);
  const end = reader.gap();
  return render(join(opening, query, end.trailing, end.atMargin ?? ""), layout);
}

function queryDoc(reader: TokenReader, { body, pipes }: EqlQuery): Doc {
  const isEvent = body.kind === "event";
  const parts = [isEvent ? eventDoc(reader, body) : seriesDoc(reader, body)];
  for (const pipe of pipes) {
    const gap = reader.gap();
    const start = gap.isBroken || !isEvent ? marginDoc(gap) : join(line(" "), leading(gap));
    parts.push(start, pipeDoc(reader, pipe));
  }
  return group(joinAll(parts));
}

/** The start of a line at the margin, and the comments above it. */
function marginDoc({ isBlank, trailing, atMargin, after }: Gap): Doc {
  return join(trailing, atMargin === undefined ? lineBreak(isBlank) : join(atMargin, afterComments(after)));
}

function eventDoc(reader: TokenReader, event: EqlEvent): Doc {
  const category = reader.take("");
  const where = reader.take(" ");
  const gap = reader.gap();
  const separator = gap.isBroken ? lineBreak(gap.isBlank) : " ";
  const condition = expressionDoc(reader, event.condition, INNERMOST);
  return join(category, where, nest(join(gap.trailing, separator, leading(gap), condition)));
}

function seriesDoc(reader: TokenReader, body: EqlSequence | EqlSample | EqlJoin): Doc {
  const parts = [reader.take("")];
  if (body.by !== undefined) parts.push(keysDoc(reader, body.by));
  if (body.kind === "sequence" && body.maxspan !== undefined) parts.push(optionDoc(reader, body.maxspan));
  for (const step of body.steps) {
    const gap = reader.gap();
    const own = join(lineBreak(gap.isBlank), leading(gap), stepDoc(reader, step, ""));
    parts.push(gap.trailing, nest(own));
  }
  const until = body.kind === "sample" ? undefined : body.until;
  if (until?.step !== undefined) {
    parts.push(marginDoc(reader.gap()), reader.take(""), stepDoc(reader, until.step, " "));
  }
  return joinAll(parts);
}

function stepDoc(reader: TokenReader, step: EqlStep, space: Space): Doc {
  const parts = [reader.take(space)];
  const opening = reader.gap();
  if (breaksAfter(opening)) {
    parts.push(opening.trailing, nest(join(lineBreak(), leading(opening), eventDoc(reader, step.event))));
  } else {
    parts.push(leading(opening), eventDoc(reader, step.event));
  }
  const closing = reader.gap();
  parts.push(nest(beforeClosing(closing)));
  if (breaksAfter(closing)) parts.push(lineBreak());
  else if (closing.comments !== undefined) parts.push(" ");
  parts.push(reader.take(""));
  if (step.by !== undefined) parts.push(keysDoc(reader, step.by));
  if (step.runs !== undefined) parts.push(optionDoc(reader, step.runs));
  return joinAll(parts);
}

/** Whether comments of the gap need the line that follows them for themselves. */
function breaksAfter({ isBroken, trailing, comments }: Gap): boolean {
  return isBroken && (trailing !== "" || comments !== undefined);
}

function keysDoc(reader: TokenReader, by: EqlBy): Doc {
  const keyword = reader.take(" ");
  return join(keyword, nest(nest(rowsDoc(reader, by.keys, { space: " ", isNested: true }, ""))));
}

/** `with maxspan=1m`, `with runs=3`. */
function optionDoc(reader: TokenReader, option: EqlMaxspan | EqlRuns): Doc {
  return join(reader.take(" "), reader.take(" "), tokensIn(reader, option.span, ""));
}

function pipeDoc(reader: TokenReader, pipe: EqlPipe): Doc {
  const name = join(reader.take(""), reader.take(" "));
  if (pipe.arguments.length === 0) return name;
  return join(name, nest(rowsDoc(reader, pipe.arguments, { space: " ", isNested: true }, "")));
}

/** Where an expression stands. */
interface Place {
  /** What separates it from the token before. */
  readonly space: Space;
  /** Rows after its first one are indented, as what is around it does not do so. */
  readonly isNested: boolean;
}

const INNERMOST: Place = { space: "", isNested: false };
const OPERAND: Place = { space: " ", isNested: true };

function expressionDoc(reader: TokenReader, node: EqlExpression, place: Place): Doc {
  const first: Place = { space: place.space, isNested: true };
  switch (node.kind) {
    case "and":
    case "or":
    case "arithmetic":
      return chainDoc(reader, node, place);
    case "not":
      return join(reader.take(place.space), expressionDoc(reader, node.operand, OPERAND));
    case "sign":
      return join(reader.take(place.space), expressionDoc(reader, node.operand, { ...OPERAND, space: "" }));
    case "comparison": {
      const left = expressionDoc(reader, node.left, first);
      return join(left, reader.take(" "), expressionDoc(reader, node.right, OPERAND));
    }
    case "in":
    case "match": {
      const operand = expressionDoc(reader, node.operand, first);
      const not = node.notSpan === undefined ? "" : reader.take(" ");
      return join(operand, not, reader.take(" "), expressionDoc(reader, node.right, OPERAND));
    }
    case "list":
      return bracketsDoc(reader, node.items, place.space, { space: "", isNested: true });
    case "group":
      return bracketsDoc(reader, [node.inner], place.space, INNERMOST);
    case "call":
      return join(
        reader.take(place.space),
        bracketsDoc(reader, node.arguments, "", { space: "", isNested: true }),
      );
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "relationship":
    case "invalid":
    case "hole":
      return tokensIn(reader, node.span, place.space);
    default:
      return unreachable(node);
  }
}

function tokensIn(reader: TokenReader, { end }: Span, space: Space): Doc {
  const parts = [reader.take(space)];
  for (let next = reader.nextStart(); next !== undefined && next < end; next = reader.nextStart()) {
    parts.push(reader.take(""));
  }
  return joinAll(parts);
}

function chainDoc(reader: TokenReader, node: EqlLogic | EqlArithmetic, place: Place): Doc {
  const rows = rowsDoc(reader, node.operands, { space: place.space, isNested: true }, " ");
  return place.isNested ? nest(rows) : rows;
}

/** Nodes with a separator between them: all on one line, or in the author's rows, or each on its own line. */
function rowsDoc(
  reader: TokenReader,
  nodes: readonly EqlExpression[],
  { space, isNested, isRow }: Place & { readonly isRow?: boolean },
  beforeSeparator: Space,
): Doc {
  const rows: FillRow[] = [];
  let before: Doc = "";
  nodes.forEach((node, i) => {
    const own = expressionDoc(reader, node, { space: i === 0 ? space : "", isNested });
    if (i === nodes.length - 1) {
      rows.push({ content: join(before, own), then: "space-or-break" });
      return;
    }
    const { token, gap } = reader.separator(beforeSeparator);
    rows.push({ content: join(before, own, token, gap.trailing), then: rowEnd(gap, beforeSeparator) });
    const isOwnRow = gap.comments !== undefined && gap.after !== "space";
    if (isOwnRow) rows.push({ content: gap.comments, then: gap.after });
    before = isOwnRow ? "" : leading(gap);
  });
  const rowsOfAuthor = fill(rows);
  if (breaks(rowsOfAuthor) || isRow) return rowsOfAuthor;
  return group(joinAll(rows.flatMap(({ content }, i) => (i === 0 ? [content] : [line(" "), content]))));
}

/** A list may be filled anew where no comment or blank line tells its rows apart; conditions stay where they are. */
function rowEnd(gap: Gap, beforeSeparator: Space): FillRow["then"] {
  if (gap.isBlank) return "blank";
  if (!gap.isBroken) return "space-or-break";
  return beforeSeparator === "" && !breaksAfter(gap) ? "row-break" : "break";
}

/** `( … )`: broken inside if the author did so, or if it is too long for one line. */
function bracketsDoc(reader: TokenReader, items: readonly EqlExpression[], space: Space, place: Place): Doc {
  const open = reader.take(space);
  if (items.length === 0) return join(open, reader.take(""));
  const opening = reader.gap();
  const rows = rowsDoc(reader, items, { ...place, isRow: opening.isBroken }, "");
  const closing = reader.gap();
  const inner = nest(join(line(""), leading(opening), rows, beforeClosing(closing)));
  const brackets = hang(join(opening.trailing, inner, line(""), reader.take("")));
  return join(open, opening.isBroken || closing.isBroken ? brokenGroup(brackets) : group(brackets));
}

/** Comments before a closing bracket. */
function beforeClosing({ isBroken, isBlank, trailing, comments }: Gap): Doc {
  if (comments === undefined) return trailing;
  return join(trailing, isBroken ? lineBreak(isBlank) : " ", comments);
}
