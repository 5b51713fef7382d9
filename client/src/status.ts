/** The entry under `{}` in the status bar: is the server ready, and what does it know. */
import { type Command, type Disposable, LanguageStatusSeverity, l10n, languages } from "vscode";
import { State } from "vscode-languageclient";
import { type ServerStatus } from "../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID } from "./settings.ts";

export interface Status extends Disposable {
  showClient(state: State): void;
  showServer(status: ServerStatus): void;
}

export function createStatus(): Status {
  const item = languages.createLanguageStatusItem("rulewright.status", { language: LANGUAGE_ID });
  item.name = "Rulewright";
  item.text = "Rulewright";

  function show(state: ServerStatus["state"], detail: string, severity = severityOf(state)): void {
    item.busy = state === "loading";
    item.severity = severity;
    item.detail = detail;
    item.command = commandFor(state);
  }

  return {
    showClient(state) {
      if (state === State.Starting) show("loading", l10n.t("Starting"));
      if (state === State.StartFailed) show("problem", l10n.t("The server did not start"));
      if (state === State.Stopped) show("problem", l10n.t("The server is not running"));
    },
    showServer(status) {
      // The rest is known: what is broken is told with all else that there is to show.
      const isPartly = status.state === "ready" && status.message !== undefined;
      const severity = isPartly ? LanguageStatusSeverity.Warning : severityOf(status.state);
      show(status.state, status.message ?? knownText(status), severity);
    },
    dispose: () => item.dispose(),
  };
}

function severityOf(state: ServerStatus["state"]): LanguageStatusSeverity {
  return state === "problem" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
}

function commandFor(state: ServerStatus["state"]): Command {
  return state === "ready"
    ? { command: "rulewright.showKnowledge", title: l10n.t("Show Knowledge") }
    : { command: "rulewright.showLog", title: l10n.t("Show Log") };
}

function knownText(status: ServerStatus): string {
  if (status.state === "loading") return l10n.t("Loading fields and techniques");
  const sources = knownSources(status);
  return sources.length === 0 ? l10n.t("No field or technique catalog") : sources.join(", ");
}

/** Such as "ECS 9.4.0" and "ATT&CK 18.1". */
export function knownSources({ fields, attack }: ServerStatus): readonly string[] {
  return [fields, attack].filter((source) => source !== undefined);
}
