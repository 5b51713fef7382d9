/** Judges over the files of this machine, with all that is known here. */
import { type Profile } from "../core/analysis/config.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { etcFolderAbove } from "../host/etcPlace.ts";
import { cacheFolder, dataFolder } from "../host/folders.ts";
import { type GitBases, gitBases } from "../host/gitBases.ts";
import { groundsRevision, programRevision } from "../host/grounds.ts";
import { type Host } from "../host/host.ts";
import { type KnowledgeStore } from "../host/knowledgeStore.ts";
import { LARGEST_TEXT, limitedBytesAtOnce } from "../host/limitedFile.ts";
import { nodeHost } from "../host/node.ts";
import { nodeKnowledge } from "../host/nodeKnowledge.ts";
import { today } from "../host/today.ts";
import { type Judge, type JudgeOptions, judgeWith } from "./judge.ts";
import { type Verdicts, keptVerdicts } from "./verdicts.ts";

/** What a judge of files on the disk is made of. */
export interface JudgeSetup {
  readonly packageRoot: string;
  /** Undefined: as `rulewright.toml` or the folder says. */
  readonly profile: Profile | undefined;
  /** Paths outside all projects are told from here. */
  readonly cwd: string;
  /** What changes are told against; default: the main branch. */
  readonly bases?: GitBases | undefined;
}

/** Judges every file. */
export function judgeOnDisk(setup: JudgeSetup, warn: (message: string) => void): Judge {
  const host = diskHost(setup);
  return judgeWith(diskOptions(setup, host, cliKnowledge(host, setup.packageRoot, warn), warn));
}

/** Does not judge files again that are as they were in an earlier run. */
export async function rememberingJudge(setup: JudgeSetup, warn: (message: string) => void): Promise<Judge> {
  const host = diskHost(setup);
  let hasProblem = false;
  const knowledge = cliKnowledge(host, setup.packageRoot, (problem) => {
    hasProblem = true;
    warn(problem);
  });
  const verdicts = await verdictsOnDisk(host, setup.packageRoot, knowledge, () => !hasProblem);
  return judgeWith({ ...diskOptions(setup, host, knowledge, warn), verdicts });
}

function diskHost({ packageRoot }: JudgeSetup): Host {
  return { ...nodeHost(packageRoot), readFile: readAtOnce };
}

function diskOptions(
  { profile, cwd, bases = gitBases() }: JudgeSetup,
  host: Host,
  knowledge: KnowledgeStore,
  warn: (message: string) => void,
): JudgeOptions {
  const knowledgeFor = (folder: string): Promise<Knowledge> => knowledge.whole(folder);
  return { host, knowledgeFor, profile, cwd, bases, today: today(new Date()), warn };
}

/** Undefined if we cannot tell which program we are. */
async function verdictsOnDisk(
  host: Host,
  packageRoot: string,
  knowledge: KnowledgeStore,
  isWorthKeeping: () => boolean,
): Promise<Verdicts | undefined> {
  const program = await programRevision(packageRoot);
  if (program === undefined) return undefined;
  return keptVerdicts({
    cacheFolder: cacheFolder(dataFolder(process.env, process.platform)),
    program,
    groundsOf: async (folder) => ({
      source: await knowledge.source(folder),
      place: await etcFolderAbove(host, folder, undefined),
    }),
    revisionOf: (grounds) => groundsRevision(grounds, process.env),
    isWorthKeeping,
  });
}

/** What the command line knows: all of it, before the first file is judged. */
export function cliKnowledge(
  host: Host,
  packageRoot: string,
  warn: (message: string) => void,
): KnowledgeStore {
  return nodeKnowledge({
    host,
    packageRoot,
    dataFolder: () => dataFolder(process.env, process.platform),
    settingFor: () => Promise.resolve(undefined),
    onChange: () => undefined,
    onProblem: warn,
  });
}

/** For many small files, to wait for each costs more than to read it. */
function readAtOnce(file: string): Promise<Uint8Array | undefined> {
  const read = limitedBytesAtOnce(file, LARGEST_TEXT);
  return Promise.resolve(read.ok ? read.value : undefined);
}
