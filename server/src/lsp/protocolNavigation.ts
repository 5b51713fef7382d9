/** Messages about rules that share something: a technique, a field. Types only. */
import { type TextPlace, type TextRange } from "./protocol.ts";

export interface NavigationRequests {
  /** What the cursor stands on; null where rules cannot be searched by it. */
  "rules/subjectAt": { readonly params: SubjectPlace; readonly result: SearchSubject | null };
  /** What can be searched for, the most frequent first. */
  "rules/searchChoices": {
    readonly params: { readonly kind: SearchSubject["kind"] };
    readonly result: readonly SearchChoice[];
  };
  "rules/search": { readonly params: SearchSubject; readonly result: readonly FoundRule[] };
  /** Where a rule names what was searched for: its first place. */
  "rules/place": { readonly params: FoundPlace; readonly result: TextRange | null };
}

export interface SubjectPlace {
  readonly uri: string;
  readonly position: TextPlace;
}

export interface SearchSubject {
  readonly kind: "technique" | "field";
  /** The id of a technique, or a field. */
  readonly name: string;
}

export interface SearchChoice {
  readonly name: string;
  /** Of a technique. */
  readonly title: string;
  readonly ruleCount: number;
}

export interface FoundRule {
  readonly uri: string;
  readonly name: string;
  /** Below the root of its workspace. */
  readonly path: string;
  /** Techniques or fields that it names. */
  readonly detail: string;
}

export interface FoundPlace {
  readonly uri: string;
  readonly subject: SearchSubject;
}
