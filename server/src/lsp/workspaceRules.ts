/** The rules of the workspace: read in the background, and kept up with what is open and with the disk. */
import { queryCache } from "../core/analysis/cache.ts";
import { summarySteps } from "../core/analysis/summaries.ts";
import { type WorkspaceIndex, workspaceIndex } from "../core/analysis/workspace.ts";
import { coversSame } from "../core/coverage/coverage.ts";
import { type RuleSummary } from "../core/rule/summary.ts";
import { drive } from "./drive.ts";

export interface WorkspaceRulesWorld {
  /** Files below a folder that are rules by their place. */
  readonly filesBelow: (folder: string) => Promise<readonly string[]>;
  /** Undefined if it cannot be read. */
  readonly textOf: (file: string) => Promise<string | undefined>;
  /** Undefined for files that stand in no workspace. */
  readonly placeOf: (file: string) => Promise<FilePlacing | undefined>;
  /** Rules may get other findings than before. */
  readonly onNews: () => void;
  /** Some rule covers something else than before, or is gone. */
  readonly onChange?: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Rules of one root are compared with each other. */
export interface RulePlacing {
  readonly root: string;
  /** Below the root, with `/`. */
  readonly path: string;
}

export interface FilePlacing extends RulePlacing {
  /** It is where rules are. Drafts that stand elsewhere are compared with those, and do not concern them. */
  readonly isAmongRules: boolean;
}

/** Files that are read at the same time, while others are parsed. */
const BATCH = 16;

export class WorkspaceRules {
  readonly #world: WorkspaceRulesWorld;
  readonly #indexes = new Map<string, WorkspaceIndex>();
  /** What is open counts as it is there, whatever the disk says. */
  readonly #open = new Map<
    string,
    { readonly placing: RulePlacing; readonly summary: RuleSummary | undefined }
  >();
  /** Reading goes on in the order in which it was asked for. */
  #reading: Promise<void> = Promise.resolve();
  #isBuilt = false;
  #generation = 0;

  constructor(world: WorkspaceRulesWorld) {
    this.#world = world;
  }

  /** Undefined until all rules have been read once. */
  index(root: string): WorkspaceIndex | undefined {
    return this.#isBuilt ? this.#indexes.get(root) : undefined;
  }

  /** By root; none until all rules have been read once. */
  indexes(): ReadonlyMap<string, WorkspaceIndex> {
    return this.#isBuilt ? this.#indexes : new Map();
  }

  /** Reads all rules again. */
  build(folders: readonly string[]): Promise<void> {
    const generation = ++this.#generation;
    return this.#afterwards(() => this.#build(folders, () => generation !== this.#generation));
  }

  /** What an open document holds now; true if other rules may get other findings. */
  opened(file: string, placing: FilePlacing, summary: RuleSummary | undefined): boolean {
    if (!placing.isAmongRules) return false;
    this.#open.set(file, { placing, summary });
    return this.#isBuilt && this.#put(placing, summary);
  }

  /** The disk counts again. */
  closed(file: string): Promise<void> {
    return this.#open.delete(file) ? this.changed([file]) : Promise.resolve();
  }

  /** Files were written, added or removed. */
  changed(files: readonly string[]): Promise<void> {
    return this.#afterwards(() => this.#readAgain(files));
  }

  /** What fails is told, and keeps nothing that comes after it from being read. */
  #afterwards(task: () => Promise<void>): Promise<void> {
    this.#reading = this.#reading.then(task).catch(this.#world.onFailure);
    return this.#reading;
  }

  async #build(folders: readonly string[], isStale: () => boolean): Promise<void> {
    const found = new Map<string, RuleSummary[]>();
    const files = new Set((await Promise.all(folders.map(this.#world.filesBelow))).flat());
    const pending = [...files].filter((file) => !this.#open.has(file));
    for (let start = 0; start < pending.length; start += BATCH) {
      if (isStale()) return;
      for (const { placing, summary } of await this.#read(pending.slice(start, start + BATCH))) {
        const known = found.get(placing.root) ?? [];
        found.set(placing.root, known);
        if (summary !== undefined) known.push(summary);
      }
    }
    this.#indexes.clear();
    for (const [root, summaries] of found) this.#indexes.set(root, workspaceIndex(summaries));
    for (const { placing, summary } of this.#open.values()) this.#put(placing, summary);
    this.#isBuilt = true;
    this.#world.onNews();
    this.#world.onChange?.();
  }

  async #readAgain(files: readonly string[]): Promise<void> {
    if (!this.#isBuilt) return;
    let isNews = false;
    for (const { placing, summary } of await this.#read(files.filter((file) => !this.#open.has(file)))) {
      isNews = this.#put(placing, summary) || isNews;
    }
    if (isNews) this.#world.onNews();
  }

  async #read(
    files: readonly string[],
  ): Promise<readonly { readonly placing: RulePlacing; readonly summary: RuleSummary | undefined }[]> {
    const texts = await Promise.all(
      files.map(async (file) => ({
        placing: await this.#world.placeOf(file),
        text: await this.#world.textOf(file),
      })),
    );
    const cache = queryCache(1);
    const work = function* (): Generator<
      undefined,
      { placing: RulePlacing; summary: RuleSummary | undefined }[]
    > {
      const summaries = [];
      for (const { placing, text } of texts) {
        if (placing === undefined) continue;
        const isRule = placing.isAmongRules && text !== undefined;
        const summary = isRule ? yield* summarySteps(placing.path, text, cache) : undefined;
        summaries.push({ placing, summary });
        yield;
      }
      return summaries;
    };
    return (await drive(work(), { isStale: () => false })) ?? [];
  }

  #put({ root, path }: RulePlacing, summary: RuleSummary | undefined): boolean {
    const before = this.#indexes.get(root) ?? workspaceIndex([]);
    const { index, isNews } = before.with(path, summary);
    this.#indexes.set(root, index);
    if (this.#isBuilt && !coversSame(before.rule(path), summary)) this.#world.onChange?.();
    return isNews;
  }
}
