/** Where the work in each folder began, asked of git once. */
import { type GitAnswer, type GitBase, gitBase } from "./git.ts";

export interface GitBases {
  /** Undefined where git tells nothing. */
  of(folder: string): Promise<GitBase | undefined>;
  /** Branches may have moved: git is asked again. */
  forget(): void;
}

export function gitBases(ask: (folder: string) => Promise<GitAnswer> = mainBranchOf): GitBases {
  const known = new Map<string, Promise<GitBase | undefined>>();
  return {
    of(folder) {
      const found =
        known.get(folder) ?? ask(folder).then((answer) => (answer.kind === "base" ? answer.base : undefined));
      known.set(folder, found);
      found.catch(() => known.delete(folder));
      return found;
    },
    forget: () => known.clear(),
  };
}

function mainBranchOf(folder: string): Promise<GitAnswer> {
  return gitBase(folder, undefined);
}

/** For whoever has no git. */
export const NO_BASES: GitBases = { of: () => Promise.resolve(undefined), forget: () => undefined };

/** The text of a file where the work began; undefined if it is new, or git tells nothing. */
export function baseTextOf(
  base: GitBase | undefined,
  file: string,
  bytes: Uint8Array,
  text: string,
): Promise<string | undefined> {
  if (base === undefined) return Promise.resolve(undefined);
  // Nearly all files are the same, and git need not be asked for their text.
  return base.differs(file, bytes) ? base.textOf(file) : Promise.resolve(text);
}
