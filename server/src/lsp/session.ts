/** The server's state: open documents, settings, knowledge. Everything else is derived from it. */
import {
  type CancellationToken,
  LSPErrorCodes,
  ResponseError,
  type TextDocuments,
} from "vscode-languageserver";
import { type TextDocument } from "vscode-languageserver-textdocument";
import { queryCache } from "../core/analysis/cache.ts";
import { type CheckConfig, profileOf, severityOf } from "../core/analysis/config.ts";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { runChecks } from "../core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../core/analysis/snapshot.ts";
import { type Severity } from "../core/checks/check.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { type FieldDocs } from "../core/knowledge/fields.ts";
import { type Knowledge, NO_KNOWLEDGE } from "../core/knowledge/knowledge.ts";
import { languageSupport } from "../core/query/languages.ts";
import { type Host } from "../host/host.ts";
import { loadFieldDocs, loadKnowledge } from "../host/knowledge.ts";
import { type Projects, findProjects } from "../host/projects.ts";
import { drive } from "./drive.ts";
import { type Log, describe } from "./guard.ts";
import { type ServerStatus, type Settings } from "./protocol.ts";

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  /** Of settings and knowledge; with the version it names what the diagnostics rest on. */
  readonly revision: number;
  readonly snapshot: Snapshot;
}

interface DocumentState extends OpenDocument {
  diagnostics: readonly Diagnostic[] | undefined;
}

interface FileConfig {
  readonly lintRun: "onType" | "onSave";
  readonly checks: CheckConfig;
}

export interface SessionWorld {
  readonly host: Host;
  readonly documents: TextDocuments<TextDocument>;
  readonly log: Log;
  /** Settings for one file; undefined if the client has none. */
  readonly settingsFor: (uri: string) => Promise<Settings | undefined>;
  /** The path of a `file:` URI; undefined for others. */
  readonly pathOf: (uri: string) => string | undefined;
  readonly onStatus: (status: ServerStatus) => void;
}

export class Session {
  readonly host: Host;
  readonly #world: SessionWorld;
  readonly #projects: Projects;
  readonly #cache = queryCache();
  readonly #states = new Map<string, DocumentState>();
  readonly #configs = new Map<string, Promise<FileConfig>>();
  #knowledge: Knowledge = NO_KNOWLEDGE;
  #docs: Promise<FieldDocs> | undefined;
  #status: ServerStatus = { state: "loading", fields: undefined, attack: undefined, message: undefined };
  /** Counts changes of what is outside the documents; part of result ids. */
  #revision = 0;

