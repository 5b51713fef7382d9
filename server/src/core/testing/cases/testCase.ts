/** A test case: which events a rule gets, and what is right for them. */
import { type AlertCount, type Patch } from "../manifest.ts";
import { type Span } from "../../text/span.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { type Nearness, resolvedPath, type RulePlace, splitPath } from "./association.ts";
import { type CaseKind } from "./fileName.ts";

export interface TestCase {
  /** The same for as long as rule and case keep their names. */
  readonly id: string;
  readonly rule: RulePlace;
  readonly name: string;
  readonly description: string | undefined;
  readonly expect: CaseKind;
  /** A known miss, which does not fail. */
  readonly isTodo: boolean;
  /** Undefined: what is right follows from `expect`. */
  readonly alerts: AlertCount | undefined;
  readonly events: CaseEvents;
  readonly history: EventSource | undefined;
  readonly indicators: EventSource | undefined;
  /** In milliseconds since 1970. */
  readonly now: number | undefined;
  /** For events that do not say so themselves. */
  readonly index: string | undefined;
  /** Where the case is written; of an events file, the file as a whole. */
  readonly origin: { readonly path: string; readonly span: Span | undefined };
}

export type EventSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "inline"; readonly path: string; readonly events: readonly SampleEvent[] };

export type CaseEvents =
  EventSource | { readonly kind: "patched"; readonly base: TestCase; readonly patches: readonly Patch[] };

/** A case that the name of a file makes. */
export interface FileCase {
  readonly testCase: TestCase;
  readonly nearness: Nearness;
}

export function caseId(rule: RulePlace, name: string): string {
  return `${rule.path}::${name}`;
}

/** The path that a manifest names a file by. */
export function pathBeside(manifestPath: string, reference: string): string | undefined {
  return resolvedPath(splitPath(manifestPath).folder, reference);
}
