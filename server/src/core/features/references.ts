/** Which rules name a subject, by the index alone, and where each of them does. */
import { lazy } from "../base/lazy.ts";
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { type RuleDocument } from "../rule/model.ts";
import { readRule } from "../rule/read.ts";
import { exceptionListIds, type RuleSummary } from "../rule/summary.ts";
import { occurrences } from "../text/occurrences.ts";
import { type Span, spanOf } from "../text/span.ts";
import { readToml } from "../toml/read.ts";
import { contentOf, placeholderPlaces, type Subject } from "./definitionSubject.ts";

/** In the order of their paths; none for what is of one file alone. */
export function rulesNaming(subject: Subject, index: WorkspaceIndex): readonly RuleSummary[] {
  const names = namesRule(subject, index);
  return [...index.rules()].filter(names).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function namesRule(subject: Subject, index: WorkspaceIndex): (rule: RuleSummary) => boolean {
  switch (subject.kind) {
    case "rule": {
      const { id } = subject;
      const names = [...index.rules()].flatMap((rule) => (hasId(rule, id) ? (rule.name?.value ?? []) : []));
      const isMentioned = (text: string): boolean => text === id || names.includes(text);
      return (rule) => hasId(rule, id) || rule.references.includes(id) || rule.mentions.some(isMentioned);
    }
    case "field":
      return ({ fields }) => Object.hasOwn(fields, subject.name);
    case "technique":
      return ({ techniques }) => techniques.includes(subject.id);
    case "tag":
      return ({ tags }) => tags.includes(subject.tag);
    case "exception-list":
      return ({ exceptionLists }) => exceptionLists.includes(subject.id);
    case "placeholder":
      return () => false;
  }
}

/** `id` in lower case. */
export function hasId(rule: RuleSummary, id: string): boolean {
  return rule.id?.value.toLowerCase() === id;
}

/** A rule's file as it is now. */
export interface RuleText {
  readonly text: string;
  readonly summary: RuleSummary;
  rule(): RuleDocument;
}

export function ruleTextOf(text: string, summary: RuleSummary): RuleText {
  return { text, summary, rule: lazy(() => readRule(readToml(text))) };
}

/** `name`: of the rule that is asked for. */
export function placesIn(subject: Subject, name: string | undefined, file: RuleText): readonly Span[] {
  switch (subject.kind) {
    case "rule":
      return rulePlaces(subject.id, name, file);
    case "field":
      return fieldPlaces(subject.name, file);
    case "technique":
      return techniquePlaces(subject.id, file.text);
    case "tag":
      return tagPlaces(subject.tag, file);
    case "exception-list":
      return exceptionListIds(file.rule()).flatMap((id) => (id.value === subject.id ? [contentOf(id)] : []));
    case "placeholder":
      return placeholderPlaces(file.rule()).flatMap((one) => (one.name === subject.name ? [one.span] : []));
  }
}

/** An id reads the same wherever it stands. A name is looked for where it stands as a list item. */
function rulePlaces(id: string, name: string | undefined, { text, summary }: RuleText): readonly Span[] {
  const ids = occurrences(text.toLowerCase(), id);
  if (name === undefined || hasId(summary, id) || !summary.mentions.includes(name)) return ids;
  // Where the id stands beside the name, one of them is enough.
  const names = occurrences(text, name).filter(({ end }) => !ids.some(({ start }) => start - end === 3));
  return [...ids, ...names].sort((a, b) => a.start - b.start);
}

/** Many rules name a technique: looking at the text alone is a hundred times faster than reading it as TOML. */
function techniquePlaces(id: string, text: string): readonly Span[] {
  return occurrences(text, id).filter(({ start, end }) => {
    const before = text.slice(Math.max(text.lastIndexOf("\n", start) + 1, start - LONGEST_BEFORE), start);
    return /^[^#]*\bid\s*=\s*["']$/.test(before) && /["']/.test(text.charAt(end));
  });
}

/** Of a line, so that one of a megabyte with nothing but ids is no trouble. */
const LONGEST_BEFORE = 300;

/** As a query may write a field in parts, the name need not stand there as it is. */
function fieldPlaces(name: string, { text, summary }: RuleText): readonly Span[] {
  const places = Object.hasOwn(summary.fields, name) ? (summary.fields[name] ?? []) : [];
  return places.map((place) => {
    const start = /[?`]/.test(text.charAt(place)) ? place + 1 : place;
    const written = /^[\w.@`-]+/.exec(text.slice(start, start + LONGEST_FIELD))?.[0] ?? name;
    return spanOf(start, start + (text.startsWith(name, start) ? name : written).length);
  });
}

const LONGEST_FIELD = 300;

/** Hundreds of rules have a tag: where the text alone tells where it stands, the rule is not read. */
function tagPlaces(tag: string, file: RuleText): readonly Span[] {
  return tagsInText(tag, file) ?? tagsInRule(tag, file.rule());
}

/** Undefined if the list of tags is not plain to see, or holds the tag another number of times than the index knows. */
function tagsInText(tag: string, { text, summary }: RuleText): readonly Span[] | undefined {
  const [only, ...others] = text.matchAll(/tags["']?[ \t]*=/g);
  if (only === undefined || 0 < others.length) return undefined;
  const list = /^\s*\[[^\]]*\]/.exec(text.slice(only.index + only[0].length, only.index + LONGEST_TAGS))?.[0];
  const isAtLineStart = only.index === 0 || text.charAt(only.index - 1) === "\n";
  if (list === undefined || !isAtLineStart || list.includes("#")) return undefined;
  const from = only.index + only[0].length;
  const found = occurrences(text.slice(0, from + list.length), tag)
    .filter(({ start, end }) => from <= start && isQuoted(text, start, end))
    .map(({ start, end }) => spanOf(start - 1, end + 1));
  return found.length === summary.tags.filter((one) => one === tag).length ? found : undefined;
}

const LONGEST_TAGS = 10_000;

function isQuoted(text: string, start: number, end: number): boolean {
  const quote = text.charAt(start - 1);
  // Three of them begin another form of text.
  const isOne = text.charAt(start - 2) !== quote;
  return (quote === '"' || quote === "'") && isOne && text.charAt(end) === quote;
}

function tagsInRule(tag: string, { rule }: RuleDocument): readonly Span[] {
  const value = rule?.byName.get("tags")?.value;
  const items = value?.kind === "array" ? value.items : [];
  return items.flatMap((item) => (item.kind === "string" && item.value === tag ? [item.span] : []));
}
