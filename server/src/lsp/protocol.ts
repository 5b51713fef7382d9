/** Our own messages, declared once. Types only, so that the client takes no server code with it. */

/** Requests from the client to the server, by method. */
export interface Requests {
  /** All checks, for a pick list. */
  "checks/list": { readonly params: undefined; readonly result: readonly CheckSummary[] };
  /** What the server runs on, for a bug report. */
  "server/info": { readonly params: undefined; readonly result: ServerInfo };
}

/** Notifications from the server to the client, by method. */
export interface Notifications {
  /** Sent whenever what the server knows changes; drives the language status item. */
  "server/status": ServerStatus;
}

export interface CheckSummary {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  /** URI of the documentation page. */
  readonly page: string;
}

export interface ServerStatus {
  readonly state: "loading" | "ready" | "problem";
  /** Such as "ECS 9.4.0"; undefined while it is not loaded. */
  readonly fields: string | undefined;
  /** Such as "ATT&CK 18.1". */
  readonly attack: string | undefined;
  /** What went wrong, in one sentence, in the state `problem`. */
  readonly message: string | undefined;
}

export interface ServerInfo {
  readonly version: string;
  readonly runtime: string;
  readonly status: ServerStatus;
  readonly openDocuments: number;
  readonly checks: number;
}

/** The settings, asked for by `workspace/configuration`, section `rulewright`. */
export interface Settings {
  readonly lint?: { readonly run?: "onType" | "onSave" };
  readonly profile?: "auto" | "elastic" | "custom";
  /** Severity by check id: off, error, warning, info or hint. */
  readonly checks?: Readonly<Record<string, string>>;
}
