/** Lays a query out: conditions and values in rows, `and` and `or` at the end of a line, fields right before their `:`. */
import { unreachable } from "../../base/unreachable.ts";
import { textAt } from "../../text/span.ts";
import {
  breaks,
  brokenGroup,
  type Doc,
  fill,
  type FillRow,
  group,
  hang,
  join,
  joinAll,
  type Layout,
  line,
  nest,
  render,
} from "../layout.ts";
import { type Gap, type Space, type TokenReader, tokenReader } from "../tokenReader.ts";
import { type KqlCondition, type KqlValue } from "./ast.ts";
import { type KqlParse, type KqlTokenKind } from "./parse.ts";

/**
 * The query with nothing changed but the blanks between its tokens. Breaks that the author made after `and` and `or`
 * stay, and those before them move behind. Undefined for a query with errors.
 */
export function formatKql({ text, tokens, errors, ast }: KqlParse, layout: Layout): string | undefined {
  if (0 < errors.length || tokens.some(({ kind, span }) => isOdd(textAt(text, span), kind))) return undefined;
  if (ast.condition === undefined) return "";
  const reader = tokenReader(text, tokens);
  reader.gap();
  return render(partDoc(reader, ast.condition, INNERMOST), layout);
}

/**
 * A literal of odd blanks alone could not be told from a gap, and one without quotes that ends in ` and`, ` or` or
 * `not` would be another one before a blank.
 */
function isOdd(image: string, kind: KqlTokenKind): boolean {
  const isBare = kind === "unquoted" || kind === "field";
  return image.trim() === "" || (isBare && /(?:\s(?:and|or)|not)$/i.test(image.slice(-LONG_ENOUGH)));
}

const LONG_ENOUGH = 4;

/** Where a condition or value stands. */
interface Place {
  /** What separates it from the token before. */
  readonly space: Space;
  /** Rows after its first one are indented, as what is around it does not do so. */
  readonly isNested: boolean;
}

const INNERMOST: Place = { space: "", isNested: false };
const OPERAND: Place = { space: " ", isNested: true };
const VALUE: Place = { space: "", isNested: true };

type Part = KqlCondition | KqlValue;

function partDoc(reader: TokenReader, node: Part, place: Place): Doc {
  const { space, isNested } = place;
  switch (node.kind) {
    case "and":
    case "or": {
      const rows = rowsDoc(reader, node.operands, { space, isNested: true });
      return isNested ? nest(rows) : rows;
    }
    case "not":
      return join(reader.take(space), partDoc(reader, node.operand, OPERAND));
    case "group":
      return bracketsDoc(reader, node.inner, { space, edge: "" });
    case "is":
      return join(reader.take(space), reader.take(""), partDoc(reader, node.value, VALUE));
    case "range":
      return join(reader.take(space), reader.take(" "), reader.take(" "));
    case "nested": {
      const field = join(reader.take(space), reader.take(""));
      return join(field, bracketsDoc(reader, node.inner, { space: "", edge: " " }));
    }
    case "text":
    case "literal":
      return reader.take(space);
    case "invalid":
    case "hole":
      throw new Error("A query without errors has no gaps");
    default:
      return unreachable(node);
  }
}

/** Parts with `and` or `or` between them: all on one line, or in the author's rows, or each on its own line. */
function rowsDoc(
  reader: TokenReader,
  nodes: readonly Part[],
  { space, isNested, isRow }: Place & { readonly isRow?: boolean },
): Doc {
  const rows: FillRow[] = [];
  const areValues = nodes.every(({ kind }) => kind === "literal");
  nodes.forEach((node, i) => {
    const own = partDoc(reader, node, { space: i === 0 ? space : "", isNested });
    if (i === nodes.length - 1) {
      rows.push({ content: own, then: "space-or-break" });
      return;
    }
    const { token, gap } = separator(reader);
    rows.push({ content: join(own, token), then: rowEnd(gap, areValues) });
  });
  const rowsOfAuthor = fill(rows);
  if (breaks(rowsOfAuthor) || isRow) return rowsOfAuthor;
  return group(joinAll(rows.flatMap(({ content }, i) => (i === 0 ? [content] : [line(" "), content]))));
}

/** A list of values may be filled anew where no blank line tells its rows apart; conditions stay where they are. */
function rowEnd(
  { isBroken, isBlank }: Pick<Gap, "isBroken" | "isBlank">,
  areValues: boolean,
): FillRow["then"] {
  if (isBlank) return "blank";
  if (!isBroken) return "space-or-break";
  return areValues ? "row-break" : "break";
}

/** The word, which ends its line, and whether the author broke the line before or after it. */
function separator(reader: TokenReader): {
  readonly token: Doc;
  readonly gap: Pick<Gap, "isBroken" | "isBlank">;
} {
  const before = reader.gap();
  const token = reader.take("");
  const after = reader.gap();
  return {
    token: join(" ", token),
    gap: { isBroken: before.isBroken || after.isBroken, isBlank: before.isBlank || after.isBlank },
  };
}

/** Broken inside if the author did so, or if it is too long for one line. */
function bracketsDoc(
  reader: TokenReader,
  inner: Part,
  { space, edge }: { readonly space: Space; readonly edge: Space },
): Doc {
  const open = reader.take(space);
  const opening = reader.gap();
  const isChain = inner.kind === "and" || inner.kind === "or";
  const content = isChain
    ? rowsDoc(reader, inner.operands, { space: "", isNested: true, isRow: opening.isBroken })
    : partDoc(reader, inner, INNERMOST);
  const closing = reader.gap();
  const body = hang(join(nest(join(line(edge), content)), line(edge), reader.take("")));
  return join(open, opening.isBroken || closing.isBroken ? brokenGroup(body) : group(body));
}
