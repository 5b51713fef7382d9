import { type Span } from "../../text/span.ts";
import { type Unsupported } from "../eql/plan.ts";
import { type KqlOptions } from "./plan.ts";

/** What compiling carries along. */
export interface CompileContext {
  readonly options: KqlOptions;
  /** Of the nested scope in which the condition stands. */
  readonly path: string | undefined;
  /** What cannot be run, in the order in which it was found. */
  readonly refusals: Unsupported[];
}

export function refuse({ refusals }: CompileContext, feature: string, span: Span): void {
  refusals.push({ kind: "unsupported", feature, span });
}
