/** What a hover says of a field: its type, what it is for, which schemas have it, and how sure we are. */
import { listed } from "../base/listed.ts";
import { type FieldDoc, type FieldDocs, type FieldInfo } from "../knowledge/fields.ts";
import { type FieldAnswer, type FieldScope, type PartIndex, type Target } from "../knowledge/scope.ts";
import { codeBlock, escaped, inlineCode, paragraphs } from "./markdown.ts";

export interface FieldContext {
  readonly scope: FieldScope;
  readonly part: PartIndex;
  /** Descriptions; undefined while they are not loaded. */
  readonly docs: FieldDocs | undefined;
  /** How many rules of the workspace read a field; undefined while that is not counted. */
  readonly useCount: ((name: string) => number) | undefined;
}

export function fieldMarkdown(name: string, context: FieldContext): string {
  const { scope, part, docs } = context;
  const field = scope.catalog.get(name);
  const answer = scope.answer(name, part);
  const doc = docs?.get(field?.multiFieldOf ?? name);
  return paragraphs(
    codeBlock("text", signature(name, answer, context)),
    verdict(name, answer, context),
    field?.multiFieldOf === undefined ? undefined : `Another index of ${inlineCode(field.multiFieldOf)}.`,
    doc && escapedParagraphs(doc.description),
    field && allowedValues(field, doc?.values),
    doc?.example === undefined ? undefined : `Example: ${inlineCode(doc.example)}`,
    facts(name, context),
    source(answer, field, scope, doc),
  );
}

function signature(name: string, answer: FieldAnswer, { scope }: FieldContext): string {
  const field = scope.catalog.get(name);
  const type = typeOf(name, answer, scope) ?? field?.type;
  return type === undefined ? name : `${name}: ${type}${field?.isList === true ? "[]" : ""}`;
}

function typeOf(name: string, answer: FieldAnswer, scope: FieldScope): string | undefined {
  if (answer.kind === "known") return answer.type;
  const first = answer.kind === "unknown" ? answer.knownIn[0] : undefined;
  return first && scope.typeIn(first, name)?.type;
}

/** Nothing is said of a field that is known for sure. */
function verdict(name: string, answer: FieldAnswer, { scope }: FieldContext): string | undefined {
  switch (answer.kind) {
    case "known":
      return answer.type === undefined
        ? `A name below ${inlineCode(answer.source)}, where names are free.`
        : undefined;
    case "unverified":
      return `Not a field of ${scope.catalog.source}, so it is not verified here.`;
    case "unknown":
      return unknownText(name, answer, scope);
  }
}

function unknownText(name: string, answer: FieldAnswer & { kind: "unknown" }, scope: FieldScope): string {
  const { missingIn, knownIn, reason } = answer;
  if (reason === "object") return "**An object**: only the fields below it have values.";
  const [nearest] = scope.closest(name, 1);
  const hint = nearest === undefined ? "" : ` Did you mean ${inlineCode(nearest.name)}?`;
  if (missingIn.length === 0) return `**Probably unknown**: no schema here has it.${hint}`;
  if (knownIn.length === 0) return `**Unknown**: not in ${labels(missingIn)}.${hint}`;
  return `**Not everywhere**: in ${labels(knownIn)}, but not in ${labels(missingIn)}.`;
}

const MOST_LABELS = 4;

function labels(targets: readonly Target[]): string {
  const all = [...new Set(targets.map(({ label }) => label))];
  const shown = all.slice(0, MOST_LABELS).map(escaped);
  const left = all.length - shown.length;
  return listed(left === 0 ? shown : [...shown, `${left} more`], "and");
}

function facts(name: string, context: FieldContext): string {
  const lines = [...indexesOf(name, context), ...placesOf(name, context), useLine(name, context)];
  return lines
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join("\n");
}

function indexesOf(name: string, { scope }: FieldContext): readonly string[] {
  const found = [...scope.catalog.startingWith(`${name}.`)].filter(
    ({ multiFieldOf }) => multiFieldOf === name,
  );
  if (found.length === 0) return [];
  const shown = found.map((field) => `${inlineCode(field.name)} (${field.type})`);
  return [`Also indexed as ${listed(shown, "and")}`];
}

/** Stacks and packages as far as schemas are loaded, else the data sources that our tables name. */
function placesOf(name: string, { scope, part }: FieldContext): readonly string[] {
  const having = scope.targets(part).filter((target) => scope.typeIn(target, name) !== undefined);
  const sets = scope.vendorFields?.get(name)?.sets ?? scope.vendorFields?.openAbove(name)?.sets ?? [];
  if (having.length === 0) return sets.length === 0 ? [] : [`Of ${escaped(some(sets))}`];
  const stacks = [...new Set(having.map(({ stack }) => stack))];
  const newest = having.at(-1);
  const schemas = newest?.schemas.filter((schema) => schema.typeOf(name) !== undefined) ?? [];
  const types = new Set(having.map((target) => scope.typeIn(target, name)?.type ?? ""));
  return [
    `Stacks: ${escaped(stacks.join(", "))}`,
    ...(schemas.length === 0 ? [] : [`Schemas: ${escaped(some(schemas.map((schema) => schema.name)))}`]),
    ...(types.size < 2 ? [] : [`Types: ${escaped([...types].join(", "))}`]),
  ];
}

const MOST_SETS = 6;

function some(names: readonly string[]): string {
  const all = [...new Set(names)];
  const left = all.length - MOST_SETS;
  return left <= 0 ? all.join(", ") : `${all.slice(0, MOST_SETS).join(", ")} and ${left} more`;
}

function useLine(name: string, { useCount }: FieldContext): string | undefined {
  const count = useCount?.(name) ?? 0;
  if (count === 0) return undefined;
  return `Read by ${count} ${count === 1 ? "rule" : "rules"} of the workspace`;
}

function source(
  answer: FieldAnswer,
  field: FieldInfo | undefined,
  { catalog }: FieldScope,
  doc: FieldDoc | undefined,
): string | undefined {
  const level = doc === undefined ? "" : `, ${doc.level} field`;
  if (field !== undefined) return `*${escaped(catalog.source)}${level}*`;
  return answer.kind === "known" && answer.type !== undefined ? `*${escaped(answer.source)}*` : undefined;
}

function escapedParagraphs(text: string): string {
  return text.split(/\n+/).map(escaped).join("\n\n");
}

function allowedValues(
  field: FieldInfo,
  values: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (field.allowedValues.length === 0) return undefined;
  const lines = field.allowedValues.map((value) => {
    const meaning = firstSentence(values?.get(value) ?? "");
    return `- ${inlineCode(value)}${meaning === "" ? "" : `: ${escaped(meaning)}`}`;
  });
  return `Allowed values:\n${lines.join("\n")}`;
}

function firstSentence(text: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll("\n", " ");
}
