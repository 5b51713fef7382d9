/** What is said in files of sample events and in manifests while they are open: findings, fixes, hovers, completions. */
import { type CancellationToken } from "vscode-languageserver";
import { type CheckConfig } from "../../core/analysis/config.ts";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { testFileDiagnostics } from "../../core/analysis/testFile.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { languageSupport } from "../../core/query/languages.ts";
import { type RuleDocument } from "../../core/rule/model.ts";
import { type CaseProblem, fileProblem } from "../../core/testing/cases/problem.ts";
import { scrubFixes, timeFix } from "../../core/testing/eventFixes.ts";
import { eventsFindings, type EventsFinding } from "../../core/testing/findings.ts";
import { ruleSettings } from "../../core/testing/run/settings.ts";
import { type SampleEvents } from "../../core/testing/sampleEvents.ts";
import { type Fix } from "../../core/text/edit.ts";
import { type LineIndex, lineIndexOf } from "../../core/text/lineIndex.ts";
import { lazy } from "../../core/base/lazy.ts";
import { sourceOf } from "./events.ts";
import { namedIn } from "./makeEvents.ts";
import { cancelled, type TestFile, type TestService } from "./testService.ts";

export type TestDocumentKind = "events" | "manifest";

/** By its name: rules and other documents are none. */
export function testDocumentKind(uri: string): TestDocumentKind | undefined {
  if (/\.(?:ndjson|jsonl)$/.test(uri)) return "events";
  return /\.test\.ya?ml$/.test(uri) ? "manifest" : undefined;
}

/** A version of a document, with what is said of it. */
export interface TestDocument {
  readonly text: string;
  readonly version: number;
  readonly lines: () => LineIndex;
  readonly file: TestFile;
  /** None of a manifest. */
  readonly events: SampleEvents;
  readonly diagnostics: readonly Diagnostic[];
}

const NO_EVENTS: SampleEvents = { events: [], problems: [], refusal: undefined };

interface Judged {
  readonly rule: TestFile["rule"];
  readonly types: FieldTypes;
  readonly findings: readonly EventsFinding[];
}

export class TestDocuments {
  readonly #service: TestService;
  readonly #configFor: (uri: string) => Promise<CheckConfig>;
  /** An events file is looked through once for as long as it, its rule and what is known are the same. */
  readonly #judged = new WeakMap<SampleEvents, Judged>();

  constructor(service: TestService, configFor: (uri: string) => Promise<CheckConfig>) {
    this.#service = service;
    this.#configFor = configFor;
  }

  /** Undefined for what is not open, or not on a disk. Throws if it was cancelled or changes meanwhile. */
  async look(uri: string, token: CancellationToken): Promise<TestDocument | undefined> {
    const config = await this.#configFor(uri);
    const open = this.#service.places.openText(uri);
    const file = await this.#service.file(uri, token);
    if (open === undefined || file === undefined) return undefined;
    const text = open.getText();
    const { version } = open;
    const isEvents = testDocumentKind(uri) === "events";
    const events = isEvents ? await this.#service.cachedEvents(file.path, file.options) : NO_EVENTS;
    const findings = events && isEvents ? await this.#findingsIn(text, events, file) : [];
    if (events === undefined || findings === undefined) throw cancelled();
    const problems = isEvents ? eventsProblems(file, events) : manifestProblems(file);
    const diagnostics = testFileDiagnostics(text, { findings, problems }, config);
    return { text, version, lines: lazy(() => lineIndexOf(text)), file, events, diagnostics };
  }

  async #findingsIn(
    text: string,
    events: SampleEvents,
    { path, rule, types, options, cases }: TestFile,
  ): Promise<readonly EventsFinding[] | undefined> {
    const known = this.#judged.get(events);
    if (known?.rule === rule && known?.types === types) return known.findings;
    // History and indicators are not what the query asks.
    const isAsked = cases.some(({ testCase }) => sourceOf(testCase)?.path === path);
    const findings = await options.drive(
      eventsFindings(text, events, {
        types,
        timestampField: rule === undefined ? "@timestamp" : ruleSettings(rule.rule).timestampField,
        fields: rule === undefined || !isAsked ? [] : fieldsRead(rule.rule),
      }),
    );
    if (findings !== undefined) this.#judged.set(events, { rule, types, findings });
    return findings;
  }
}

/** By the main query. */
function fieldsRead(rule: RuleDocument): readonly { readonly name: string; readonly optional: boolean }[] {
  const query = rule.queries.find(({ role }) => role === "query");
  const support = query && languageSupport(query.language);
  return query && support ? support.facts(support.parse(query.text)).fields : [];
}

function eventsProblems(
  { path, cases, problems }: TestFile,
  { events, problems: broken }: SampleEvents,
): readonly CaseProblem[] {
  const isAsserted = cases.some(
    ({ testCase }) => testCase.origin.path === path && testCase.expect !== "events",
  );
  const isEmpty = events.length === 0 && broken.length === 0 && isAsserted;
  return isEmpty ? [...problems, fileProblem(path, "empty", "The case has no events")] : problems;
}

/** With what is found only once the events of the cases are read. */
function manifestProblems({ path, cases, problems }: TestFile): readonly CaseProblem[] {
  const found = cases.flatMap(({ inputs }) =>
    inputs.ok || inputs.error.path !== path ? [] : [inputs.error],
  );
  return [...problems, ...found];
}

/** What can be done about a diagnostic of the document. */
export function fixesFor(document: TestDocument, diagnostic: Diagnostic): readonly Fix[] {
  const { text, events, file } = document;
  const { check, span, fixes } = diagnostic;
  const keep = file.rule === undefined ? new Set<string>() : namedIn(file.rule.rule);
  const options = { keep, salt: file.root };
  switch (check) {
    case "events/secret":
      return scrubFixes(text, events.events, span, "secret", options);
    case "events/personal-data":
      return scrubFixes(text, events.events, span, "personal", options);
    case "events/missing-time": {
      const field = file.rule === undefined ? "@timestamp" : ruleSettings(file.rule.rule).timestampField;
      const fix = timeFix(text, events.events, field);
      return fix === undefined ? [] : [fix];
    }
    default:
      return fixes;
  }
}
