import {
  StreamMessageReader,
  StreamMessageWriter,
  ProposedFeatures,
  createConnection,
} from "vscode-languageserver/node";
import { startNodeServer } from "../../lsp/startNode.ts";
import { VERSION } from "../../version.ts";

/** Serves the Language Server Protocol on standard input and output, until the client goes. */
export function lspCommand(packageRoot: string): void {
  const reader = new StreamMessageReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout);
  startNodeServer(createConnection(ProposedFeatures.all, reader, writer), packageRoot, VERSION);
}
