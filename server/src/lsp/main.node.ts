/** Entry of the server that VS Code starts, over node IPC (or whatever its arguments name). */
import path from "node:path";
import { ProposedFeatures, createConnection } from "vscode-languageserver/node";
import { VERSION } from "../version.ts";
import { startNodeServer } from "./startNode.ts";

startNodeServer(createConnection(ProposedFeatures.all), path.resolve(__dirname, ".."), VERSION);
