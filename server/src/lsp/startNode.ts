import { fileURLToPath, pathToFileURL } from "node:url";
import { type Connection } from "vscode-languageserver";
import { customSchemaFiles } from "../host/customSchemas.ts";
import { gitBases } from "../host/gitBases.ts";
import { nodeHost } from "../host/node.ts";
import { nodeKnowledge } from "../host/nodeKnowledge.ts";
import { repositoryAt } from "../host/repository.ts";
import { ruleFilesBelow } from "../host/ruleFiles.ts";
import { today } from "../host/today.ts";
import { nodeUpdater } from "./nodeUpdater.ts";
import { describe } from "./guard.ts";
import { startServer } from "./server.ts";

/** Serves a connection under Node. `packageRoot` is the folder of our package.json. */
export function startNodeServer(connection: Connection, packageRoot: string, version: string): void {
  const host = nodeHost(packageRoot);
  // Work that nobody waits for has failed: Node would end the server for it.
  process.on("unhandledRejection", (error) => connection.console.error(describe(error)));
  startServer(connection, {
    host,
    version,
    runtime: `Node ${process.versions.node}`,
    pathOf: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri) : undefined),
    uriOf: (path) => pathToFileURL(path).href,
    repositoryAt: (place, switches) => repositoryAt(place, { ...process.env, ...switches }),
    knowledge: (options) => nodeKnowledge({ host, packageRoot, ...options }),
    workspace: {
      ruleFilesBelow,
      bases: gitBases(),
      customSchemaFiles: (folder, setting) => customSchemaFiles(host, folder, setting),
      today: () => today(new Date()),
    },
    updater: nodeUpdater(packageRoot),
  });
}
