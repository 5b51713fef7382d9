import { type ExtensionContext, env, version, workspace } from "vscode";
import { type ServerInfo } from "../../server/src/lsp/protocol.ts";
import { SECTION } from "./settings.ts";
import { knownSources } from "./status.ts";

/** What a bug report needs, without names of files or people; in English, for those who read it. `server` is a sentence where the server gave no answer. */
export function diagnosticsInfo(context: ExtensionContext, server: ServerInfo | string): string {
  const settings = workspace.getConfiguration(SECTION);
  const shown = ["lint.run", "profile", "languageDetection.enable", "checks"].map((name) => {
    return `- rulewright.${name}: ${JSON.stringify(settings.get(name))}`;
  });
  // `package.json` is JSON of our own.
  const manifest = context.extension.packageJSON as { readonly version: string };
  return [
    `Rulewright ${manifest.version}`,
    `Editor: ${env.appName} ${version} (${env.remoteName ?? env.appHost})`,
    `System: ${process.platform} ${process.arch}, ${env.language}`,
    ...serverLines(server),
    "Settings:",
    ...shown,
    "",
  ].join("\n");
}

function serverLines(server: ServerInfo | string): readonly string[] {
  if (typeof server === "string") return [`Server: not running (${server})`];
  const { status } = server;
  const sources = knownSources(status);
  return [
    `Server: ${server.version} on ${server.runtime}, ${status.state}${status.message === undefined ? "" : ` (${status.message})`}`,
    `Knows: ${sources.length === 0 ? "no catalog" : sources.join(", ")}; ${server.checks} checks; ${server.openDocuments} open documents`,
  ];
}
