/** The server's state: open documents, settings, knowledge. Everything else is derived from it. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { queryCache } from "../core/analysis/cache.ts";
import { restsOnOthers, workspaceChecks } from "../core/analysis/comparing.ts";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { runChecks } from "../core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../core/analysis/snapshot.ts";
import { summaryOf } from "../core/analysis/summaries.ts";
import { type WorkspaceIndex } from "../core/analysis/workspace.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { type SeenValues } from "../core/features/completionValues.ts";
import { type AttackCatalog } from "../core/knowledge/attack.ts";
import { type FieldDocs } from "../core/knowledge/fields.ts";
import { languageSupport } from "../core/query/languages.ts";
import { type RuleSummary } from "../core/rule/summary.ts";
import { type Host } from "../host/host.ts";
import { type AcceptedProblems, unaccepted } from "./acceptedProblems.ts";
import { BaseTexts } from "./baseTexts.ts";
import { drive } from "./drive.ts";
import { Files } from "./files.ts";
import { type FileConfig, FileConfigs } from "./fileConfigs.ts";
import { testDocumentKind } from "./testing/testDocuments.ts";
import { SeenEvents } from "./testing/seenEvents.ts";
import { TestService } from "./testing/testService.ts";
import { describe } from "./guard.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { LoadedKnowledge } from "./loadedKnowledge.ts";
import { type SessionWorld } from "./sessionWorld.ts";
import { type FilePlacing, WorkspaceRules } from "./workspaceRules.ts";
import { type KnowledgeLayer, type ServerStatus } from "./protocol.ts";

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  /** Of settings and knowledge; with the version it names what the diagnostics rest on. */
  readonly revision: number;
  readonly snapshot: Snapshot;
  /** Counts what changed in the rules around it; the third part of that name. */
  readonly comparison: number;
  /** Where it stands among them; undefined for a text without a file. */
  readonly placing: FilePlacing | undefined;
}

export type DocumentPlace = Pick<OpenDocument, "uri" | "placing" | "snapshot">;

/** A file that is not open. */
export interface ClosedDocument extends DocumentPlace {
  /** Without what a baseline accepts. */
  readonly told: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
}

interface DocumentState extends OpenDocument {
  readonly accepted: AcceptedProblems | undefined;
  diagnostics: readonly Diagnostic[] | undefined;
  /** What the others are compared with, once the diagnostics are there. */
  summary: RuleSummary | undefined;
  comparison: number;
  /** The last change of the rules around that was looked at. */
  seenComparison: number;
}

const COMPARISONS = workspaceChecks(CHECKS);

export class Session {
  readonly host: Host;
  readonly files: Files;
  readonly schemasSetting: FileConfigs["schemasSetting"] = (folder) => this.#configs.schemasSetting(folder);
  readonly switchesFor: FileConfigs["switchesFor"] = (folder) => this.#configs.switchesFor(folder);
  readonly #world: SessionWorld;
  readonly #configs: FileConfigs;
  readonly #knowledge: LoadedKnowledge;
  /** Sample events and what they say. */
  readonly tests: TestService;
  readonly #seen: SeenEvents;
  readonly #cache = queryCache();
  readonly #states = new Map<string, DocumentState>();
  readonly #rules: WorkspaceRules;
  readonly #bases: BaseTexts;
  #storagePath: string | undefined;
  #workspaceFolders: readonly string[] = [];
  /** Counts changes of what is outside the documents; part of result ids. */
  #revision = 0;
  /** Counts changes of the rules that others are compared with. */
  #comparison = 0;

