/** What is added to the files of tests: one text for each file, and nothing that is there. */

export interface Addition {
  readonly uri: string;
  readonly text: string;
  /** What a file begins with that is not there yet. */
  readonly header: string;
}

/** Comes after what the file holds. */
export interface NewText {
  readonly text: string;
  readonly isNew: boolean;
}

/** `present`: the texts of the files that are there. */
export function newTexts(
  additions: readonly Addition[],
  present: ReadonlyMap<string, string>,
): ReadonlyMap<string, NewText> {
  const texts = new Map<string, NewText>();
  for (const { uri, text, header } of additions) {
    const before = present.get(uri);
    if (before?.includes(text.trim()) === true) continue;
    const begun = texts.get(uri)?.text ?? (before === undefined ? header : lineEnd(before));
    texts.set(uri, { text: `${begun}${text}`, isNew: before === undefined });
  }
  return texts;
}

/** A last line without an end gets one. */
function lineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? "" : "\n";
}

/** The file for cases of another kind beside the scratch file of a rule. */
export function testFileFor(scratchUri: string, kind: "events" | "match" | "nomatch"): string {
  return scratchUri.replace(/\.events\.ndjson$/, `.${kind}.ndjson`);
}
