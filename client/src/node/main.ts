/** Entry of the extension in a Node extension host. */
import { type ExtensionContext } from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { type Rulewright, startRulewright } from "../client.ts";
import { SECTION } from "../settings.ts";

/** The one thing that must outlive `activate`: VS Code calls `deactivate` without any argument. */
let running: Rulewright | undefined;

export function activate(context: ExtensionContext): void {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run: server,
    debug: { ...server, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  running = startRulewright(context, (options) => {
    return new LanguageClient(SECTION, "Rulewright", serverOptions, options);
  });
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}