  constructor(world: SessionWorld) {
    this.host = world.host;
    this.#world = world;
    this.#projects = findProjects(
      world.host,
      CHECKS.map((check) => check.id),
    );
  }

  get status(): ServerStatus {
    return this.#status;
  }

  get openDocumentCount(): number {
    return this.#world.documents.all().length;
  }

  /** Builds the parser of the language that most rules use, so that the first rule need not wait for it. */
  warmUp(): void {
    languageSupport("eql")?.parse("any where true");
  }

  /** Loads the packaged catalogs. Until then, checks that need them are silent. */
  async loadKnowledge(): Promise<void> {
    try {
      this.#knowledge = await loadKnowledge(this.host);
      const { fields, attack } = this.#knowledge;
      this.#setStatus({
        state: "ready",
        fields: fields?.source,
        attack: attack && `ATT&CK ${attack.version}`,
        message: undefined,
      });
    } catch (error) {
      this.#world.log(`Loading the catalogs failed: ${describe(error)}`);
      const message = "The packaged catalogs could not be read: fields and techniques are not checked";
      this.#setStatus({ state: "problem", fields: undefined, attack: undefined, message });
    }
    this.#revision++;
  }

  /** Descriptions of fields, loaded at the first call. Undefined if they cannot be read. */
  async fieldDocs(): Promise<FieldDocs | undefined> {
    this.#docs ??= loadFieldDocs(this.host);
    try {
      return await this.#docs;
    } catch (error) {
      this.#world.log(`Loading field descriptions failed: ${describe(error)}`);
      this.#docs = undefined;
      return undefined;
    }
  }

  /** Settings or `rulewright.toml` files may have changed. */
  forgetSettings(): void {
    this.#configs.clear();
    this.#projects.forget();
    this.#revision++;
  }

  /** Whether a file is checked while it is typed, where the server decides that. */
  async isCheckedOnType(uri: string): Promise<boolean> {
    return (await this.#configFor(uri)).lintRun === "onType";
  }

  close(uri: string): void {
    this.#states.delete(uri);
    this.#configs.delete(uri);
  }

  /** The current version of an open document; undefined if it is not open. */
  async open(uri: string): Promise<OpenDocument | undefined> {
    return this.#state(uri);
  }

  /** Diagnostics of the current version. Cancelled if the token says so or the document changes meanwhile. */
  async diagnostics(
    uri: string,
    token: CancellationToken,
  ): Promise<{ readonly document: OpenDocument; readonly diagnostics: readonly Diagnostic[] } | undefined> {
    const state = await this.#state(uri);
    if (state === undefined) return undefined;
    if (state.diagnostics === undefined) {
      const isStale = (): boolean =>
        token.isCancellationRequested ||
        this.#revision !== state.revision ||
        this.#world.documents.get(uri)?.version !== state.version;
      const work = runChecks(state.snapshot, {
        checks: CHECKS,
        onCrash: (check, error) => this.#logCrash(uri, check, error),
      });
      const diagnostics = await drive(work, { isStale });
      if (diagnostics === undefined)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "The document changed");
      state.diagnostics = diagnostics;
    }
    return { document: state, diagnostics: state.diagnostics };
  }

  async #state(uri: string): Promise<DocumentState | undefined> {
    const { checks: config } = await this.#configFor(uri);
    const revision = this.#revision;
    const document = this.#world.documents.get(uri);
    if (document === undefined) return undefined;
    const known = this.#states.get(uri);
    const knowledge = this.#knowledge;
    if (known?.version === document.version && known.revision === revision) return known;
    const snapshot = snapshotOf({ text: document.getText(), knowledge, config, cache: this.#cache });
    const state: DocumentState = {
      uri,
      version: document.version,
      revision,
      snapshot,
      diagnostics: undefined,
    };
    this.#states.set(uri, state);
    return state;
  }

  #configFor(uri: string): Promise<FileConfig> {
    const found = this.#configs.get(uri) ?? this.#readConfig(uri);
    this.#configs.set(uri, found);
    // What failed once is asked for again.
    found.catch(() => this.#configs.delete(uri));
    return found;
  }

  /** `rulewright.toml` beats settings; settings beat what the folder looks like. */
  async #readConfig(uri: string): Promise<FileConfig> {
    const settings = await this.#world.settingsFor(uri);
    const path = this.#world.pathOf(uri);
    const folder = path === undefined ? undefined : this.host.parentOf(path);
    const project = folder === undefined ? undefined : await this.#projects.of(folder);
    for (const problem of project?.problems ?? []) this.#world.log(problem);
    const profile =
      project?.config?.profile ?? profileOf(settings?.profile ?? "auto") ?? project?.profile ?? "custom";
    const severities = new Map([...severitiesIn(settings), ...(project?.config?.severities ?? [])]);
    const lintRun = settings?.lint?.run === "onSave" ? "onSave" : "onType";
    return { lintRun, checks: { profile, severities } };
  }

  #logCrash(uri: string, check: string, error: unknown): void {
    this.#world.log(`The check ${check} failed on ${uri}: ${describe(error)}`);
  }

  #setStatus(status: ServerStatus): void {
    this.#status = status;
    this.#world.onStatus(status);
  }
}

function severitiesIn(settings: Settings | undefined): readonly (readonly [string, Severity | "off"])[] {
  return Object.entries(settings?.checks ?? {}).flatMap(([check, word]) => {
    const severity = severityOf(word);
    return severity === undefined ? [] : [[check, severity] as const];
  });
}
