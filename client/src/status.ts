/** The entry under `{}` in the status bar: is the server ready, and what does it know. */
import { type Disposable, LanguageStatusSeverity, languages } from "vscode";
import { State } from "vscode-languageclient";
import { type ServerStatus } from "../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID } from "./settings.ts";

export interface Status extends Disposable {
  showClient(state: State): void;
  showServer(status: ServerStatus): void;
}

const SHOW_LOG = { command: "rulewright.showLog", title: "Show Log" };
const SHOW_KNOWLEDGE = { command: "rulewright.showKnowledge", title: "What Is Known" };

export function createStatus(): Status {
  const item = languages.createLanguageStatusItem("rulewright.status", { language: LANGUAGE_ID });
  item.name = "Rulewright";
  item.text = "Rulewright";

  function show(state: ServerStatus["state"], detail: string): void {
    item.busy = state === "loading";
    item.severity = state === "problem" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.detail = detail;
    item.command = state === "ready" ? SHOW_KNOWLEDGE : SHOW_LOG;
  }

  return {
    showClient(state) {
      if (state === State.Starting) show("loading", "Starting");
      if (state === State.StartFailed) show("problem", "The server did not start");
      if (state === State.Stopped) show("problem", "The server is not running");
    },
    showServer: (status) => show(status.state, status.message ?? knownSources(status)),
    dispose: () => item.dispose(),
  };
}

/** Such as "ECS 9.4.0, ATT&CK 18.1". */
export function knownSources({ state, fields, attack }: ServerStatus): string {
  if (state === "loading") return "Loading fields and techniques";
  const sources = [fields, attack].filter((source) => source !== undefined);
  return sources.length === 0 ? "No field or technique catalog" : sources.join(", ");
}
