/** Registers what there is to ask about views of rules: what Kibana receives, guides, coverage, and what changed. */
import path from "node:path";
import { type Connection } from "vscode-languageserver";
import { type Coverage, coverageOf, nameOf } from "../../core/coverage/coverage.ts";
import { navigatorLayer } from "../../core/coverage/navigator.ts";
import { coverageSvg } from "../../core/coverage/svg.ts";
import { apiRule } from "../../core/kibana/apiRule.ts";
import { guidePage } from "../../core/kibana/guide.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { type RuleSummary } from "../../core/rule/summary.ts";
import { apiFactsStore } from "../../host/apiFacts.ts";
import { comparedWithHead } from "../../host/comparedWithHead.ts";
import { type Guard } from "../guard.ts";
import {
  type CoverageView,
  type KibanaView,
  type ViewNotifications,
  type ViewRequests,
} from "../protocolViews.ts";
import { type Session } from "../session.ts";

export function answerViews(
  connection: Connection,
  session: Session,
  guard: Guard,
  uriOf: (file: string) => string,
): void {
  const facts = apiFactsStore({
    host: session.host,
    dataFolder: () => session.storagePath,
    settingFor: session.schemasSetting,
    env: process.env,
    switchesFor: session.switchesFor,
  });
  function on<M extends keyof ViewRequests>(
    method: M,
    fallback: ViewRequests[M]["result"],
    answer: (params: ViewRequests[M]["params"]) => Promise<ViewRequests[M]["result"]>,
  ): void {
    connection.onRequest(method, guard.request(method, fallback, answer));
  }
  on("views/kibana", null, async ({ uri }) => {
    const document = await session.open(uri);
    if (document?.snapshot.isRule() !== true) return null;
    const { folder } = await session.configOf(uri);
    const known = await facts.of(folder ?? "");
    return kibanaView(apiRule(document.snapshot, known));
  });
  on("views/guide", null, async ({ uri }) => {
    const document = await session.open(uri);
    return document?.snapshot.isRule() === true ? guidePage(document.snapshot.rule()) : null;
  });
  on("views/compare", null, async ({ uri }) => {
    const [document, { file }] = [await session.open(uri), await session.configOf(uri)];
    if (document === undefined || file === undefined) return null;
    return comparedWithHead(document.snapshot.text, file, ruleFiles(session));
  });
  on("views/coverage", { version: "", rules: [], tactics: [], groupings: [] }, async () => {
    const found = await workspaceCoverage(session);
    return found === undefined
      ? { version: "", rules: [], tactics: [], groupings: [] }
      : coverageView(found, uriOf);
  });
  on("views/export", "", async ({ format }) => {
    const found = await workspaceCoverage(session);
    if (found === undefined) return "";
    return format === "svg" ? coverageSvg(found.coverage) : navigatorLayer(found.coverage);
  });
}

const TELL_MILLISECONDS = 300;

/** Tells the client that rules changed, soon after the first change, and together with those that follow it at once. */
export function viewsTeller(connection: Connection, guard: Guard): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const method: keyof ViewNotifications = "views/changed";
      guard.send(method, connection.sendNotification(method));
    }, TELL_MILLISECONDS);
  };
}

function kibanaView(api: ReturnType<typeof apiRule>): KibanaView | null {
  if (api === undefined) return null;
  const gaps = api.gaps.flatMap((gap) => commentLines(`${gap}.`)).join("");
  return {
    text: `${gaps}${JSON.stringify(api.rule, undefined, 2)}\n`,
    ndjson: `${JSON.stringify(api.rule)}\n`,
  };
}

/** Files of the rules of the workspace, as far as they have been read. */
function ruleFiles(session: Session): readonly string[] {
  return [...session.workspaces()].flatMap(([root, index]) =>
    [...index.rules()].map((rule) => path.join(root, rule.path)),
  );
}

/** The page stands beside the rule: what is said first should be seen whole. */
const COMMENT_WIDTH = 76;

function commentLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || COMMENT_WIDTH < line.length + 1 + word.length) lines.push(`// ${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.map((line) => `${line}\n`);
}

interface WorkspaceCoverage {
  readonly coverage: Coverage;
  readonly fileOf: (rule: RuleSummary) => string;
}

/** Undefined without the data of ATT&CK. */
async function workspaceCoverage(session: Session): Promise<WorkspaceCoverage | undefined> {
  // What is being read is waited for; what nobody has asked for yet is read.
  await session.rulesWritten([]);
  if (session.workspaces().size === 0) await session.readRules();
  const attack: AttackCatalog | undefined = await session.packagedAttack();
  if (attack === undefined) return undefined;
  const files = new Map<RuleSummary, string>();
  for (const [root, index] of session.workspaces()) {
    for (const rule of index.rules()) files.set(rule, path.join(root, rule.path));
  }
  return { coverage: coverageOf(files.keys(), attack), fileOf: (rule) => files.get(rule) ?? rule.path };
}

function coverageView(
  { coverage: { version, rules, tactics, groupings }, fileOf }: WorkspaceCoverage,
  uriOf: (file: string) => string,
): CoverageView {
  return {
    version,
    rules: rules.map((rule) => ({
      uri: uriOf(fileOf(rule)),
      name: nameOf(rule),
      detail: [rule.severity, rule.type].filter((one) => one !== undefined).join(", "),
    })),
    tactics,
    groupings,
  };
}
