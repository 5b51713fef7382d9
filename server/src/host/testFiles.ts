/** Finds rules and their test files below a folder, and reads events, packed or not, within limits. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import { decodeText } from "./host.ts";
import { isFileError } from "./fileError.ts";
import { type LimitedFault, limitedBytes, limitedBytesAtOnce } from "./limitedFile.ts";
import { pathFrom } from "./paths.ts";
import { unpackFault } from "./unpack.ts";

export interface FoundFiles {
  /** Paths below the root, with `/`. */
  readonly toml: readonly string[];
  /** Everything else that may be a test: what it is, its name and place decide. */
  readonly others: readonly string[];
}

/** Hidden folders hold no rules of ours. */
const PASSED_OVER = /^(?:node_modules|\..+)$/;
const MAY_BE_TEST = /\.(?:ndjson|jsonl|json|ya?ml)(?:\.gz)?$/i;
/** More than any events file of a test; a log of a day belongs to `rulewright query`. */
const LARGEST_EVENTS = 256 * 1024 * 1024;

/** Whether a change of the file may change what tests say. */
export function mayMatter(file: string): boolean {
  const isOutside = file.split(/[\\/]/).some((part) => PASSED_OVER.test(part));
  return !isOutside && (file.endsWith(".toml") || MAY_BE_TEST.test(file));
}

/** Files below `folder`, told from `root`. What cannot be read is passed over, and no link is followed. */
export async function findTestFiles(root: string, folder: string): Promise<FoundFiles> {
  const toml: string[] = [];
  const others: string[] = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await entriesOf(at)) {
      const full = path.join(at, entry.name);
      if (entry.isDirectory()) {
        if (!PASSED_OVER.test(entry.name)) waiting.push(full);
      } else if (!entry.isFile()) continue;
      else if (entry.name.endsWith(".toml")) toml.push(pathFrom(root, full));
      else if (MAY_BE_TEST.test(entry.name)) others.push(pathFrom(root, full));
    }
  }
  return { toml: toml.sort(), others: others.sort() };
}

/** The files that may be tests of one rule: those that begin with its name, wherever its tests may stand. */
export async function testFilesOf(root: string, rule: string, roots: readonly string[]): Promise<FoundFiles> {
  const stem = path.basename(rule, ".toml");
  const others: string[] = [];
  for (const place of testFolders(root, path.dirname(rule), roots)) {
    for (const entry of await entriesOf(place)) {
      const isOfRule = entry.name.startsWith(`${stem}.`) && MAY_BE_TEST.test(entry.name);
      if (entry.isFile() && isOfRule) others.push(pathFrom(root, path.join(place, entry.name)));
    }
  }
  return { toml: [pathFrom(root, rule)], others: others.sort() };
}

/** The files in the folders that repeat a folder of rules, as far as they begin with the names of rules in it. */
export async function mirroredFiles(
  root: string,
  folder: string,
  stems: readonly string[],
  roots: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of mirrors(root, folder, roots).flatMap(withTests)) {
    const names = (await namesIn(place)).filter((name) => MAY_BE_TEST.test(name));
    const own = names.filter((name) => stems.some((stem) => name.startsWith(`${stem}.`)));
    found.push(...own.map((name) => pathFrom(root, path.join(place, name))));
  }
  return found;
}

/** All files of a folder that may be tests, and the rules that they may belong to: those beside it, or above `_tests`. */
export async function neighboursOf(root: string, file: string): Promise<FoundFiles> {
  const folder = path.dirname(file);
  const isTests = path.basename(folder) === TESTS;
  const rules = isTests ? path.dirname(folder) : folder;
  const toml = (await namesIn(rules)).filter((name) => name.endsWith(".toml"));
  const folders = [rules, path.join(rules, TESTS)];
  const others: string[] = [];
  for (const place of folders) {
    const names = (await namesIn(place)).filter((name) => MAY_BE_TEST.test(name));
    others.push(...names.map((name) => pathFrom(root, path.join(place, name))));
  }
  return { toml: toml.map((name) => pathFrom(root, path.join(rules, name))).sort(), others: others.sort() };
}

const TESTS = "_tests";

/** `_tests`, beside the rule, and the same in the folders that repeat the rule's own. */
function testFolders(root: string, folder: string, roots: readonly string[]): readonly string[] {
  return [folder, ...mirrors(root, folder, roots)].flatMap(withTests);
}

function withTests(folder: string): readonly string[] {
  return [path.join(folder, TESTS), folder];
}

/** Below each root those folders that may stand for the rule's own: all of its path, or the end of it. */
function mirrors(root: string, folder: string, roots: readonly string[]): readonly string[] {
  const parts = pathFrom(root, folder).split("/");
  const ends = [...parts.map((_part, i) => parts.slice(i)), []];
  return [...new Set(roots.flatMap((one) => ends.map((end) => path.join(root, one, ...end))))];
}

export type TestText =
  | { readonly kind: "read"; readonly text: string }
  /** There is none, or it cannot be opened. */
  | { readonly kind: "absent" }
  | { readonly kind: "too-large" }
  /** It is named as a packed file, and cannot be unpacked. `text` goes on after its name. */
  | { readonly kind: "damaged"; readonly text: string };

/** The text of an events file or manifest. */
export async function readTestText(file: string): Promise<TestText> {
  const read = await limitedBytes(file, LARGEST_EVENTS);
  if (!read.ok) return unreadable(read.error);
  if (!file.endsWith(".gz")) return textIn(read.value);
  try {
    return textIn(await promisify(gunzip)(read.value, { maxOutputLength: LARGEST_EVENTS }));
  } catch (error) {
    return notUnpacked(error);
  }
}

/** The same, for many small files: to wait for each costs more than to read it. */
export function readTestTextAtOnce(file: string): Promise<TestText> {
  const read = limitedBytesAtOnce(file, LARGEST_EVENTS);
  if (!read.ok) return Promise.resolve(unreadable(read.error));
  if (!file.endsWith(".gz")) return Promise.resolve(textIn(read.value));
  try {
    return Promise.resolve(textIn(gunzipSync(read.value, { maxOutputLength: LARGEST_EVENTS })));
  } catch (error) {
    return Promise.resolve(notUnpacked(error));
  }
}

const TOO_LARGE: TestText = { kind: "too-large" };

function textIn(bytes: Uint8Array): TestText {
  return { kind: "read", text: decodeText(bytes).text };
}

function unreadable(fault: LimitedFault): TestText {
  return fault.kind === "too-large" ? TOO_LARGE : { kind: "absent" };
}

function notUnpacked(error: unknown): TestText {
  const fault = unpackFault(error);
  return fault.kind === "too-large" ? TOO_LARGE : { kind: "damaged", text: fault.text };
}

/** Changes whenever the file does; undefined if it is not there. */
export async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs}:${size}:${ino}`;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function entriesOf(folder: string): ReturnType<typeof namesAndKinds> {
  try {
    return await namesAndKinds(folder);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

function namesAndKinds(folder: string) {
  return readdir(folder, { withFileTypes: true });
}
