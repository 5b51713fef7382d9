/** Where the work in each folder began, asked of git once. */
import { type GitAnswer, type GitBase, gitBase } from "./git.ts";
import { keptPromises } from "./keptPromises.ts";

export interface GitBases {
  /** Undefined where git tells nothing. */
  of(folder: string): Promise<GitBase | undefined>;
  /** Branches may have moved: git is asked again. */
  forget(): void;
}

export function gitBases(ask: (folder: string) => Promise<GitAnswer> = mainBranchOf): GitBases {
  const known = keptPromises<GitBase | undefined>();
  return {
    of: (folder) =>
      known.of(folder, async () => {
        const answer = await ask(folder);
        return answer.kind === "base" ? answer.base : undefined;
      }),
    forget: () => known.forgetAll(),
  };
}

function mainBranchOf(folder: string): Promise<GitAnswer> {
  return gitBase(folder, undefined);
}

/** For whoever has no git. */
export const NO_BASES: GitBases = { of: () => Promise.resolve(undefined), forget: () => undefined };

/** What a file was where the work began. */
export interface FileBase {
  /** Changes with it, and with whether the file is still the same. */
  readonly revision: string;
  /** Undefined if the file is new, or git tells nothing. */
  textOf(text: string): Promise<string | undefined>;
}

/** `bytes` is what the file is now. */
export function fileBase(base: GitBase | undefined, file: string, bytes: Uint8Array): FileBase {
  if (base === undefined) return { revision: "none", textOf: () => Promise.resolve(undefined) };
  // Nearly all files are the same, and git need not be asked for their text.
  if (!base.differs(file, bytes)) return { revision: "same", textOf: (text) => Promise.resolve(text) };
  return { revision: base.idOf(file) ?? "new", textOf: () => base.textOf(file) };
}
