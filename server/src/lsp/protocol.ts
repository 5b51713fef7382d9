/** Our own messages, declared once. Types only, so that the client takes no server code with it. */
import { type MutationParams, type MutationResult } from "./protocolMutations.ts";

/** Requests from the client to the server, by method. */
export interface Requests {
  /** All checks, for a pick list. */
  "checks/list": { readonly params: undefined; readonly result: readonly CheckSummary[] };
  /** What the server runs on, for a bug report. */
  "server/info": { readonly params: undefined; readonly result: ServerInfo };
  /** The layers of what is known, for the status item's details. */
  "knowledge/list": { readonly params: undefined; readonly result: readonly KnowledgeLayer[] };
  /** Fetches schemas; cancelled by the request's token, progress by `workDoneToken`. Only ever sent by the user's command. */
  "knowledge/update": { readonly params: KnowledgeUpdate; readonly result: KnowledgeUpdateResult };
}

/** Requests about sample events and the tests that they are. */
export interface TestRequests {
  /** Rules with their cases: of all workspace folders, or of one rule. */
  "tests/list": { readonly params: { readonly uri: string | null }; readonly result: TestList };
  /** Runs cases of one rule: those named, or all. Cancelled by the request's token. */
  "tests/run": { readonly params: TestRun; readonly result: TestRunResult };
  /** What the sample events say of an open rule, clause by clause. */
  "tests/inline": { readonly params: InlineRequest; readonly result: InlineResult | null };
  /** One event against a rule, as a page in Markdown. */
  "events/explain": { readonly params: EventChoice; readonly result: string | null };
  /** Events made from the query: each has the verdict that its file name promises. */
  "events/generate": { readonly params: { readonly uri: string }; readonly result: GeneratedEvents };
  /** Any text that holds events as lines of NDJSON. */
  "events/normalise": { readonly params: EventsText; readonly result: NormalisedEvents };
  /** Rules of the workspace that alert on the event of a line. */
  "events/whoFires": {
    readonly params: { readonly uri: string; readonly line: number };
    readonly result: WhoFires;
  };
  /** Which small changes of a rule's query no test notices. Cancelled by the request's token; null: no rule. */
  "tests/mutate": { readonly params: MutationParams; readonly result: MutationResult | null };
}

export interface TestList {
  readonly rules: readonly TestedRule[];
  readonly problems: readonly TestFileProblem[];
}

export interface TestedRule {
  readonly uri: string;
  /** The rule's name, else that of its file. */
  readonly name: string;
  /** Zero-based line of the query. */
  readonly line: number;
  readonly cases: readonly TestCaseItem[];
}

export interface TestCaseItem {
  readonly id: string;
  readonly name: string;
  /** Where the case is written. */
  readonly uri: string;
  readonly line: number;
  readonly isTodo: boolean;
  readonly isScratch: boolean;
}

export interface TestFileProblem {
  readonly uri: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  readonly range: TextRange;
}

/** Zero-based; characters are UTF-16 units. */
export interface TextRange {
  readonly start: TextPlace;
  readonly end: TextPlace;
}

export interface TextPlace {
  readonly line: number;
  readonly character: number;
}

export interface TestRun {
  readonly uri: string;
  /** Null: all cases of the rule. */
  readonly cases: readonly string[] | null;
  readonly withCoverage: boolean;
}

export interface TestRunResult {
  readonly reports: readonly TestCaseReport[];
  readonly coverage: readonly CoveredClause[];
}

export interface TestCaseReport {
  readonly id: string;
  readonly outcome: "passed" | "failed" | "unsupported" | "todo" | "error" | "scratch";
  /** One sentence; null for what passed. */
  readonly message: string | null;
  readonly expected: string;
  readonly actual: string;
  readonly eventCount: number;
  readonly alertCount: number;
  /** The part of the rule that decided it. */
  readonly range: TextRange | null;
  /** In Markdown: the events that decided it, and why. */
  readonly detail: string;
  readonly milliseconds: number;
}

export interface CoveredClause {
  readonly range: TextRange;
  /** Zero: no event of a test exercises it. */
  readonly count: number;
  readonly text: string;
}

export interface InlineRequest {
  readonly uri: string;
  /** The event that explains itself; null: none. */
  readonly event: EventRef | null;
}

/** An event by the file that it stands in, and its line there, counted from 1. */
export interface EventRef {
  readonly uri: string;
  readonly line: number;
  /** The case whose patches changed the event, by its id; absent: the event is as it stands in the file. */
  readonly patchedBy?: string | undefined;
}

export interface InlineResult {
  readonly version: number;
  readonly summary: InlineSummary;
  readonly clauses: readonly InlineClause[];
  /** Events to choose from. */
  readonly events: readonly EventItem[];
}

export interface InlineSummary {
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
  readonly todo: number;
  readonly scratchAlerts: number;
  readonly scratchEvents: number;
  /** Of a sequence: what became of it, in one line. */
  readonly series: string | null;
  /** Why nothing can be run. */
  readonly problem: string | null;
}

