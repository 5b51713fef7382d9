/** What can be written at a place of a test manifest: keys, choices, cases to start from, files of events. */
import { MANIFEST_KEYS, type ManifestKey, type ManifestSection } from "../testing/cases/manifestKeys.ts";
import { type ManifestPlace, manifestPlaceAt } from "../testing/cases/manifestPlace.ts";
import { type Snippet, tabStop } from "../text/snippet.ts";
import { type Span } from "../text/span.ts";
import { type CompletionItem, type CompletionList, completionItem, NOTHING } from "./completionItem.ts";

export interface ManifestSources {
  /** Names of files of events that stand beside the manifest. */
  readonly files: readonly string[];
}

export function manifestCompletions(text: string, offset: number, sources: ManifestSources): CompletionList {
  const place = manifestPlaceAt(text, offset);
  if (place === undefined) return NOTHING;
  return { items: itemsAt(text, place, sources), isIncomplete: false };
}

function itemsAt(text: string, place: ManifestPlace, sources: ManifestSources): readonly CompletionItem[] {
  switch (place.kind) {
    case "key":
      return MANIFEST_KEYS[place.section]
        .filter(({ name }) => !place.written.has(name))
        .map((key) => keyItem(key, place.span));
    case "item": {
      const [first] = firstKeys(place.section);
      const snippet: Snippet = ["- ", ...(first === undefined ? [] : [`${first.name}: `, tabStop(0)])];
      const label = `- ${first?.name ?? ""}`;
      return [completionItem({ label, kind: "table", span: place.span, snippet, filter: label })];
    }
    case "value":
      return valuesOf(text, place.key, sources).map((value) =>
        completionItem({ label: value, kind: "value", span: place.span, snippet: [value], filter: value }),
      );
  }
}

/** The required ones first. */
function firstKeys(section: ManifestSection): readonly ManifestKey[] {
  return MANIFEST_KEYS[section].toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

function keyItem(key: ManifestKey, span: Span): CompletionItem {
  const { name } = key;
  return completionItem({
    label: name,
    kind: "key",
    detail: manifestTypeText(key),
    span,
    snippet: [`${name}:`, ...openingOf(key)],
    filter: name,
  });
}

/** What comes after the colon: lists and tables begin on the next line. */
function openingOf({ type }: ManifestKey): Snippet {
  switch (type.kind) {
    case "list":
      return [`\n  - ${firstKeys(type.section)[0]?.name ?? ""}: `, tabStop(0)];
    case "table":
      return ["\n  ", tabStop(0)];
    case "choice":
      return [" ", tabStop(1, ...type.values)];
    case "fields":
      return [" { ", tabStop(0), " }"];
    default:
      return [" ", tabStop(0)];
  }
}

export function manifestTypeText({ type }: ManifestKey): string {
  switch (type.kind) {
    case "choice":
      return type.values.join(" | ");
    case "count":
      return "whole number";
    case "boolean":
      return "true | false";
    case "time":
      return "time";
    case "events":
      return "file | list of events";
    case "alerts":
      return "whole number | at_least, at_most";
    case "fields":
      return "fields with values";
    case "names":
      return "names of fields";
    case "table":
      return "table";
    case "list":
      return "list";
    case "text":
      return "text";
  }
}

function valuesOf(text: string, { name, type }: ManifestKey, { files }: ManifestSources): readonly string[] {
  if (type.kind === "choice") return type.values;
  if (type.kind === "boolean") return ["true", "false"];
  if (type.kind === "events") return files;
  return name === "base" ? caseNames(text) : [];
}

/** As they are written, so that quotes come along. */
function caseNames(text: string): readonly string[] {
  const names = [...text.matchAll(/^ *(?:- +)?name: +(\S.*?)\s*$/gm)].map(([, name = ""]) => name);
  return [...new Set(names)];
}
