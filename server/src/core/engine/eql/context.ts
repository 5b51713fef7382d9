/** What compiling carries along: the options, and the first thing that cannot be run. */
import { type Span } from "../../text/span.ts";
import { beginTest, spend, type Work, workOfTests } from "../work.ts";
import { type Allows } from "./compiled.ts";
import { type EqlOptions, type Failure, type Unsupported } from "./plan.ts";

export interface CompileContext {
  readonly options: EqlOptions;
  /** What looking at documents may cost. */
  readonly work: Work;
  /** Set once: the query cannot be run because of it, whatever else is compiled. */
  refusal: Unsupported | undefined;
  /** False as soon as documents are looked at. */
  isCompiling: boolean;
}

export function compileContext(options: EqlOptions): CompileContext {
  return { options, work: options.work ?? workOfTests(), refusal: undefined, isCompiling: true };
}

export function refuse(context: CompileContext, feature: string, span: Span): void {
  context.refusal ??= { kind: "unsupported", feature, span };
}

/** For what Elasticsearch fails on while it runs. What fails on constants alone is refused at once. */
export function failWith(context: CompileContext, feature: string, span: Span): null {
  return tell(context, { kind: "unsupported", feature, span, by: "elasticsearch" });
}

/** For what Elasticsearch may well answer, and we do not. */
export function giveUp(context: CompileContext, feature: string, span: Span): null {
  return tell(context, { kind: "unsupported", feature, span, by: "engine" });
}

function tell(context: CompileContext, failure: Failure): null {
  if (context.isCompiling) context.refusal ??= failure;
  else context.options.onFailure?.(failure);
  return null;
}

/** Combinations of values count as work, each of them as so many units. */
export function combinationsIn(context: CompileContext, span: Span, unitsEach = 40): Allows {
  const { work } = context;
  return (count) => {
    beginTest(work);
    if (spend(work, count * unitsEach)) return true;
    giveUp(context, "so many combinations of values", span);
    return false;
  };
}
