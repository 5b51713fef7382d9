import { type Span } from "../text/span.ts";

/** A place that is shown together with others. */
export interface Highlight {
  readonly span: Span;
  /** `read`: a field in a condition. `link`: what ties parts together, such as a join key. `text`: brackets and words. */
  readonly kind: "read" | "link" | "text";
}

export function texts(...spans: readonly (Span | undefined)[]): readonly Highlight[] {
  return spans.filter((span) => span !== undefined).map((span) => ({ span, kind: "text" }));
}