export interface InlineClause {
  /** Zero-based line after whose text it is shown. */
  readonly line: number;
  /** Whether it counts events, or says what became of a sequence. */
  readonly about: "events" | "series";
  /** All of it: "8/12 events", and what the chosen event has. */
  readonly text: string;
  /** Of this, what does not speak of the chosen event; the whole, of a sequence. */
  readonly count: string;
  /** Of this, what speaks of the chosen event; null: nothing does. */
  readonly verdict: string | null;
  /** `rejected`: the chosen event fails here. */
  readonly state: "neutral" | "rejected" | "matched";
  readonly range: TextRange;
  /** Markdown. */
  readonly hover: string;
}

export interface EventItem extends EventRef {
  readonly label: string;
  readonly detail: string;
  readonly alerts: boolean;
}

export interface EventChoice {
  readonly uri: string;
  readonly event: EventRef;
}

export type GeneratedEvents =
  | { readonly ok: true; readonly files: readonly GeneratedFile[]; readonly refused: readonly string[] }
  | { readonly ok: false; readonly message: string };

export interface GeneratedFile {
  readonly uri: string;
  readonly name: string;
  readonly expect: "match" | "nomatch";
  /** Comes after what the file holds. */
  readonly text: string;
  /** Comes before the text where the file is not there yet. */
  readonly header: string;
}

export interface EventsText {
  readonly text: string;
  /** Stable pseudonyms take the place of hosts, users and addresses. */
  readonly scrub: boolean;
  /** The rule that the events are for: says where they go. */
  readonly uri: string;
}

export type NormalisedEvents =
  | {
      readonly ok: true;
      readonly lines: string;
      readonly count: number;
      /** What could not be read, by line. */
      readonly problems: readonly string[];
      /** Texts that tell of somebody and stay, as the rule asks for them; none where nothing is scrubbed. */
      readonly kept: readonly string[];
      /** The rule no longer says the same of the events, as its query asks for something that was replaced. */
      readonly changesVerdict: boolean;
      /** The scratch file of the rule. */
      readonly uri: string;
    }
  | { readonly ok: false; readonly message: string };

export interface WhoFires {
  readonly rules: readonly { readonly uri: string; readonly name: string }[];
  readonly unsupported: number;
  /** Rules over several events, such as sequences and thresholds: one event alone says nothing of them. */
  readonly overSeveral: number;
  readonly judged: number;
}

/** Notifications from the server to the client, by method. */
export interface Notifications {
  /** Sent whenever what the server knows changes; drives the language status item. */
  "server/status": ServerStatus;
  /** Rules, events or manifests changed: what was said of tests is old. */
  "tests/changed": { readonly uris: readonly string[] };
}

export interface CheckSummary {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  /** URI of the documentation page. */
  readonly page: string;
}

export interface ServerStatus {
  readonly state: "loading" | "ready" | "problem";
  /** Such as "ECS 9.4.0"; undefined while it is not loaded. */
  readonly fields: string | undefined;
  /** Such as "ATT&CK 18.1". */
  readonly attack: string | undefined;
  /** What went wrong, in one sentence, in the state `problem`; else what is wrong with a part of what is known, if anything is. */
  readonly message: string | undefined;
}

/** A source of fields and techniques, and how complete it is. */
export interface KnowledgeLayer {
  readonly name: "embedded" | "checkout" | "downloaded";
  /** Where it came from: a folder, or an address with its revision. */
  readonly source: string;
  readonly parts: readonly KnowledgePart[];
}

export interface KnowledgePart {
  readonly name: string;
  readonly detail: string;
  readonly state: "complete" | "partial" | "missing" | "broken";
  /** What is wrong, in one sentence; null if nothing is. */
  readonly problem: string | null;
}

export interface KnowledgeUpdate {
  readonly source:
    | {
        readonly kind: "repository";
        readonly apiUrl: string;
        readonly filesUrl: string;
        readonly registryUrl: string;
        readonly reference: string;
      }
    | { readonly kind: "local"; readonly path: string };
  /** The editor's proxy; an empty text: none, whatever the environment says; null: as the environment says. */
  readonly proxy: string | null;
  readonly workDoneToken: string;
}

export type KnowledgeUpdateResult =
  | { readonly ok: true; readonly revision: string; readonly fileCount: number }
  | { readonly ok: false; readonly message: string };

/** What the client tells when it starts the server. */
export interface InitializationOptions {
  /** A folder for what is downloaded and distilled; without it, nothing is kept. */
  readonly storagePath?: string;
  /** Languages that the server shall format, of those that it is told of; without it, all. */
  readonly formatterLanguages?: readonly string[];
}

export interface ServerInfo {
  readonly version: string;
  readonly runtime: string;
  readonly status: ServerStatus;
  readonly openDocuments: number;
  readonly checks: number;
}

/** What Elastic's tools take from the environment. */
export interface ElasticSettings {
  readonly bypass?: readonly string[];
  readonly customRulesDirectory?: string;
  readonly testConfiguration?: string;
}

/** The settings, asked for by `workspace/configuration`, section `rulewright`. */
export interface Settings {
  readonly lint?: { readonly run?: "onType" | "onSave" };
  readonly profile?: "auto" | "elastic" | "custom";
  readonly schemas?: { readonly path?: string };
  readonly lens?: { readonly enable?: boolean };
  readonly elastic?: ElasticSettings;
  /** By the names of `[format]` in `rulewright.toml`. */
  readonly format?: Readonly<Record<string, unknown>>;
  /** Severity by check id: off, error, warning, info or hint. */
  readonly checks?: Readonly<Record<string, string>>;
}
