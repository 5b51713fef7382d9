/** What completion offers. Everything is in offsets of the file; how an editor gets it is the adapter's business. */
import { type QueryLanguage } from "../query/language.ts";
import { type Edit } from "../text/edit.ts";
import { type Snippet } from "../text/snippet.ts";
import { type Span } from "../text/span.ts";

export type CompletionKind =
  | "field"
  | "module"
  | "value"
  | "category"
  | "keyword"
  | "operator"
  | "function"
  | "unit"
  | "key"
  | "table"
  | "rule"
  | "tactic"
  | "technique";

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label: a type, a signature. */
  readonly detail: string;
  /** What is replaced: it lies on one line and reaches up to the cursor at least. */
  readonly span: Span;
  readonly snippet: Snippet;
  /** What is compared with the text between the start of `span` and the cursor. */
  readonly filter: string;
  /** Changes elsewhere that belong to the choice; they touch neither `span` nor each other. */
  readonly moreEdits: readonly Edit[];
  /** Characters that accept the choice and are then typed. */
  readonly commitCharacters: readonly string[];
  readonly isOutdated: boolean;
  readonly subject: CompletionSubject | undefined;
}

export interface CompletionList {
  /** The best first. */
  readonly items: readonly CompletionItem[];
  /** We rank by what is typed: the editor must ask again after each character. */
  readonly isIncomplete: boolean;
}

/** What an item's documentation is about: plain data, so that it can be asked for later and elsewhere. */
export type CompletionSubject =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "value"; readonly field: string; readonly value: string }
  | { readonly kind: "word"; readonly language: QueryLanguage; readonly word: string }
  | { readonly kind: "key"; readonly path: readonly string[] }
  | { readonly kind: "threat"; readonly id: string };

export const NOTHING: CompletionList = { items: [], isIncomplete: false };

type Optional = "detail" | "moreEdits" | "commitCharacters" | "isOutdated" | "subject";

export function completionItem(
  item: Omit<CompletionItem, Optional> & Partial<Pick<CompletionItem, Optional>>,
): CompletionItem {
  return {
    detail: "",
    moreEdits: [],
    commitCharacters: [],
    isOutdated: false,
    subject: undefined,
    ...item,
  };
}
