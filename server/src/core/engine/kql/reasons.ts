/** What an event has where a leaf of a condition asks, in words: "was `powershell.exe`". */
import { type KqlLiteral } from "../../query/kql/index.ts";
import { type FieldTarget } from "../../query/kql/fieldTargets.ts";
import { type JsonObject } from "../event.ts";
import { quoted, quotedList } from "../excerpt.ts";
import { shortened } from "../../text/excerpt.ts";
import { type Clause, failingClauses, explained } from "../explain.ts";
import { type FieldAccess } from "../fieldAccess.ts";
import { type CompileContext } from "./context.ts";
import { isSeveral, readerOf } from "./fields.ts";
import { type TextSearch } from "./freeText.ts";
import { type ValueTest } from "./plan.ts";

export type ReasonReader = (document: JsonObject) => string | undefined;

/** A field of which a leaf asks. */
export interface Subject {
  readonly name: string;
  readonly read: FieldAccess;
  readonly test: ValueTest;
  /** Why it can have no value. */
  readonly note: string | undefined;
}

/** More fields than this are not listed one by one. */
const MOST_SUBJECTS = 3;

export function valueReason(
  subjects: readonly Subject[],
  literals: readonly KqlLiteral[],
  truthOf: (document: JsonObject) => boolean,
): ReasonReader {
  const [only] = subjects;
  if (only !== undefined && subjects.length === 1) return (document) => sentence(only, literals, document);
  return (document) => {
    const present = subjects.filter(({ read }) => read(document) !== null);
    const told = truthOf(document)
      ? present.filter(({ read, test }) => accepts(read(document), test))
      : present;
    if (told.length === 0)
      return subjects.length === 0 ? "no field fits the pattern" : "none of the fields has a value";
    const shown = told
      .slice(0, MOST_SUBJECTS)
      .map((subject) => `\`${subject.name}\` ${sentence(subject, literals, document)}`);
    const rest = told.length - shown.length;
    return rest === 0 ? shown.join("; ") : `${shown.join("; ")} and ${rest} more`;
  };
}

function sentence(
  { name, read, test, note }: Subject,
  literals: readonly KqlLiteral[],
  document: JsonObject,
): string {
  if (note !== undefined) return `\`${name}\` is ${note}`;
  const values = read(document);
  if (values === null) return `\`${name}\` is absent`;
  if (!isSeveral(values)) {
    const hint = test(values) ? "" : caseHint(values, literals);
    return `was ${quoted(values)}${hint}`;
  }
  const accepted = values.find(test);
  if (accepted !== undefined) return `${quoted(accepted)}, one of ${values.length} values, fits`;
  return `${values.length} values, none fits: ${quotedList(values)}`;
}

function accepts(values: ReturnType<FieldAccess>, test: ValueTest): boolean {
  if (values === null) return false;
  return isSeveral(values) ? values.some(test) : test(values);
}

function caseHint(value: string | number | boolean, literals: readonly KqlLiteral[]): string {
  if (typeof value !== "string") return "";
  const lower = value.toLowerCase();
  const isNear = literals.some(({ type, text }) => type === "string" && text.toLowerCase() === lower);
  return isNear ? ", where only the case differs" : "";
}

export function existenceReason(
  { options, path }: CompileContext,
  targets: readonly FieldTarget[],
  truthOf: (document: JsonObject) => boolean,
): ReasonReader {
  const [only] = targets;
  if (only === undefined || targets.length !== 1) return () => undefined;
  const read = readerOf(options.types, only, path);
  return (document) => {
    const values = read(document);
    if (values !== null && !isSeveral(values)) return `was ${quoted(values)}`;
    if (values !== null) return `${values.length} values: ${quotedList(values)}`;
    return truthOf(document) ? undefined : `\`${only.name}\` is absent`;
  };
}

export function foundReason(search: TextSearch): ReasonReader {
  return (document) => {
    const leaf = search(document);
    return leaf === undefined ? "in no field" : `\`${leaf.name}\` was ${quoted(leaf.value)}`;
  };
}

export function nestedReason(
  path: string,
  objects: readonly JsonObject[],
  inner: Clause,
  holds: (object: JsonObject) => boolean,
  nearest: (objects: readonly JsonObject[], clause: Clause) => JsonObject | undefined,
): string {
  const counted = objects.length === 1 ? "1 object" : `${objects.length} objects`;
  const first = objects.findIndex(holds);
  if (0 <= first) return objects.length === 1 ? counted : `the object at ${first + 1} of ${objects.length}`;
  const object = nearest(objects, inner);
  if (object === undefined) return `\`${path}\` is absent`;
  const failing = failingClauses(explained("", inner, object));
  const reasons = failing
    .slice(0, MOST_SUBJECTS)
    .flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  const told = reasons.length === 0 ? "" : `: ${shortened(reasons.join("; "), LONGEST)}`;
  return `${counted}, none of which fits${told}`;
}

const LONGEST = 120;
