import { type CompletionSubject } from "./completionItem.ts";

/** Each has a setting of its name. */
export const INLAY_HINT_KINDS = [
  "fieldTypes",
  "caseSensitivity",
  "lookBack",
  "techniqueNames",
  "tacticNames",
] as const;

export type InlayHintKind = (typeof INLAY_HINT_KINDS)[number];

/** On where nothing is set: what saves a calculation, and names that stand nowhere else. */
export const DEFAULT_KINDS: readonly InlayHintKind[] = ["lookBack", "techniqueNames", "tacticNames"];

export interface InlayHint {
  readonly kind: InlayHintKind;
  /** In the file; the note comes after the word that ends here. */
  readonly offset: number;
  readonly label: string;
  readonly subject: InlaySubject;
}

/** What a note's explanation is about: plain data, so that it can be asked for later. */
export type InlaySubject = CompletionSubject | { readonly kind: "look-back" };
