/** What happens when the server's process ends by itself. */
import { l10n } from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient";

const MOST_CRASHES = 5;
const WITHIN_MILLISECONDS = 3 * 60 * 1000;
const MOST_ERRORS = 3;

/** Starts the server again, unless it stops time and again; then the user is told, once. */
export function crashPolicy(tellUser: (message: string) => void): ErrorHandler {
  let crashes: readonly number[] = [];
  return {
    error: (_error, _message, count) => ({
      action: count !== undefined && count <= MOST_ERRORS ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed() {
      const now = Date.now();
      crashes = [...crashes.filter((then) => now - then < WITHIN_MILLISECONDS), now];
      if (crashes.length < MOST_CRASHES) {
        return {
          action: CloseAction.Restart,
          message: "The server stopped and is started again",
          handled: true,
        };
      }
      crashes = [];
      const message = l10n.t(
        "Rulewright's server stopped {0} times within 3 minutes. Rules are not checked until it is restarted.",
        MOST_CRASHES,
      );
      tellUser(message);
      return { action: CloseAction.DoNotRestart, message, handled: true };
    },
  };
}
