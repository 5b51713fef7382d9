/** Events out of a query, and events out of whatever text somebody has. */
import { type CancellationToken } from "vscode-languageserver";
import { newTestPath } from "../../core/testing/cases.ts";
import { generateSamples } from "../../core/testing/generate.ts";
import { type JsonObject } from "../../core/engine/event.ts";
import { languageSupport } from "../../core/query/languages.ts";
import { type RuleDocument } from "../../core/rule/model.ts";
import { readSampleEvents } from "../../core/testing/sampleEvents.ts";
import { pseudonymsFor, scrubbedDocument } from "../../core/testing/scrub.ts";
import {
  type EventsText,
  type GeneratedEvents,
  type GeneratedFile,
  type NormalisedEvents,
} from "../protocol.ts";
import { cancelled, type TestService } from "./testService.ts";

export async function generateEvents(
  service: TestService,
  uri: string,
  token: CancellationToken,
): Promise<GeneratedEvents> {
  const one = await service.rule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return { ok: false, message: "This is no rule on the disk" };
  const work = generateSamples(one.rule.rule, { types: one.types });
  const generated = await one.options.drive(work);
  if (generated === undefined) throw cancelled();
  if (!generated.ok) return { ok: false, message: generated.error.reason };
  const { match, nearMisses, notMade } = generated.value;
  const taken = new Set<string>();
  const files = [match, ...nearMisses].map((sample): GeneratedFile => {
    const label = sample === match ? "" : labelFor(sample.name, taken);
    const path = newTestPath(one.rule.path, sample.expect, label);
    return {
      uri: service.uriOf(one.root, path),
      name: sample.name,
      expect: sample.expect,
      text: linesOf(sample.events),
    };
  });
  return { ok: true, files, refused: notMade.map(({ name, reason }) => `${name}: ${reason}`) };
}

const LONGEST_LABEL = 40;

/** A part of a file name: letters, digits and hyphens. */
function labelFor(name: string, taken: Set<string>): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, LONGEST_LABEL)
      .replace(/^-|-$/g, "") || "case";
  let label = base;
  for (let i = 2; taken.has(label); i++) label = `${base}-${i}`;
  taken.add(label);
  return label;
}

function linesOf(events: readonly JsonObject[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** What the rule asks for by name stays; each project has other pseudonyms. */
export async function normaliseEvents(
  service: TestService,
  { text, scrub, uri }: EventsText,
  token: CancellationToken,
): Promise<NormalisedEvents> {
  const one = await service.rule(uri, token);
  if (one === "stopped") throw cancelled();
  if (one === undefined) return { ok: false, message: "This is no rule on the disk" };
  const read = await one.options.drive(readSampleEvents(text));
  if (read === undefined) throw cancelled();
  if (read.refusal !== undefined) return { ok: false, message: read.refusal.message };
  const [firstProblem] = read.problems;
  if (read.events.length === 0)
    return { ok: false, message: firstProblem?.message ?? "The text holds no events" };
  const documents = read.events.map(({ document }) => document);
  const pseudonyms = pseudonymsFor(documents, { keep: namedIn(one.rule.rule), salt: one.root });
  const kept = scrub ? documents.map((document) => scrubbedDocument(document, pseudonyms)) : documents;
  return {
    ok: true,
    lines: linesOf(kept),
    count: kept.length,
    problems: read.problems.map(({ line, message }) => `line ${line}: ${message}`),
    uri: service.uriOf(one.root, newTestPath(one.rule.path, "events")),
  };
}

/** Texts that the rule asks for by name. */
export function namedIn(rule: RuleDocument): ReadonlySet<string> {
  const values = rule.queries.flatMap(({ language, text }) => {
    const support = languageSupport(language);
    return support === undefined
      ? []
      : support.facts(support.parse(text)).equalities.map(({ value }) => value);
  });
  return new Set(values);
}
