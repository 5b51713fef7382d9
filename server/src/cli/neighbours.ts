/** Compares the rules that were judged with each other and with the rules around them that were not asked for. */
import { createHash } from "node:crypto";
import path from "node:path";
import { lazy } from "../core/base/lazy.ts";
import { isConcerned, workspaceChecks } from "../core/analysis/comparing.ts";
import { queryCache } from "../core/analysis/cache.ts";
import { summaryOfText } from "../core/analysis/summaries.ts";
import { workspaceIndex } from "../core/analysis/workspace.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { DESCRIPTION_START, type RuleSummary } from "../core/rule/summary.ts";
import { decodeText } from "../host/host.ts";
import { readableBytes } from "../host/limitedFile.ts";
import { pathBelow } from "../host/paths.ts";
import { type Project } from "../host/projects.ts";
import { ruleFilesBelow } from "../host/ruleFiles.ts";
import { type Judge, type JudgedFile } from "./judge.ts";
import { contentKey } from "./verdicts.ts";

const COMPARISONS = workspaceChecks(CHECKS);

/** The same files; those that others matter to are judged again, with all rules of their project known. */
export async function comparedFiles(
  judge: Judge,
  files: readonly JudgedFile[],
): Promise<readonly JudgedFile[]> {
  const again = new Map<JudgedFile, JudgedFile>();
  for (const { project, members } of await groupsOf(judge, files)) {
    const own = members.flatMap(({ summary }) => summary ?? []);
    const others = await summariesAround(judge, project, members, own);
    const workspace = workspaceIndex([...own, ...others]);
    const revision = lazy(() => revisionOf([...own, ...others]));
    for (const file of members) {
      const isMore = file.summary !== undefined && isConcerned(file.summary, workspace, COMPARISONS);
      if (!isMore && !file.needsOthers) continue;
      const judged = await judge.judge(file.path, { workspace, revision: revision() });
      if (judged !== undefined) again.set(file, judged);
    }
  }
  return files.map((file) => again.get(file) ?? file);
}

/** Changes with any of the rules, as far as others can tell. */
function revisionOf(rules: readonly RuleSummary[]): string {
  const hash = createHash("sha256");
  for (const rule of rules) hash.update(JSON.stringify(rule));
  return hash.digest("base64url");
}

interface Group {
  readonly project: Project;
  readonly members: readonly JudgedFile[];
}

/** Rules of one root are one workspace; those outside all projects are another. */
async function groupsOf(judge: Judge, files: readonly JudgedFile[]): Promise<readonly Group[]> {
  const groups = new Map<string, { readonly project: Project; readonly members: JudgedFile[] }>();
  for (const file of files) {
    const project = await judge.projectOf(file.path);
    const key = project.root ?? "";
    const group = groups.get(key) ?? { project, members: [] };
    group.members.push(file);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Of the project's other rules those that may have to do with the judged ones. */
async function summariesAround(
  { verdicts }: Judge,
  { root, repository }: Project,
  members: readonly JudgedFile[],
  own: readonly RuleSummary[],
): Promise<readonly RuleSummary[]> {
  if (root === undefined) return [];
  const judged = new Set(members.map((file) => file.path));
  const within = repository.kind === "custom-rules" ? "everywhere" : "rule-folders";
  const others = (await ruleFilesBelow(root, { within })).filter((file) => !judged.has(file));
  const isRelated = relationTo(own);
  const cache = queryCache();
  const found: RuleSummary[] = [];
  for (const file of others) {
    const bytes = await readableBytes(file);
    const place = pathBelow(root, file);
    const text = bytes && decodeText(bytes).text;
    if (place === undefined || bytes === undefined || text === undefined || !isRelated(place, text)) continue;
    const kept = await verdicts?.summaryOf({ path: file, root, content: contentKey(bytes) });
    const summary = kept === undefined ? summaryOfText(place, text, cache) : kept.summary;
    if (summary !== undefined) found.push(summary);
  }
  return found;
}

/** More words than this, and to read a file costs less than to look for them. */
const MOST_WORDS = 100;

/** Tells by the text of a file whether it can share anything with the rules: to read it whole takes longer. */
function relationTo(own: readonly RuleSummary[]): (place: string, text: string) => boolean {
  const words = new Set(own.flatMap(wordsOf).map((word) => word.toLowerCase()));
  const names = new Set(own.map((rule) => path.posix.basename(rule.path)));
  // Exclusions are told by a hash, and references by what is not there: then every rule counts.
  const needsAll = own.some(({ exclusions, references }) => 0 < exclusions.length + references.length);
  if (needsAll || MOST_WORDS < words.size) return () => true;
  return (place, text) => {
    if (names.has(path.posix.basename(place))) return true;
    const lowered = text.toLowerCase();
    return [...words].some((word) => lowered.includes(word));
  };
}

function wordsOf({ id, name, description }: RuleSummary): readonly string[] {
  const start = description?.value.slice(0, DESCRIPTION_START);
  return [id?.value, name?.value, start].flatMap((word) => (word === undefined || word === "" ? [] : [word]));
}
