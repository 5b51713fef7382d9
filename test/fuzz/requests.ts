/** Broken rules against the built server: every request of an editor is answered, soon, and with places in the text. */
import type * as lsp from "vscode-languageserver";
import { type LineIndex, lineIndexOf } from "../../server/src/core/text/lineIndex.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";
import { type CampaignOptions, type CampaignResult } from "./campaigns.ts";
import { rulesToBreak } from "./inputs.ts";
import { type Question, requestsAbout } from "./questions.ts";

const TEXTS = 1000;
const URI = "untitled:requests";
const LIMIT_MILLISECONDS = 1000;
const SIGNS = [
  ...["'''", '"""', "[", "]", "\n", "\r", "\r\n", "\u2028", "\\", "\\u00e9", "/*", "//", "# ", "'", '"', "`"],
  ...["(", ")", "{", "}", "=", "==", ":", "*", ".", ",", "|", "~", "?", "$", "<", "\0", "\t", "😀", "\uD83D"],
  ...[" and ", " or ", "not ", "sequence by ", "with maxspan=", "until ", "nested:{", "process.name"],
  ...["[rule]\n", "[[rule.threat]]\n"],
];

export async function editorRequests({ seed, share }: CampaignOptions): Promise<CampaignResult> {
  const random = seededRandom(seed + 3);
  const rules = rulesToBreak(120, random).filter(({ length }) => length < 40_000);
  const client = await startWire({ capabilities: EDITOR });
  const problems: string[] = [];
  let [probes, slowest] = [0, 0];
  await client.open(URI, "");
  const count = Math.round(TEXTS * share);
  for (let version = 2; version < count + 2; version++) {
    const text = broken(rules[random.below(rules.length)] ?? "", random);
    const question = questionAbout(text, random);
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: URI, version },
      contentChanges: [{ text }],
    });
    for (const [method, params] of requestsAbout(question)) {
      const { problem, milliseconds } = await answered(client, method, params, question.lines);
      probes++;
      slowest = Math.max(slowest, milliseconds);
      if (problem !== undefined) problems.push(`${method}: ${problem} at ${where(question)} of ${text}`);
    }
  }
  // A formatter says which files it leaves alone: that is no failure.
  const failures = client.logged.filter((message) => !message.includes("left alone: "));
  problems.push(...failures.map((message) => `logged: ${message}`));
  await client.stop();
  return { name: "editor requests over stdio", probes, slowestMilliseconds: slowest, problems };
}

const EDITOR: lsp.ClientCapabilities = {
  ...PULLING,
  workspace: {
    ...PULLING.workspace,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"], snippetEditSupport: true },
  },
};

/** A prefix, other line ends, characters of two units, or some signs put in and some text left out. */
function broken(rule: string, random: Random): string {
  const kind = random.below(6);
  if (kind === 0) return rule.slice(0, random.below(rule.length + 1));
  let text = rule;
  if (kind === 1) text = rule.replaceAll("\n", "\r\n");
  if (kind === 2) text = `\uFEFF${rule}`;
  if (kind === 3) text = rule.replaceAll("where", "/* 😀 */ where").replaceAll('name = "', 'name = "😀');
  for (let edits = random.below(6); 0 <= edits; edits--) {
    const at = placeIn(text, random);
    const end = at + (random.below(3) === 0 ? random.below(30) : 0);
    text = text.slice(0, at) + (SIGNS[random.below(SIGNS.length)] ?? "") + text.slice(end);
  }
  return text;
}

/** In the query more often than elsewhere. */
function placeIn(text: string, random: Random): number {
  const query = /^query *=/m.exec(text)?.index ?? 0;
  const [start, length] = random.below(3) === 0 ? [0, text.length] : [query, 1200];
  return Math.min(text.length, start + random.below(length + 1));
}

function questionAbout(text: string, random: Random): Question {
  const lines = lineIndexOf(text);
  const offset = placeIn(text, random);
  const end = Math.min(text.length, offset + (random.below(2) === 0 ? 0 : random.below(300)));
  const range = { start: lines.positionAt(offset), end: lines.positionAt(end) };
  return { uri: URI, lines, text, position: range.start, range };
}

function where({ position }: Question): string {
  return `${position.line + 1}:${position.character + 1}`;
}

interface Answered {
  readonly problem: string | undefined;
  readonly milliseconds: number;
}

/** A slow answer is asked for again: a pause of the garbage collector or of the machine is not ours. */
async function answered(
  client: WireClient,
  method: string,
  params: object,
  lines: LineIndex,
): Promise<Answered> {
  const first = await asked(client, method, params, lines);
  return first.milliseconds < LIMIT_MILLISECONDS ? first : asked(client, method, params, lines);
}

async function asked(
  client: WireClient,
  method: string,
  params: object,
  lines: LineIndex,
): Promise<Answered> {
  const started = performance.now();
  try {
    const answer: unknown = await client.connection.sendRequest(method, params);
    const milliseconds = performance.now() - started;
    const isSlow = LIMIT_MILLISECONDS < milliseconds;
    return { problem: isSlow ? `${milliseconds} ms` : wildRange(answer, lines), milliseconds };
  } catch (error) {
    return { problem: isRefusal(error) ? undefined : String(error), milliseconds: 0 };
  }
}

/** With a reason that an editor shows: an answer. */
function isRefusal(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === -32803;
}

/** The first range within an answer that is none of the text. */
function wildRange(answer: unknown, lines: LineIndex): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  if ("start" in answer && "end" in answer) {
    const [start, end] = [offsetOf(answer.start, lines), offsetOf(answer.end, lines)];
    if (start !== undefined && end !== undefined && start <= end) return undefined;
    return `the range ${JSON.stringify(answer)}`;
  }
  for (const [name, value] of Object.entries(answer)) {
    const found = name === "data" ? undefined : wildRange(value, lines);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined for what is no place in the text. */
function offsetOf(position: unknown, lines: LineIndex): number | undefined {
  if (typeof position !== "object" || position === null) return undefined;
  if (!("line" in position) || !("character" in position)) return undefined;
  const { line, character } = position;
  if (typeof line !== "number" || typeof character !== "number") return undefined;
  const offset = lines.offsetAt({ line, character });
  const found = lines.positionAt(offset);
  return found.line === line && found.character === character ? offset : undefined;
}
