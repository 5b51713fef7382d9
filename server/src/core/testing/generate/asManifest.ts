/** Samples that need more than their events, as cases of a manifest. */
import { type JsonObject } from "../../engine/event.ts";
import { memberOf } from "../json/model.ts";
import { readYaml } from "../cases/yaml.ts";
import { type GeneratedSample } from "../generate.ts";

export const MANIFEST_HEADER = "cases:\n";

/** Whether a file of events alone says what the sample is about. */
export function needsManifest({ history, indicators }: GeneratedSample): boolean {
  return history !== undefined || indicators !== undefined;
}

/** The lines of one case; `indent` is what stands before its dash. JSON is YAML, too. */
export function asManifestCase(sample: GeneratedSample, indent: string): string {
  const { name, expect, events, history, indicators } = sample;
  const lines = [
    `- name: ${JSON.stringify(name)}`,
    `  expect: ${expect}`,
    ...listed("events", events),
    ...(history === undefined ? [] : listed("history", history)),
    ...(indicators === undefined ? [] : listed("indicators", indicators)),
  ];
  return lines.map((line) => `${indent}${line}\n`).join("");
}

function listed(key: string, events: readonly JsonObject[]): readonly string[] {
  if (events.length === 0) return [`  ${key}: []`];
  return [`  ${key}:`, ...events.map((event) => `    - ${JSON.stringify(event)}`)];
}

/** What stands before the dashes of a manifest's cases; undefined where no case can be added at its end. */
export function indentOfCases(text: string): string | undefined {
  const { node, problems } = readYaml(text);
  const last = node.kind === "object" ? node.members.at(-1) : undefined;
  if (problems.length !== 0 || node.kind !== "object" || last === undefined) return undefined;
  if (last !== memberOf(node, "cases") || last.value.kind !== "array") return undefined;
  const item = last.value.items.at(-1);
  if (item === undefined) return undefined;
  const lineStart = text.lastIndexOf("\n", item.span.start - 1) + 1;
  return /^( *)- +$/.exec(text.slice(lineStart, item.span.start))?.[1];
}
