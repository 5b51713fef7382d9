/** Text with places at which the author goes on writing, such as the arguments of a function. */

export interface TabStop {
  /** In this order the author steps through them; 0 is where the cursor ends up. */
  readonly stop: number;
  /** What stands there at first; several are offered as a choice, none leaves it empty. */
  readonly choices: readonly string[];
}

export type SnippetPart = string | TabStop;
export type Snippet = readonly SnippetPart[];

export function tabStop(stop: number, ...choices: readonly string[]): TabStop {
  return { stop, choices };
}

export function hasTabStops(snippet: Snippet): boolean {
  return snippet.some((part) => typeof part !== "string");
}

/** For editors without snippets, and for reading the result back: each place holds its first choice. */
export function plainText(snippet: Snippet): string {
  return snippet.map((part) => (typeof part === "string" ? part : (part.choices[0] ?? ""))).join("");
}

/** In the syntax of the Language Server Protocol. */
export function snippetSyntax(snippet: Snippet): string {
  return snippet
    .map((part) => (typeof part === "string" ? escaped(part, /[\\$}]/g) : stopSyntax(part)))
    .join("");
}

function stopSyntax({ stop, choices }: TabStop): string {
  const [first] = choices;
  if (first === undefined) return stop === 0 ? "$0" : `\${${stop}}`;
  if (choices.length === 1) return `\${${stop}:${escaped(first, /[\\$}]/g)}}`;
  return `\${${stop}|${choices.map((choice) => escaped(choice, /[\\,|$}]/g)).join(",")}|}`;
}

function escaped(text: string, signs: RegExp): string {
  return text.replace(signs, "\\$&");
}

/** The snippet with each of its texts written otherwise; undefined if one of them cannot be. */
export function rewritten(
  snippet: Snippet,
  write: (text: string) => string | undefined,
): Snippet | undefined {
  const parts: SnippetPart[] = [];
  for (const part of snippet) {
    const texts = typeof part === "string" ? [part] : part.choices;
    const written = texts.map(write).filter((text) => text !== undefined);
    if (written.length < texts.length) return undefined;
    parts.push(typeof part === "string" ? (written[0] ?? "") : { stop: part.stop, choices: written });
  }
  return parts;
}
