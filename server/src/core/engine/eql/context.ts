/** What compiling carries along: the options, and the first thing that cannot be run. */
import { type Span } from "../../text/span.ts";
import { type EqlOptions, type Unsupported } from "./plan.ts";

export interface CompileContext {
  readonly options: EqlOptions;
  /** Set once: the query cannot be run because of it, whatever else is compiled. */
  refusal: Unsupported | undefined;
  /** False as soon as documents are looked at. */
  isCompiling: boolean;
}

export function compileContext(options: EqlOptions): CompileContext {
  return { options, refusal: undefined, isCompiling: true };
}

export function refuse(context: CompileContext, feature: string, span: Span): void {
  context.refusal ??= { kind: "unsupported", feature, span };
}

/** For what Elasticsearch fails on while it runs. What fails on constants alone is refused at once. */
export function failWith(context: CompileContext, feature: string, span: Span): null {
  if (context.isCompiling) refuse(context, feature, span);
  else context.options.onFailure?.({ kind: "unsupported", feature, span });
  return null;
}
