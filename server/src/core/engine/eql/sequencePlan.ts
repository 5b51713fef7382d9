/** What is compiled of a sequence or a sample before the first event. */
import { type Result } from "../../base/result.ts";
import {
  type EqlBy,
  type EqlExpression,
  type EqlSample,
  type EqlSequence,
  type EqlStep,
  maxspanMilliseconds,
  withoutGroups,
} from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { compileEvent, compileKeys } from "./compile.ts";
import { typeOfField } from "./fields.ts";
import { type ValueType } from "../value.ts";
import { type EqlOptions, type Unsupported } from "./plan.ts";
import { type SamplePlan } from "./sample.ts";
import { type SequencePlan, type SequenceStep, type SequenceTerm } from "./sequence.ts";

export function planSequence(sequence: EqlSequence, options: EqlOptions): Result<SequencePlan, Unsupported> {
  const steps: SequenceStep[] = [];
  for (const step of sequence.steps) {
    const term = planTerm(step, sequence.by, options);
    if (!term.ok) return term;
    const runs = step.runs === undefined ? 1 : runsOf(step);
    if (runs === undefined) return unsupported("this number of runs", step.runs?.span ?? step.span);
    steps.push({ ...term.value, isMissing: step.missing, runs });
  }
  if (steps.every(({ isMissing }) => isMissing)) {
    return unsupported("a sequence without an event that must occur", sequence.keywordSpan);
  }
  const maxspan = sequence.maxspan === undefined ? undefined : maxspanMilliseconds(sequence.maxspan);
  if (sequence.maxspan !== undefined && maxspan === undefined) {
    return unsupported("this `maxspan`", sequence.maxspan.span);
  }
  if (maxspan === undefined && steps.some(({ isMissing }) => isMissing)) {
    return unsupported("a missing event without `maxspan`", sequence.keywordSpan);
  }
  const until = planUntil(sequence, options);
  return until.ok ? { ok: true, value: { steps, maxspan, until: until.value } } : until;
}

export function planSample(sample: EqlSample, options: EqlOptions): Result<SamplePlan, Unsupported> {
  const terms: SequenceTerm[] = [];
  for (const step of sample.steps) {
    if (step.missing) return unsupported("a missing event in a sample", step.span);
    if (step.runs !== undefined) return unsupported("`runs` in a sample", step.runs.span);
    const term = planTerm(step, sample.by, options);
    if (!term.ok) return term;
    terms.push(term.value);
  }
  const { maxSamplesPerKey, size } = options;
  const keyTypes = keysOf(sample.steps[0], sample.by).map((key) => typeOfKey(key, options));
  return { ok: true, value: { terms, keyTypes, maxSamplesPerKey, size } };
}

function planUntil(
  { until, by }: EqlSequence,
  options: EqlOptions,
): Result<SequenceTerm | undefined, Unsupported> {
  if (until?.step === undefined) return { ok: true, value: undefined };
  if (until.step.missing) return unsupported("a missing event after `until`", until.step.span);
  if (until.step.runs !== undefined) return unsupported("`runs` after `until`", until.step.runs.span);
  return planTerm(until.step, by, options);
}

/** The keys of all terms come before the term's own. */
function planTerm(
  step: EqlStep,
  by: EqlBy | undefined,
  options: EqlOptions,
): Result<SequenceTerm, Unsupported> {
  const matches = compileEvent(step.event, options);
  if (!matches.ok) return matches;
  const keys = compileKeys(keysOf(step, by), options);
  return keys.ok ? { ok: true, value: { matches: matches.value, keysOf: keys.value } } : keys;
}

function keysOf(step: EqlStep | undefined, by: EqlBy | undefined): readonly EqlExpression[] {
  return [...(by?.keys ?? []), ...(step?.by?.keys ?? [])];
}

function typeOfKey(key: EqlExpression, options: EqlOptions): ValueType | undefined {
  const field = withoutGroups(key);
  return field.kind === "field" ? typeOfField(options, field.name) : undefined;
}

function runsOf({ runs }: EqlStep): number | undefined {
  const count = runs?.count;
  return count !== undefined && Number.isInteger(count) && 1 <= count && count <= 100 ? count : undefined;
}

function unsupported(feature: string, span: Span): { readonly ok: false; readonly error: Unsupported } {
  return { ok: false, error: { kind: "unsupported", feature, span } };
}
