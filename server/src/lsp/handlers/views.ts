/** Registers what there is to ask about views of rules: what Kibana receives, guides, coverage, and what changed. */
import path from "node:path";
import { type Connection } from "vscode-languageserver";
import { compareTexts } from "../../core/compare/compareTexts.ts";
import { differencePage } from "../../core/compare/report.ts";
import { type Coverage, coverageOf, nameOf } from "../../core/coverage/coverage.ts";
import { navigatorLayer } from "../../core/coverage/navigator.ts";
import { coverageSvg } from "../../core/coverage/svg.ts";
import { apiRule } from "../../core/kibana/apiRule.ts";
import { guidePage } from "../../core/kibana/guide.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { type RuleSummary } from "../../core/rule/summary.ts";
import { apiFactsStore } from "../../host/apiFacts.ts";
import { gitBase } from "../../host/git.ts";
import { type Guard } from "../guard.ts";
import { type CoverageView, type KibanaView, type ViewRequests } from "../protocolViews.ts";
import { type Session } from "../session.ts";

export function answerViews(
  connection: Connection,
  session: Session,
  guard: Guard,
  uriOf: (file: string) => string,
): void {
  const facts = apiFactsStore(session.host);
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
    return document === undefined || file === undefined ? null : compared(document.snapshot.text, file);
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

function kibanaView(api: ReturnType<typeof apiRule>): KibanaView | null {
  if (api === undefined) return null;
  const gaps = api.gaps.map((gap) => `// ${gap}.\n`).join("");
  return {
    text: `${gaps}${JSON.stringify(api.rule, undefined, 2)}\n`,
    ndjson: `${JSON.stringify(api.rule)}\n`,
  };
}

async function compared(text: string, file: string): Promise<string> {
  const name = path.basename(file);
  const answer = await gitBase(path.dirname(file), "HEAD");
  if (answer.kind !== "base") return `# ${name}\n\nThere is no git repository with a commit here.\n`;
  const before = await answer.base.textOf(file);
  if (before === undefined) return `# ${name}\n\nThe file is not in HEAD: all of it is new.\n`;
  const comparison = compareTexts(before, text);
  switch (comparison.kind) {
    case "no-rule":
      return `# ${name}\n\nThis is no detection rule.\n`;
    case "broken": {
      const where = comparison.which === "after" ? "The file" : "The version in HEAD";
      return `# ${name}\n\n${where} has errors of TOML: what it means cannot be told.\n`;
    }
    case "compared":
      return differencePage(name, comparison.differences);
  }
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
