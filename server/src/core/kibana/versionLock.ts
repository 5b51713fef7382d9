/** `version.lock.json`: what was shipped of each rule, and which version a rule gets by it. */
import { isObject, objectIn, textIn } from "../knowledge/attackJson.ts";
import { type StackVersion, compareStacks, stackVersion } from "../knowledge/etc/stackVersion.ts";

export interface LockedVersion {
  readonly version: number;
  /** Of the rule as it was built; undefined if the file does not say it. */
  readonly hash: string | undefined;
}

export interface LockEntry extends LockedVersion {
  /** For stacks that are older than the one which the rule needs now, such as "8.19". */
  readonly previous: ReadonlyMap<string, LockedVersion>;
  /** For stacks that get rules in another form, by the first of them. */
  readonly emitted: readonly { readonly from: StackVersion; readonly locked: LockedVersion }[];
}

/** By rule id. */
export type VersionLock = ReadonlyMap<string, LockEntry>;

export function readVersionLock(value: unknown): VersionLock {
  return new Map(
    Object.entries(objectIn(value) ?? {}).flatMap(([id, entry]) => {
      const read = lockEntry(entry);
      return read === undefined ? [] : [[id, read] as const];
    }),
  );
}

function lockEntry(value: unknown): LockEntry | undefined {
  const entry = objectIn(value);
  const locked = lockedVersion(entry);
  if (entry === undefined || locked === undefined) return undefined;
  const previous = Object.entries(objectIn(entry["previous"]) ?? {}).flatMap(([stack, one]) => {
    const read = lockedVersion(one);
    return read === undefined ? [] : [[stack, read] as const];
  });
  const emitted = Object.entries(objectIn(entry["stack_emit"]) ?? {}).flatMap(([stack, one]) => {
    const [from, read] = [stackVersion(stack), lockedVersion(one)];
    return from === undefined || read === undefined ? [] : [{ from, locked: read }];
  });
  return { ...locked, previous: new Map(previous), emitted };
}

function lockedVersion(value: unknown): LockedVersion | undefined {
  if (!isObject(value)) return undefined;
  const version = value["version"];
  return typeof version === "number" ? { version, hash: textIn(value, "sha256") } : undefined;
}

/** Hashes of a rule as it is built now. */
export interface RuleHashes {
  /** As it is built for stacks that get rules as they are written: without and with its packages. */
  readonly plain: readonly string[];
  /** As the stack that is built for gets it; undefined if that cannot be derived, or is no other form. */
  readonly emitted: string | undefined;
}

/** The stack that is built for, and the oldest one that the rule runs on, such as "8.19". */
export interface LockStacks {
  readonly built: StackVersion | undefined;
  readonly oldest: string | undefined;
}

export interface CurrentVersion {
  readonly version: number;
  readonly isChanged: boolean;
}

/** One more than what was shipped last, if the rule is built otherwise than then; a rule that is new begins with 1. */
export function currentVersion(
  entry: LockEntry | undefined,
  hashes: RuleHashes,
  stacks: LockStacks,
): CurrentVersion {
  if (entry === undefined) return { version: 1, isChanged: false };
  const locked = lockedFor(entry, stacks);
  const shipped = shippedFor(entry, stacks);
  // A file that does not say what it was has nothing against what it is.
  if (locked.hash === undefined) return { version: shipped.version, isChanged: false };
  if (!hashes.plain.includes(locked.hash)) return { version: locked.version + 1, isChanged: true };
  const isChanged = hashes.emitted !== undefined && shipped.emitted?.hash !== hashes.emitted;
  return { version: shipped.version + (isChanged ? 1 : 0), isChanged };
}

/** What was shipped last, whatever the rule is now; undefined for a rule that never was. */
export function shippedVersion(entry: LockEntry | undefined, stacks: LockStacks): number | undefined {
  return entry && shippedFor(entry, stacks).version;
}

function lockedFor(entry: LockEntry, { oldest }: LockStacks): LockedVersion {
  return (oldest === undefined ? undefined : entry.previous.get(oldest)) ?? entry;
}

interface Shipped {
  readonly version: number;
  readonly emitted: LockedVersion | undefined;
}

function shippedFor(entry: LockEntry, stacks: LockStacks): Shipped {
  const { built } = stacks;
  const [newest] = entry.emitted
    .filter(({ from }) => built !== undefined && compareStacks(from, built) <= 0)
    .sort((a, b) => compareStacks(b.from, a.from));
  return { version: (newest?.locked ?? lockedFor(entry, stacks)).version, emitted: newest?.locked };
}
