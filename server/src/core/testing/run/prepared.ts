/** The one interface through which rules of any type and language run on sample events. */
import { type Result } from "../../base/result.ts";
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { type KeyValue } from "../../engine/eql/plan.ts";
import { type Clause, type Explanation } from "../../engine/explain.ts";
import { type SequenceExplanation } from "../../engine/explainedSequence.ts";
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Span } from "../../text/span.ts";
import { type SampleEvent } from "../sampleEvents.ts";

export interface RunOptions {
  readonly types: FieldTypes;
  /** Runs in place of the rule's own query, such as one in which a clause was changed. */
  readonly query: string | undefined;
}

export interface RuleInputs {
  readonly events: readonly SampleEvent[];
  /** Earlier events, for rules that look for what is new. */
  readonly history: readonly SampleEvent[];
  readonly indicators: readonly SampleEvent[];
  /** When the rule runs, in milliseconds since 1970; undefined: at the time of the newest event. */
  readonly now: number | undefined;
  /** Of events that do not say so themselves. */
  readonly index: string | undefined;
}

export interface Alert {
  /** The events that it rests on, in order; null where one is missing, as it must. */
  readonly events: readonly (SampleEvent | null)[];
  /** What the events have in common. */
  readonly keys: readonly KeyValue[];
  /** How many alerts were folded into this one. */
  readonly suppressedCount: number;
  /** The values by which it was folded; undefined where nothing is folded. */
  readonly suppressedBy?: readonly FieldTerm[] | undefined;
  /** What the type of the rule found out. */
  readonly facts?: AlertFacts | undefined;
}

/** A field with a value of it; null stands for none. */
export interface FieldTerm {
  readonly field: string;
  readonly value: JsonValue;
}

export type AlertFacts =
  | {
      readonly kind: "threshold";
      readonly terms: readonly FieldTerm[];
      readonly count: number;
      /** How many different values the counted field has; undefined if none is counted. */
      readonly cardinality: { readonly field: string; readonly value: number } | undefined;
    }
  | { readonly kind: "new-terms"; readonly terms: readonly FieldTerm[] }
  | { readonly kind: "threat-match"; readonly matches: readonly IndicatorMatch[] };

/** An indicator that an event matches, by one entry of the rule's mapping. */
export interface IndicatorMatch {
  readonly indicator: SampleEvent;
  /** Of the event. */
  readonly field: string;
  /** Of the indicator. */
  readonly indicatorField: string;
  /** What the two have in common; undefined for an entry that says that they have not. */
  readonly value: JsonValue | undefined;
}

/** Events that a rule looks at together, and what became of them. */
export interface EventGroup {
  readonly terms: readonly FieldTerm[];
  readonly events: readonly SampleEvent[];
  readonly alerts: boolean;
  /** "`user.name` `bob` has 2 of 3 events". */
  readonly message: string;
}

export interface RunResult {
  /** Also those beyond what one run may write. */
  readonly alerts: readonly Alert[];
  /** Of rules that look at events in groups, some of these: those that alert, and those that came nearest to it. */
  readonly groups?: readonly EventGroup[];
  /** Events that the query matches and that do not alert, with the reason. */
  readonly silent?: () => readonly PassedOver[];
  /** What the reader should know, such as that some events were not looked at. */
  readonly notes: readonly string[];
  /** Events that the rule does not read, with the reason. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly event: SampleEvent;
  /** Half a sentence: "stands in `logs-x`, which the rule does not read". */
  readonly reason: string;
}

/**
 * Why a rule cannot run. `unsupported`: we cannot run it, so nobody knows. `broken`: nobody can, as its query has an
 * error. `fails`: Elasticsearch fails on these events.
 */
export interface Refusal {
  readonly kind: "unsupported" | "broken" | "fails";
  /** One sentence without a full stop. */
  readonly reason: string;
  /** In the rule file; undefined: the rule as a whole. */
  readonly span: Span | undefined;
}

/** A part of a query that asks something of a single event: all of it, or a step. */
export interface QueryPart {
  /** "step 2"; undefined where the part is the whole query. */
  readonly label: string | undefined;
  /** In query offsets, as all spans of the clause. */
  readonly span: Span;
  readonly clause: Clause;
  /** The single values of lists in leaves of the clause. */
  readonly values: () => readonly ListValue[];
  /** `missing`: an event must not occur. `until`: it ends what was begun. */
  readonly role: "event" | "missing" | "until";
}

/** One of the values that a leaf allows: `"b*"` in `process.name : ("a*", "b*")`. */
export interface ListValue {
  readonly span: Span;
  /** Of the leaf that it stands in. */
  readonly leafSpan: Span;
  /** The leaf says `not in`: it is false of what has the value. */
  readonly isExcluded?: boolean;
  readonly accepts: (document: JsonObject) => boolean;
}

/** A rule whose query is compiled: it can be run on any number of inputs. */
export interface PreparedRule {
  /** The query that the spans of clauses belong to. */
  readonly query: string;
  /** Every event stands alone: it alerts or it does not, whatever the others are. */
  readonly isPerEvent: boolean;
  readonly maxSignals: number;
  readonly timestampField: string;
  /** From query offsets to the rule file; undefined where another query than the rule's own runs. */
  readonly toFile: (span: Span) => Span | undefined;
  /** Yields often enough to be stopped at any time. */
  readonly run: (inputs: RuleInputs) => Generator<undefined, Result<RunResult, Refusal>>;
  /** Why the query matches an event or does not; undefined where it asks for several. */
  readonly explainEvent: (event: SampleEvent) => Explanation | undefined;
  /** Why events alert together, or what came nearest; undefined where events stand alone. */
  readonly explainSeries: (
    events: readonly SampleEvent[],
  ) => Generator<undefined, SequenceExplanation | undefined>;
  readonly parts: () => readonly QueryPart[];
}

/** Makes a rule of certain types and languages ready to run. */
export type Preparation = (rule: RuleDocument, options: RunOptions) => Result<PreparedRule, Refusal>;
