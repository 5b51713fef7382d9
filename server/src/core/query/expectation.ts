/** What an author may write at a place of a query: completion asks, the language answers. Spans are in query offsets. */
import { type Snippet } from "../text/snippet.ts";
import { type Span } from "../text/span.ts";

export interface QueryExpectation {
  /** What stands at the place and a choice would replace; empty where nothing does. */
  readonly word: Span;
  /** In the order in which they are offered. */
  readonly slots: readonly QuerySlot[];
}

export type QuerySlot = FieldSlot | ValueSlot | CategorySlot | WordSlot;

export interface FieldSlot {
  readonly kind: "field";
  /** `key`: what events are joined by. `argument`: of a function. */
  readonly role: "condition" | "key" | "argument";
  /** What the names are relative to, with its dot: `comments.`; empty where they are whole. */
  readonly below: string;
  /** Fields that would be named twice: keys of the same list, or fields of conditions that hold together with this one. */
  readonly taken: readonly string[];
  /** The name as the language writes it. */
  readonly write: (name: string) => string;
}

export interface ValueSlot {
  readonly kind: "value";
  readonly field: string;
  /** Values of the same list. */
  readonly taken: readonly string[];
  /** The place lies between quotes: only a text can stand there. */
  readonly isQuoted: boolean;
  readonly takesNull: boolean;
  /** A text as the language writes it at this place; undefined if it cannot. */
  readonly write: (value: string) => string | undefined;
}

/** The category of an event, before `where`. */
export interface CategorySlot {
  readonly kind: "category";
  readonly write: (value: string) => string | undefined;
}

export interface WordSlot {
  readonly kind: "words";
  /** The field that an operator would follow. */
  readonly operand: string | undefined;
  readonly choices: readonly QueryChoice[];
}

/** Kinds of fields that an operator or function is made for. */
export type FieldFamily = "text" | "number" | "boolean" | "ip" | "date";

/** A keyword, operator, function or the like. */
export interface QueryChoice {
  readonly label: string;
  readonly kind: "keyword" | "operator" | "function" | "unit" | "number";
  /** A signature, or a few words. */
  readonly detail: string;
  readonly snippet: Snippet;
  /** Fields that it can follow; undefined: all. */
  readonly suits: readonly FieldFamily[] | undefined;
  /** What the language documents it by. */
  readonly word: string;
}
