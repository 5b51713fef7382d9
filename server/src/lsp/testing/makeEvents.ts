/** Events out of a query, and events out of whatever text somebody has. */
import { type CancellationToken } from "vscode-languageserver";
import { newManifestPath, newTestPath } from "../../core/testing/cases.ts";
import { type GeneratedSample, generateSamples } from "../../core/testing/generate.ts";
import {
  asManifestCase,
  indentOfCases,
  MANIFEST_HEADER,
  needsManifest,
} from "../../core/testing/generate/asManifest.ts";
import { asNdjson } from "../../core/testing/generate/asSamples.ts";
import { languageSupport } from "../../core/query/languages.ts";
import { type RuleDocument } from "../../core/rule/model.ts";
import { readSampleEvents, type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { keptIn, pseudonymsFor, scrubbedDocument } from "../../core/testing/scrub.ts";
import {
  type EventsText,
  type GeneratedEvents,
  type GeneratedFile,
  type NormalisedEvents,
} from "../protocol.ts";
import { cancelled, type OneRule, type TestService } from "./testService.ts";

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
  const refused = notMade.map(({ name, reason }) => `${name}: ${reason}`);
  const samples = [match, ...nearMisses];
  if (samples.some(needsManifest)) return manifestCases(service, one, samples, refused);
  const taken = new Set<string>();
  const files = samples.map((sample): GeneratedFile => {
    const label = sample === match ? "" : labelFor(sample.name, taken);
    const path = newTestPath(one.rule.path, sample.expect, label);
    const { name, expect, events } = sample;
    return { uri: service.places.uriOf(one.root, path), name, expect, text: asNdjson(events), header: "" };
  });
  return { ok: true, files, refused };
}

/** Each sample as a case at the end of the rule's manifest. */
function manifestCases(
  service: TestService,
  { root, rule, manifests }: OneRule,
  samples: readonly GeneratedSample[],
  refused: readonly string[],
): GeneratedEvents {
  const path = newManifestPath(rule.path);
  const text = manifests.get(path);
  const indent = text === undefined ? "  " : indentOfCases(text);
  if (indent === undefined) return { ok: false, message: `No case can be added at the end of ${path}` };
  const uri = service.places.uriOf(root, path);
  const files = samples.map((sample): GeneratedFile => {
    const { name, expect } = sample;
    return { uri, name, expect, text: asManifestCase(sample, indent), header: MANIFEST_HEADER };
  });
  return { ok: true, files, refused };
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
  const options = { keep: namedIn(one.rule.rule), salt: one.root };
  const pseudonyms = scrub ? pseudonymsFor(documents, options) : undefined;
  const written = pseudonyms
    ? documents.map((document) => scrubbedDocument(document, pseudonyms))
    : documents;
  const lines = asNdjson(written);
  return {
    ok: true,
    lines,
    count: written.length,
    kept: scrub ? keptIn(documents, options) : [],
    changesVerdict: scrub && (await isVerdictChanged(one, read.events, lines)),
    problems: read.problems.map(({ line, message }) => `line ${line}: ${message}`),
    uri: service.places.uriOf(one.root, newTestPath(one.rule.path, "events")),
  };
}

/** A query may ask for names by a pattern, and a rule may count them. */
async function isVerdictChanged(
  one: OneRule,
  before: readonly SampleEvent[],
  lines: string,
): Promise<boolean> {
  const { prepared, options } = one;
  if (!prepared.ok) return false;
  const after = await options.drive(readSampleEvents(lines));
  if (after === undefined) throw cancelled();
  const verdicts: string[] = [];
  for (const events of [before, after.events]) {
    const inputs = { events, history: [], indicators: [], now: undefined, index: undefined };
    const result = await options.drive(prepared.value.run(inputs));
    if (result === undefined) throw cancelled();
    const alerts = result.ok ? result.value.alerts : [];
    // By the places of the events, as their lines are others.
    verdicts.push(
      JSON.stringify(
        alerts.map((alert) => alert.events.map((event) => (event === null ? null : events.indexOf(event)))),
      ),
    );
  }
  return verdicts[0] !== verdicts[1];
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
