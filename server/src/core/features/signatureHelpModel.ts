import { type Span, spanOf } from "../text/span.ts";

export interface Signature {
  readonly label: string;
  readonly markdown: string;
  readonly parameters: readonly SignatureParameter[];
  /** Undefined where more is written than there are parameters. */
  readonly active: number | undefined;
}

export interface SignatureParameter {
  /** In the label. */
  readonly span: Span;
  readonly markdown: string;
}

/** A clause whose parts are named by their text in the label; each is looked for after the one before it. */
export function shape(
  label: string,
  markdown: string,
  parts: readonly (readonly [text: string, markdown: string])[],
  active: number | undefined,
): Signature {
  let from = 0;
  const parameters = parts.map(([text, about]) => {
    const start = label.indexOf(text, from);
    from = start + text.length;
    return { span: spanOf(start, from), markdown: about };
  });
  return { label, markdown, parameters, active };
}
