/** The rules below a folder, with what lists and runs need of each; what was read is kept while its file is the same. */
import path from "node:path";
import { type Result } from "../core/base/result.ts";
import { type FieldTypes } from "../core/query/fieldTypes.ts";
import { type RulePlace } from "../core/testing/cases/association.ts";
import { type PreparedRule, type Refusal } from "../core/testing/run/prepared.ts";
import { prepareRule } from "../core/testing/runners.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { placeOf, type ProjectOptions, readRuleFile, type RuleOnDisk } from "./testProject.ts";
import { type FileVersion, isSameVersion, versionOf } from "./fileVersion.ts";
import { findTestFiles, type FoundFiles } from "./testFiles.ts";

export interface BookedRule extends RulePlace {
  /** The rule's name, else its path. */
  readonly name: string;
  /** Zero-based line on which its query begins; of a rule without one, the first. */
  readonly queryLine: number;
  readonly isDeprecated: boolean;
}

export interface BookListing {
  readonly rules: readonly BookedRule[];
  /** Files that may be tests. */
  readonly others: readonly string[];
}

export interface ReadyRule {
  readonly rule: BookedRule;
  readonly prepared: Result<PreparedRule, Refusal>;
}

interface Page {
  readonly version: FileVersion;
  /** Undefined for TOML that is no rule. */
  readonly rule: BookedRule | undefined;
  readonly ready: (Omit<ReadyRule, "rule"> & { readonly types: FieldTypes }) | undefined;
}

/** Folders may go without a word about what was in them. */
const LISTING_MILLISECONDS = 5000;

/** Rules that are compiled take a hundred megabytes where there are thousands: they go once nobody asks for them. */
const READY_MILLISECONDS = 300_000;

export class RuleBook {
  readonly #root: string;
  /** Whether changes of files are told by `changed`; if they are not, each file is looked at each time. */
  readonly #isWatched: () => boolean;
  readonly #pages = new Map<string, Page>();
  /** Files that have not changed since they were read, as far as we were told. */
  readonly #fresh = new Set<string>();
  #readyTimer: NodeJS.Timeout | undefined;
  /** Counts what was told to have changed. */
  #changes = 0;
  #listing: { readonly files: FoundFiles; readonly since: number } | undefined;

  constructor(root: string, isWatched: () => boolean) {
    this.#root = root;
    this.#isWatched = isWatched;
  }

  /** Files were written, created or deleted. */
  changed(files: readonly string[]): void {
    this.#changes++;
    for (const file of files) this.#fresh.delete(file);
    if (files.some((file) => !this.#pages.has(file))) this.#listing = undefined;
  }

  /** Undefined if it was stopped. */
  async list(options: ProjectOptions, isStopped: () => boolean): Promise<BookListing | undefined> {
    const { toml, others } = await this.files();
    const rules: BookedRule[] = [];
    for (const file of toml) {
      if (isStopped()) return undefined;
      const page = await this.#pageOf(file, options);
      if (page?.rule !== undefined) rules.push(page.rule);
    }
    this.#forgetOthers(new Set(toml));
    return { rules, others };
  }

  /** Every rule, compiled; what is no rule is passed over. */
  async *ready(options: ProjectOptions, types: FieldTypes): AsyncGenerator<ReadyRule> {
    clearTimeout(this.#readyTimer);
    this.#readyTimer = setTimeout(() => this.#forgetReady(), READY_MILLISECONDS).unref();
    for (const file of (await this.files()).toml) {
      const page = await this.#pageOf(file, options, types);
      if (page?.rule === undefined || page.ready === undefined) continue;
      yield { rule: page.rule, prepared: page.ready.prepared };
    }
  }

  /** Files that may be rules or tests. */
  async files(): Promise<FoundFiles> {
    const now = performance.now();
    const known = this.#listing;
    if (this.#isWatched() && known !== undefined && now < known.since + LISTING_MILLISECONDS)
      return known.files;
    const files = await findTestFiles(this.#root, this.#root);
    this.#listing = { files, since: now };
    return files;
  }

  /** With `types`: compiled for them, too. Undefined if there is no such file. */
  async #pageOf(file: string, options: ProjectOptions, types?: FieldTypes): Promise<Page | undefined> {
    const changes = this.#changes;
    const full = path.join(this.#root, file);
    const known = this.#pages.get(file);
    const isFresh = this.#isWatched() && this.#fresh.has(file) && options.overlay(full) === undefined;
    const version = isFresh ? known?.version : await versionOf(full, options.overlay);
    if (version === undefined) return undefined;
    if (known !== undefined && isSameVersion(known.version, version) && isEnough(known, types)) return known;
    const rule = await readRuleFile(file, options);
    const page: Page = {
      version,
      rule: rule && bookedRule(rule),
      ready: rule && types && { types, prepared: prepareRule(rule.rule, { types, query: undefined }) },
    };
    this.#pages.set(file, page);
    // What changed while it was read may be this file.
    if (version.text === undefined && changes === this.#changes) this.#fresh.add(file);
    else this.#fresh.delete(file);
    return page;
  }

  #forgetReady(): void {
    for (const [file, page] of this.#pages) this.#pages.set(file, { ...page, ready: undefined });
  }

  #forgetOthers(files: ReadonlySet<string>): void {
    for (const file of this.#pages.keys()) {
      if (files.has(file)) continue;
      this.#pages.delete(file);
      this.#fresh.delete(file);
    }
  }
}

function isEnough({ rule, ready }: Page, types: FieldTypes | undefined): boolean {
  return types === undefined || rule === undefined || ready?.types === types;
}

export function bookedRule(found: RuleOnDisk): BookedRule {
  const { rule } = found;
  return {
    ...placeOf(found),
    name: rule.name?.value ?? found.path,
    queryLine: queryLineOf(found),
    isDeprecated: rule.isDeprecated,
  };
}

/** Zero-based line on which the query begins, else the first. */
export function queryLineOf({ text, rule }: RuleOnDisk): number {
  const host = rule.queries.find(({ role }) => role === "query")?.host;
  return host === undefined ? 0 : lineIndexOf(text).positionAt(host.span.start).line;
}
