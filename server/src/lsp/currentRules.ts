/** The rules of a workspace with open documents as they are now: what is typed counts before it is checked. */
import { queryCache } from "../core/analysis/cache.ts";
import { summaryOfText } from "../core/analysis/summaries.ts";
import { type WorkspaceIndex, workspaceIndex } from "../core/analysis/workspace.ts";
import { placesIn, rulesNaming, ruleTextOf, type RuleText } from "../core/features/references.ts";
import { type Subject } from "../core/features/definitionSubject.ts";
import { type RuleSummary } from "../core/rule/summary.ts";
import { lineIndexOf, type LineIndex } from "../core/text/lineIndex.ts";
import { type Span } from "../core/text/span.ts";
import { pathBelow } from "../host/paths.ts";
import { type Session } from "./session.ts";

export interface Workspace {
  readonly root: string;
  readonly index: WorkspaceIndex;
}

export interface LinedText {
  readonly text: string;
  readonly lines: LineIndex;
}

export interface FilePlaces {
  readonly uri: string;
  readonly lines: LineIndex;
  readonly spans: readonly Span[];
}

/** Files that are read at the same time. */
const BATCH = 64;

export class CurrentRules {
  readonly #session: Session;
  /** Of open files, by path and root. */
  readonly #summaries = new Map<
    string,
    { readonly text: string; readonly summary: RuleSummary | undefined }
  >();

  constructor(session: Session) {
    this.#session = session;
  }

  /** `root`: of a document that may be the only one there. */
  async around(root: string): Promise<WorkspaceIndex> {
    let index = this.#session.workspaces().get(root) ?? workspaceIndex([]);
    for (const file of this.#session.files.open()) {
      const path = pathBelow(root, file);
      if (path === undefined || !file.endsWith(".toml")) continue;
      const text = await this.#session.files.currentText(file);
      if (text !== undefined) index = index.with(path, this.#summaryOf(path, root, text)).index;
    }
    return index;
  }

  async all(): Promise<readonly Workspace[]> {
    const roots = [...this.#session.workspaces().keys()];
    return Promise.all(roots.map(async (root) => ({ root, index: await this.around(root) })));
  }

  uriOf(root: string, path: string): string {
    return this.#session.files.uriOf(this.#session.host.join(root, path));
  }

  /** A file with the lines by which places in it are told; undefined if it cannot be read. */
  async fileAt(root: string, path: string): Promise<LinedText | undefined> {
    const text = await this.#session.files.currentText(this.#session.host.join(root, path));
    return text === undefined ? undefined : { text, lines: lineIndexOf(text) };
  }

  /** Where rules name the subject, file by file in the order of their paths. Ends early once it is stopped. */
  async places(
    { root, index }: Workspace,
    subject: Subject,
    isStopped: () => boolean,
  ): Promise<readonly FilePlaces[]> {
    const rules = rulesNaming(subject, index);
    const name =
      subject.kind === "rule"
        ? rules.find(({ id }) => id?.value.toLowerCase() === subject.id)?.name?.value
        : undefined;
    const found: FilePlaces[] = [];
    for (let start = 0; start < rules.length && !isStopped(); start += BATCH) {
      const batch = rules.slice(start, start + BATCH).map(async (summary) => {
        const file = await this.ruleText(root, summary);
        const spans = file === undefined ? [] : placesIn(subject, name, file);
        if (file === undefined || spans.length === 0) return [];
        return [{ uri: this.uriOf(root, summary.path), lines: lineIndexOf(file.text), spans }];
      });
      found.push(...(await Promise.all(batch)).flat());
    }
    return found;
  }

  /** Undefined if it cannot be read. */
  async ruleText(root: string, summary: RuleSummary): Promise<RuleText | undefined> {
    const text = await this.#session.files.currentText(this.#session.host.join(root, summary.path));
    return text === undefined ? undefined : ruleTextOf(text, summary);
  }

  #summaryOf(path: string, root: string, text: string): RuleSummary | undefined {
    const key = `${root}\n${path}`;
    const known = this.#summaries.get(key);
    if (known?.text === text) return known.summary;
    const summary = summaryOfText(path, text, queryCache(1));
    this.#summaries.set(key, { text, summary });
    return summary;
  }
}
