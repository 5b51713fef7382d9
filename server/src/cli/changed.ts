/** The files that differ from a revision: changed, or new. */
import { type GitBase, gitBase } from "../host/git.ts";
import { readableBytes } from "../host/limitedFile.ts";
import { UsageError } from "./exit.ts";

export async function baseSince(revision: string, cwd: string): Promise<GitBase> {
  const answer = await gitBase(cwd, revision);
  switch (answer.kind) {
    case "base":
      return answer.base;
    case "unknown-revision":
      throw new UsageError(`There is no revision ${revision}`);
    case "nothing":
      throw new UsageError("--changed-since needs git, and a folder that it knows");
  }
}

export async function changedFiles(base: GitBase, files: readonly string[]): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of files) if (await isChanged(base, file)) changed.push(file);
  return changed;
}

/** What cannot be read is told when it is judged. */
async function isChanged(base: GitBase, file: string): Promise<boolean> {
  const bytes = await readableBytes(file);
  return bytes === undefined || base.differs(file, bytes);
}