  constructor(world: SessionWorld) {
    this.host = world.host;
    this.files = new Files(world);
    this.#world = world;
    const { ruleFilesBelow } = world.workspace;
    this.#configs = new FileConfigs({
      ...world,
      ruleFilesBelow,
      workspaceFolders: () => this.#workspaceFolders,
    });
    const store = world.knowledge({
      dataFolder: () => this.#storagePath,
      settingFor: this.schemasSetting,
      onChange: () => this.#knowledgeChanged(),
      onProblem: (problem) => world.log(problem),
    });
    this.#knowledge = new LoadedKnowledge(world, store);
    this.#rules = new WorkspaceRules({
      filesBelow: (folder) => this.#configs.ruleFilesBelow(folder),
      textOf: (file) => this.files.textOnDisk(file),
      placeOf: (file) => this.#configs.placeOf(file),
      onNews: () => this.#rulesChanged(),
      onChange: () => world.onRules?.(),
      onFailure: (error) => world.log(`Reading the rules of the workspace failed: ${describe(error)}`),
    });
    this.#bases = new BaseTexts(world.workspace.bases, () => {
      this.#revision++;
      world.onChange();
    });
    this.tests = new TestService({
      ...world,
      documents: () => world.documents.all(),
      workspaceFolders: () => this.#workspaceFolders,
      knowledgeFor: (folder) => this.#knowledge.now(folder),
      testRootsFor: (folder) => this.#configs.testRootsFor(folder),
    });
    this.#seen = new SeenEvents(this.tests);
  }

  /** What is decided for a file, open or not. */
  configOf(uri: string): Promise<FileConfig> {
    return this.#configs.of(uri);
  }

  get status(): ServerStatus {
    return this.#knowledge.status;
  }

  /** Where the client lets us keep what is downloaded and distilled. */
  get storagePath(): string | undefined {
    return this.#storagePath;
  }

  get openDocumentCount(): number {
    return this.#world.documents.all().length;
  }

  /** What the client told when it introduced itself. */
  begin(options: {
    readonly storagePath: string | undefined;
    readonly workspaceFolders: readonly string[];
  }): void {
    this.#storagePath = options.storagePath;
    this.#workspaceFolders = options.workspaceFolders;
  }

  /** Builds the parser of the language that most rules use, so that the first rule need not wait for it. */
  warmUp(): void {
    languageSupport("eql")?.parse("any where true");
  }

  /** Reads the rules of the workspace in the background. */
  readRules(): Promise<void> {
    return this.#rules.build(this.#workspaceFolders);
  }

  /** Files of rules were written, added or removed. */
  rulesWritten(uris: readonly string[]): Promise<void> {
    return this.#rules.changed(uris.flatMap((uri) => this.#world.pathOf(uri) ?? []));
  }

  /** Branches may have moved. */
  branchesMoved(): void {
    this.#bases.forget();
  }

  /** The rules around a document; undefined while they are not all known. */
  workspaceOf({ placing }: OpenDocument): WorkspaceIndex | undefined {
    return placing && this.#rules.index(placing.root);
  }

  /** What the sample events of a rule have in its fields; undefined while that is not known. */
  seenValues(uri: string): Promise<SeenValues | undefined> {
    return this.#seen.of(uri);
  }

  /** Custom schemas that a rule is checked with. */
  async customSchemaFiles(uri: string): Promise<readonly string[]> {
    const { folder } = await this.#configs.of(uri);
    if (folder === undefined) return [];
    return this.#world.workspace.customSchemaFiles(folder, await this.schemasSetting(folder));
  }

  /** For what is about no file yet. Undefined if it cannot be read. */
  async packagedAttack(): Promise<AttackCatalog | undefined> {
    return (await this.#knowledge.now(undefined)).attack;
  }

  /** Loads the packaged catalogs. Until then, checks that need them are silent. */
  async loadKnowledge(): Promise<void> {
    await this.#knowledge.now(undefined);
    this.#knowledge.showStatus();
    this.#revision++;
  }

  /** Layers that are in use, for people. */
  layers(): Promise<readonly KnowledgeLayer[]> {
    return this.#knowledge.layers();
  }

  /** Schemas may have changed: they are read again. */
  forgetKnowledge(): void {
    this.#knowledge.forget();
    this.#configs.forget();
    this.#knowledgeChanged();
  }

  /** Descriptions of fields, loaded at the first call. Undefined if they cannot be read. */
  fieldDocs(): Promise<FieldDocs | undefined> {
    return this.#knowledge.docs();
  }

  /** Settings or `rulewright.toml` files may have changed. */
  forgetSettings(): void {
    this.#configs.forget();
    this.#revision++;
  }

  /** Each `rulewright.toml` that counts for some file. */
  configFiles(): readonly string[] {
    return this.#configs.configFiles();
  }

  close(uri: string): void {
    this.#states.delete(uri);
    this.#configs.close(uri);
    const file = this.#world.pathOf(uri);
    if (file === undefined) return;
    this.#bases.close(file);
    void this.#rules.closed(file);
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
        workspace: this.workspaceOf(state),
        onCrash: (check, error) => this.logCrash(uri, check, error),
      });
      const diagnostics = await drive(work, { isStale });
      if (diagnostics === undefined)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "The document changed");
      state.diagnostics = unaccepted(state.accepted, state.snapshot.text, diagnostics);
      this.#remember(state);
    }
    return { document: state, diagnostics: state.diagnostics };
  }

  /** Tells the rules around what the document holds now. */
  #remember(state: DocumentState): void {
    const file = this.#world.pathOf(state.uri);
    const isOpen = this.#world.documents.get(state.uri)?.version === state.version;
    if (state.placing === undefined || file === undefined || !isOpen) return;
    state.summary = summaryOf(state.snapshot);
    if (!this.#rules.opened(file, state.placing, state.summary)) return;
    const hasSeenAll = state.seenComparison === this.#comparison;
    this.#rulesChanged();
    // It is what changed: its own findings do not rest on what it was.
    if (hasSeenAll) state.seenComparison = this.#comparison;
  }

  #rulesChanged(): void {
    this.#comparison++;
    this.#world.onChange();
  }

  /** Drops diagnostics that rest on what other rules were. */
  #compareAgain(state: DocumentState): void {
    if (state.seenComparison === this.#comparison) return;
    state.seenComparison = this.#comparison;
    const { snapshot, summary, diagnostics = [] } = state;
    const workspace = this.workspaceOf(state);
    const isAffected =
      workspace !== undefined && restsOnOthers(snapshot, summary, diagnostics, workspace, COMPARISONS);
    if (!isAffected) return;
    state.diagnostics = undefined;
    state.comparison = this.#comparison;
  }

  /** As the client calls it; undefined for what is not open. */
  languageOf(uri: string): string | undefined {
    return this.#world.documents.get(uri)?.languageId;
  }

  async #state(uri: string): Promise<DocumentState | undefined> {
    if (testDocumentKind(uri) !== undefined) return undefined;
    const { fileConfig, knowledge, revision } = await this.#surroundings(uri);
    const { checks: config, file, folder, placing, repository, accepted } = fileConfig;
    const document = this.#world.documents.get(uri);
    if (document === undefined) return undefined;
    const known = this.#states.get(uri);
    if (known?.version === document.version && known.revision === revision) {
      this.#compareAgain(known);
      return known;
    }
    const text = document.getText();
    const base = placing?.root ?? folder;
    const snapshot = snapshotOf({
      text,
      knowledge,
      config,
      cache: this.#cache,
      path: placing?.path,
      today: this.#world.workspace.today(),
      baseText: file === undefined || base === undefined ? undefined : this.#bases.now(file, base, text),
      ...(repository === undefined ? {} : { repository }),
    });
    const [comparison, seenComparison] = [this.#comparison, this.#comparison];
    const { version } = document;
    const state: DocumentState = {
      ...{ uri, version, revision, snapshot, placing, accepted, comparison, seenComparison },
      diagnostics: undefined,
      summary: undefined,
    };
    this.#states.set(uri, state);
    return state;
  }

  /** What a document is judged by, all of one revision: settings may change while schemas are read. */
  async #surroundings(uri: string): Promise<{
    readonly fileConfig: FileConfig;
    readonly knowledge: Knowledge;
    readonly revision: number;
  }> {
    for (;;) {
      const revision = this.#revision;
      const fileConfig = await this.#configs.of(uri);
      const knowledge = await this.#knowledge.now(fileConfig.folder);
      if (revision === this.#revision) return { fileConfig, knowledge, revision };
    }
  }

  /** By root; none until all rules have been read once. */
  workspaces(): ReadonlyMap<string, WorkspaceIndex> {
    return this.#rules.indexes();
  }

  /** Changes whenever findings may. */
  get changeKey(): string {
    return `${this.#revision}:${this.#comparison}`;
  }

  /** A file as it stands on the disk; undefined if it cannot be read. */
  async onDisk(file: string): Promise<ClosedDocument | undefined> {
    const uri = this.#world.uriOf(file);
    const text = await this.files.textOnDisk(file);
    const { checks: config, folder, placing, repository, accepted } = await this.#configs.of(uri);
    this.#configs.close(uri);
    if (text === undefined) return undefined;
    const knowledge = await this.#knowledge.now(folder);
    const place = { path: placing?.path, ...(repository === undefined ? {} : { repository }) };
    const snapshot = snapshotOf({ text, knowledge, config, cache: queryCache(1), ...place });
    return { uri, placing, snapshot, told: (all) => unaccepted(accepted, text, all) };
  }

  /** An open document as it would be with another text. */
  withText({ snapshot }: OpenDocument, text: string): Snapshot {
    const { knowledge, config, path, repository, today, baseText } = snapshot;
    return snapshotOf({ text, knowledge, config, cache: this.#cache, path, repository, today, baseText });
  }

  logCrash(uri: string, check: string, error: unknown): void {
    this.#world.log(`The check ${check} failed on ${uri}: ${describe(error)}`);
  }

  #knowledgeChanged(): void {
    this.#revision++;
    this.#knowledge.showStatus();
    this.#world.onChange();
  }
}
