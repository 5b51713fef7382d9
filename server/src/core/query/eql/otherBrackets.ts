import { type IToken } from "chevrotain";
import { type Edit } from "../../text/edit.ts";
import { isA, retyped, tokenSpan } from "../chevrotain.ts";
import { type Place } from "./place.ts";
import { isListItem, isPredicate, isType } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** Brackets that other languages take here: of a list, of an event, or of nothing. */
export function otherBracket(place: Place, token: IToken): readonly IToken[] | undefined {
  if (!isType(token, t.LBracket, t.LBrace)) return undefined;
  if (opensList(place)) return [listBracket(place, token)];
  if (token.tokenType !== t.LBrace) return undefined;
  return opensEvent(place) ? bracedEvent(place, token) : unknownBrace(place, token);
}

/** `in ["a", "b"]`, `: {"a"}` */
function opensList({ before, next, afterNext }: Place): boolean {
  if (!isPredicate(before.at(-1))) return false;
  if (isListItem(next) || isType(next, t.RBracket, t.RBrace)) return true;
  return isA(next, t.Name) && isType(afterNext, t.Comma, t.RBracket, t.RBrace);
}

function listBracket(place: Place, open: IToken): IToken {
  const close = place.closers().get(open);
  const edits: Edit[] = [{ span: tokenSpan(open), text: "(" }];
  if (close !== undefined) {
    edits.push({ span: tokenSpan(close), text: ")" });
    place.decided.set(close, [retyped(close, t.RParen)]);
  }
  place.errors.report(tokenSpan(open), "A list takes round brackets", [
    { title: "Write ( and )", safety: "safe", edits },
  ]);
  return retyped(open, t.LParen);
}

/** `{process where …}`: all such events of a query are one slip. */
function bracedEvent(place: Place, open: IToken): readonly IToken[] {
  const { tokens } = place;
  const edits: Edit[] = [];
  const events = tokens.flatMap((token, index) =>
    token.tokenType === t.LBrace && tokens[index + 2]?.tokenType === t.Where
      ? [{ token, close: place.closers().get(token) }]
      : [],
  );
  // Alone, it is no event of a sequence but the whole query.
  const isQuery = place.index === 0 && events.length === 1;
  for (const { token, close } of events) {
    place.decided.set(token, isQuery ? [] : [retyped(token, t.LBracket)]);
    edits.push({ span: tokenSpan(token), text: isQuery ? "" : "[" });
    if (close === undefined) continue;
    place.decided.set(close, isQuery ? [] : [retyped(close, t.RBracket)]);
    edits.push({ span: tokenSpan(close), text: isQuery ? "" : "]" });
  }
  const message = isQuery ? "A query takes no brackets around it" : "An event takes square brackets";
  const title = isQuery ? "Remove the brackets" : "Write [ and ]";
  place.errors.report(tokenSpan(open), message, [{ title, safety: "safe", edits }]);
  return place.decided.get(open) ?? [];
}

function opensEvent({ next, afterNext }: Place): boolean {
  return afterNext?.tokenType === t.Where && (isA(next, t.Name) || isA(next, t.Text) || isType(next, t.Any));
}

function unknownBrace(place: Place, open: IToken): readonly IToken[] {
  const span = tokenSpan(open);
  const close = place.closers().get(open);
  place.errors.reportGap(span, span, `EQL has no sign \`${open.image}\``);
  if (close !== undefined) {
    place.decided.set(close, []);
    place.errors.silence(tokenSpan(close));
  }
  return [];
}

/** The closing bracket of each square or curly one that is closed. */
export function bracketPairs(tokens: readonly IToken[]): ReadonlyMap<IToken, IToken> {
  const pairs = new Map<IToken, IToken>();
  const square: IToken[] = [];
  const curly: IToken[] = [];
  for (const token of tokens) {
    if (isType(token, t.LBracket, t.MissingOpen)) square.push(token);
    else if (token.tokenType === t.LBrace) curly.push(token);
    const open =
      token.tokenType === t.RBracket ? square.pop() : token.tokenType === t.RBrace ? curly.pop() : undefined;
    if (open !== undefined) pairs.set(open, token);
  }
  return pairs;
}
