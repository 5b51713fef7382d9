import { type Span, spanOf } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type QuerySymbol } from "../language.ts";
import {
  type EqlBody,
  type EqlBy,
  type EqlEvent,
  type EqlMaxspan,
  type EqlPipe,
  type EqlStep,
} from "./ast.ts";
import { childrenOf } from "./children.ts";
import { type EqlParse } from "./parse.ts";

const LONGEST_DETAIL = 60;

/** An event query is one symbol; a sequence or sample holds its steps; pipes stand beside them. */
export function symbolsOf(parse: EqlParse): readonly QuerySymbol[] {
  const { text, ast } = parse;
  const { body } = ast;
  if (body.span.start === body.span.end) return [];
  return [bodySymbol(text, body), ...ast.pipes.map((pipe) => pipeSymbol(text, pipe))];
}

function bodySymbol(text: string, body: EqlBody): QuerySymbol {
  if (body.kind === "event") return eventSymbol(text, body, body.span, categoryName(body));
  const until = body.kind === "sample" ? undefined : body.until;
  const maxspan = body.kind === "sequence" ? body.maxspan : undefined;
  const children = body.steps.map((step) => stepSymbol(text, step, step.span));
  if (until?.step !== undefined) {
    const symbol = stepSymbol(text, until.step, until.span);
    children.push({ ...symbol, name: `until ${symbol.name}` });
  }
  return { name: body.kind, detail: oneLine(text, [body.by, maxspan]), span: body.span, children };
}

function stepSymbol(text: string, step: EqlStep, span: Span): QuerySymbol {
  const keys = oneLine(text, [step.by]);
  const name = `${step.missing ? "!" : ""}${categoryName(step.event)}${keys === "" ? "" : ` ${keys}`}`;
  return eventSymbol(text, step.event, span, name);
}

function eventSymbol(text: string, event: EqlEvent, span: Span, name: string): QuerySymbol {
  return { name, detail: oneLine(text, [event.condition]), span, children: [] };
}

function categoryName({ category }: EqlEvent): string {
  if (category === undefined) return "event";
  return category.form === "any" || category.value === "" ? "any" : category.value;
}

function pipeSymbol(text: string, pipe: EqlPipe): QuerySymbol {
  return { name: pipe.name ?? "pipe", detail: oneLine(text, pipe.arguments), span: pipe.span, children: [] };
}

function oneLine(
  text: string,
  nodes: readonly (EqlBy | EqlMaxspan | { readonly span: Span } | undefined)[],
): string {
  const parts = nodes
    .filter((node) => node !== undefined)
    .map(({ span }) => text.slice(span.start, span.end));
  const joined = parts.join(" ").replace(/\s+/g, " ");
  return joined.length <= LONGEST_DETAIL ? joined : `${joined.slice(0, LONGEST_DETAIL - 1).trimEnd()}…`;
}

export function commentsOf(parse: Pick<EqlParse, "tokens">): readonly Span[] {
  return parse.tokens.filter(({ kind }) => kind === "comment").map(({ span }) => span);
}

/** Brackets, lists and comments that span lines, and line comments that follow each other. */
export function foldsOf(parse: EqlParse): readonly Span[] {
  const { text, ast } = parse;
  const folds: Span[] = [];
  for (const node of walk(ast, childrenOf)) {
    if (node.kind === "step") folds.push(spanOf(node.openSpan.start, (node.closeSpan ?? node.span).end));
    if (node.kind === "list" || node.kind === "group" || node.kind === "call") folds.push(node.span);
  }
  folds.push(...commentBlocks(text, commentsOf(parse)));
  return folds
    .filter(({ start, end }) => /[\r\n]/.test(text.slice(start, end)))
    .sort((a, b) => a.start - b.start);
}

function commentBlocks(text: string, comments: readonly Span[]): readonly Span[] {
  const blocks: Span[] = [];
  for (const comment of comments) {
    const last = blocks.at(-1);
    const isNext = last !== undefined && /^\r?\n[ \t]*$/.test(text.slice(last.end, comment.start));
    if (last !== undefined && isNext) blocks[blocks.length - 1] = spanOf(last.start, comment.end);
    else blocks.push(comment);
  }
  return blocks;
}
