/** Verdicts of earlier runs, which hold for a file as long as nothing that they rest on has changed. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { type RuleSummary } from "../core/rule/summary.ts";
import { cachedBytes, tryCaching } from "../host/dataCache.ts";
import { type FolderGrounds } from "../host/grounds.ts";

/** What is kept of a file that was judged. */
export interface Verdict {
  /** False for TOML that is no rule. */
  readonly isRule: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: RuleSummary | undefined;
  readonly needsOthers: boolean;
}

/** A file whose verdict is asked for or given. */
export interface AskedFile {
  /** Absolute. */
  readonly path: string;
  /** Rules of one root are kept together. */
  readonly root: string;
  /** See `contentKey`. */
  readonly content: string;
  /** Everything that decides the verdict by itself, besides the content. */
  readonly grounds: readonly string[];
  /** Names the rules around that it was compared with; undefined where nothing is compared. */
  readonly around: string | undefined;
}

export interface Verdicts {
  /** Names what folders rest on, as it is now. */
  groundsOf(folder: string): Promise<string>;
  find(asked: AskedFile): Promise<Verdict | undefined>;
  /** What other rules are compared with: it rests on nothing but the content and the place of a file. */
  summaryOf(
    asked: Pick<AskedFile, "path" | "root" | "content">,
  ): Promise<Pick<Verdict, "summary"> | undefined>;
  keep(asked: AskedFile, verdict: Verdict): Promise<void>;
  /** For the next run. */
  save(): Promise<void>;
}

export interface VerdictsWorld {
  readonly cacheFolder: string;
  /** Changes with the program: what another version found is not asked for. */
  readonly program: string;
  readonly groundsOf: (folder: string) => Promise<FolderGrounds>;
  readonly revisionOf: (grounds: FolderGrounds) => Promise<string>;
  /** False where something was told that must be told again. */
  readonly isWorthKeeping: () => boolean;
}

/** One line of what is kept: a file as it was judged last. */
interface Entry {
  readonly content: string;
  /** Of content and grounds. */
  readonly key: string;
  readonly verdict: Verdict;
  /** The verdict with the rules around known, where these matter. */
  readonly compared?: { readonly around: string; readonly diagnostics: readonly Diagnostic[] };
}

/** The entries of one root, by path. What nobody asks for stays the text that it was. */
interface Shelf {
  readonly entries: Map<string, Entry | string>;
  readonly used: Set<string>;
  isChanged: boolean;
}

export function keptVerdicts(world: VerdictsWorld): Verdicts {
  const { cacheFolder, program } = world;
  const shelves = new Map<string, Promise<Shelf>>();
  const byFolder = new Map<string, Promise<string>>();
  // Very many folders stand in one repository.
  const revisions = new Map<
    string,
    { readonly grounds: FolderGrounds; readonly revision: Promise<string> }
  >();
  const cacheEntry = (root: string) => ({
    folder: cacheFolder,
    kind: KIND,
    key: createHash("sha256").update(`${program}\0${root}`).digest("hex"),
  });

  function shelfOf(root: string): Promise<Shelf> {
    const found = shelves.get(root) ?? cachedBytes(cacheEntry(root)).then(shelfIn);
    shelves.set(root, found);
    return found;
  }

  async function entryOf({ path, root }: Pick<AskedFile, "path" | "root">): Promise<Entry | undefined> {
    const shelf = await shelfOf(root);
    const entry = shelf.entries.get(path);
    if (entry === undefined) return undefined;
    shelf.used.add(path);
    // Written by ourselves, under a name that this very program alone asks for.
    const read = typeof entry === "string" ? (JSON.parse(entry) as Entry) : entry;
    return read;
  }

  async function revisionFor(folder: string): Promise<string> {
    const grounds = await world.groundsOf(folder);
    const key = JSON.stringify(grounds);
    const known = revisions.get(key) ?? { grounds, revision: world.revisionOf(grounds) };
    revisions.set(key, known);
    return known.revision;
  }

  return {
    groundsOf(folder) {
      const found = byFolder.get(folder) ?? revisionFor(folder);
      byFolder.set(folder, found);
      return found;
    },
    async find(asked) {
      const entry = await entryOf(asked);
      if (entry?.key !== keyOf(asked)) return undefined;
      if (asked.around === undefined) return entry.verdict;
      const { compared, verdict } = entry;
      return compared?.around === asked.around
        ? { ...verdict, diagnostics: compared.diagnostics }
        : undefined;
    },
    async summaryOf(asked) {
      const entry = await entryOf(asked);
      return entry?.content === asked.content ? entry.verdict : undefined;
    },
    async keep(asked, verdict) {
      const shelf = await shelfOf(asked.root);
      const { content, around, path } = asked;
      const key = keyOf(asked);
      const known = around === undefined ? undefined : await entryOf(asked);
      shelf.used.add(path);
      shelf.isChanged = true;
      if (around === undefined) shelf.entries.set(path, { content, key, verdict });
      else if (known?.key === key)
        shelf.entries.set(path, { ...known, compared: { around, diagnostics: verdict.diagnostics } });
    },
    async save() {
      const changed = (await Promise.all(shelves.values())).some(({ isChanged }) => isChanged);
      if (!changed || !world.isWorthKeeping()) return;
      // What changed while it was read may have been read in either state.
      for (const { grounds, revision } of revisions.values())
        if ((await world.revisionOf(grounds)) !== (await revision)) return;
      for (const [root, loading] of shelves) {
        const shelf = await loading;
        // What cannot be kept is judged again the next time.
        if (shelf.isChanged) await tryCaching(cacheEntry(root), bytesOf(shelf));
      }
    },
  };
}

/** Of entries of the cache. */
const KIND = "verdicts";

export function contentKey(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

function keyOf({ path, content, grounds }: AskedFile): string {
  return createHash("sha256")
    .update(JSON.stringify([path, content, ...grounds]))
    .digest("base64url");
}

/** A line with the path as JSON, then one with the entry. */
function shelfIn(bytes: Uint8Array | undefined): Shelf {
  const entries = new Map<string, Entry | string>();
  const lines = bytes === undefined ? [] : Buffer.from(bytes).toString("utf8").split("\n");
  for (let i = 0; i + 1 < lines.length; i += 2) {
    // We wrote a text there.
    entries.set(JSON.parse(lines[i] ?? '""') as string, lines[i + 1] ?? "");
  }
  return { entries, used: new Set(), isChanged: false };
}

/** Files that are gone are forgotten. */
function bytesOf({ entries, used }: Shelf): Uint8Array {
  const pieces: Buffer[] = [];
  for (const [path, entry] of entries) {
    if (!used.has(path) && !existsSync(path)) continue;
    const text = typeof entry === "string" ? entry : JSON.stringify(entry);
    pieces.push(Buffer.from(`${JSON.stringify(path)}\n${text}\n`));
  }
  return Buffer.concat(pieces);
}
