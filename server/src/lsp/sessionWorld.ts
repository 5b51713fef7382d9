/** What the session needs of the platform and of the client. */
import { type TextDocuments } from "vscode-languageserver";
import { type TextDocument } from "vscode-languageserver-textdocument";
import { type Host } from "../host/host.ts";
import { type KnowledgeStore } from "../host/knowledgeStore.ts";
import { type ProjectsWorld } from "../host/projects.ts";
import { type WorkspaceWorld } from "./fileConfigs.ts";
import { type Log } from "./guard.ts";
import { type StoreOptions } from "./knowledgeStatus.ts";
import { type ServerStatus, type Settings } from "./protocol.ts";

export interface SessionWorld {
  readonly host: Host;
  readonly documents: TextDocuments<TextDocument>;
  readonly log: Log;
  /** Settings for one file; undefined if the client has none. */
  readonly settingsFor: (uri: string) => Promise<Settings | undefined>;
  /** The path of a `file:` URI; undefined for others. */
  readonly pathOf: (uri: string) => string | undefined;
  readonly uriOf: (path: string) => string;
  /** Whether the client tells of files that change. */
  readonly isWatching: () => boolean;
  readonly onStatus: (status: ServerStatus) => void;
  /** Diagnostics may be others now. */
  readonly onChange: () => void;
  /** Some rule of the workspace covers something else than before, or is gone. */
  readonly onRules?: () => void;
  readonly repositoryAt: ProjectsWorld["repositoryAt"];
  readonly workspace: WorkspaceWorld;
  readonly knowledge: (options: StoreOptions) => KnowledgeStore;
}
