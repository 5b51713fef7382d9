/** `knowledge`: which fields and techniques are known for the rules of a folder, from where, and what is missing. */
import path from "node:path";
import { nodeHost } from "../../host/node.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { cliKnowledge } from "../diskJudge.ts";
import { knowledgeLayers } from "../../lsp/knowledgeStatus.ts";
import { type KnowledgeLayer } from "../../lsp/protocol.ts";
import { type Terminal } from "../terminal.ts";

export interface KnowledgeOptions {
  readonly format: "human" | "json";
}

export async function knowledgeCommand(
  folder: string | undefined,
  { format }: KnowledgeOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const host = nodeHost(packageRoot);
  // What is wrong is told with each part.
  const store = cliKnowledge(host, packageRoot, () => undefined);
  await store.whole(path.resolve(terminal.cwd, folder ?? "."));
  const layers = knowledgeLayers(await store.now(undefined), store.layers());
  terminal.print(format === "json" ? `${JSON.stringify({ version: 1, layers })}\n` : humanLayers(layers));
  return EXIT.clean;
}

function humanLayers(layers: readonly KnowledgeLayer[]): string {
  const width = Math.max(...layers.flatMap(({ parts }) => parts.map(({ name }) => name.length)));
  return layers
    .map(({ name, source, parts }) => {
      const rows = parts.map((part) => {
        const state = part.state === "complete" ? "" : ` (${part.state})`;
        const problem = part.problem === null ? "" : `\n  ${" ".repeat(width)}  ${part.problem}`;
        return `  ${part.name.padEnd(width)}  ${part.detail}${state}${problem}\n`;
      });
      return `${name}: ${source}\n${rows.join("")}`;
    })
    .join("\n");
}
