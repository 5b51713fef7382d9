import { fileURLToPath } from "node:url";
import { type Connection } from "vscode-languageserver";
import { nodeHost } from "../host/node.ts";
import { startServer } from "./server.ts";

/** Serves a connection under Node. `packageRoot` is the folder of our package.json. */
export function startNodeServer(connection: Connection, packageRoot: string, version: string): void {
  startServer(connection, {
    host: nodeHost(packageRoot),
    version,
    runtime: `Node ${process.versions.node}`,
    pathOf: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri) : undefined),
  });
}
