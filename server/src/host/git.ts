/** What git knows of the files below a folder. Only reads: nothing that a repository could have configured is run. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import { pathFrom } from "./paths.ts";

/** The commit that changes are told against. */
export interface GitBase {
  /** The folder of the work tree. */
  readonly root: string;
  /** False for a file that is the same there; files that are new differ. */
  differs(file: string, bytes: Uint8Array): boolean;
  /** Names the content of a file there; undefined if it was not there. */
  idOf(file: string): string | undefined;
  /** The text of a file there; undefined if it was not there. */
  textOf(file: string): Promise<string | undefined>;
  /** All files that were there. */
  files(): readonly string[];
}

export type GitAnswer =
  | { readonly kind: "base"; readonly base: GitBase }
  /** Neither git nor a repository, or one without a branch to compare with. */
  | { readonly kind: "nothing" }
  | { readonly kind: "unknown-revision" };

/** Where a branch usually begins, in the order in which they are looked for. */
const MAIN_BRANCHES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
] as const;

/** The commit where the work in a folder left `revision`, or the main branch if none is given. */
export async function gitBase(folder: string, revision: string | undefined): Promise<GitAnswer> {
  // Upwards from the folder: git's own name of the root can be another one, by a link.
  const up = await git(folder, ["rev-parse", "--show-cdup"]);
  if (up === undefined) return { kind: "nothing" };
  const root = path.resolve(folder, up.toString("utf8").trim());
  const tip = revision === undefined ? await mainBranch(root) : await commitOf(root, revision);
  if (tip === undefined) return { kind: revision === undefined ? "nothing" : "unknown-revision" };
  // Without a common commit, as in a shallow clone, the revision itself.
  const commit = (await line(root, ["merge-base", "--end-of-options", tip, "HEAD"])) ?? tip;
  const tree = await git(root, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if (tree === undefined) return { kind: "nothing" };
  return { kind: "base", base: baseOf(root, blobsIn(tree.toString("utf8"))) };
}

async function mainBranch(root: string): Promise<string | undefined> {
  const answer = await git(root, ["for-each-ref", "--format=%(refname)", ...MAIN_BRANCHES]);
  const refs = answer?.toString("utf8").split("\n") ?? [];
  return MAIN_BRANCHES.find((branch) => refs.includes(branch));
}

function commitOf(root: string, revision: string): Promise<string | undefined> {
  return line(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
}

/** Path below the root to object id. */
function blobsIn(tree: string): ReadonlyMap<string, string> {
  return new Map(
    tree.split("\0").flatMap((entry) => {
      const [, id, file] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
      return id === undefined || file === undefined ? [] : [[file, id] as const];
    }),
  );
}

function baseOf(root: string, blobs: ReadonlyMap<string, string>): GitBase {
  const idOf = (file: string): string | undefined => blobs.get(pathFrom(root, file));
  return {
    root,
    idOf,
    differs(file, bytes) {
      const id = idOf(file);
      if (id === undefined) return true;
      // A checkout may write line breaks in the other form than git keeps them.
      return id !== blobId(bytes, id.length) && id !== blobId(withoutReturns(bytes), id.length);
    },
    async textOf(file) {
      const id = idOf(file);
      const bytes = id === undefined ? undefined : await git(root, ["cat-file", "blob", id]);
      return bytes?.toString("utf8");
    },
    files: () => [...blobs.keys()].map((file) => path.join(root, file)),
  };
}

/** The object id that git gives to a file; the length of ids tells the repository's hash. */
function blobId(bytes: Uint8Array, length: number): string {
  const hash = createHash(length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

async function line(folder: string, args: readonly string[]): Promise<string | undefined> {
  const text = (await git(folder, args))?.toString("utf8").trim();
  return text === "" ? undefined : text;
}

const TIMEOUT_MILLISECONDS = 10_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** What git prints; undefined if it fails, is not there or takes too long. */
function git(folder: string, args: readonly string[]): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    // Windows looks for a program in the folder that it is run in, and in our own, which an editor sets to the one that is
    // open: git runs where our own program stands, and is told the folder.
    const child = spawn("git", ["-c", "core.fsmonitor=false", "-C", folder, ...args], {
      cwd: path.dirname(process.execPath),
      env: { ...process.env, ...QUIET },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: TIMEOUT_MILLISECONDS,
      windowsHide: true,
    });
    const pieces: Buffer[] = [];
    let size = 0;
    child.stdout.on("data", (piece: Buffer) => {
      size += piece.length;
      if (LARGEST_ANSWER < size) child.kill();
      else pieces.push(piece);
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? Buffer.concat(pieces) : undefined));
  });
}

/** No questions, no locks, and nothing is fetched. */
const QUIET = { GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1" } as const;
