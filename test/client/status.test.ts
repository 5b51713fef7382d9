/** The entry of the status bar. */
import { expect, test, vi } from "vitest";
import { createStatus } from "../../client/src/status.ts";

const item = vi.hoisted(() => ({ severity: -1, detail: "", command: { command: "" } }));

vi.mock("vscode", () => ({
  LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
  l10n: { t: (text: string) => text },
  languages: { createLanguageStatusItem: () => item },
  workspace: {},
}));
vi.mock("vscode-languageclient", () => ({ State: {} }));

const KNOWN = { fields: "ECS 9.4.0", attack: "ATT&CK 18.1" };

test.each([
  ["all is known", { state: "ready", ...KNOWN, message: undefined }, 0, "ECS 9.4.0, ATT&CK 18.1"],
  ["a part is broken", { state: "ready", ...KNOWN, message: "`x` is cut off" }, 1, "`x` is cut off"],
  ["nothing is known", { state: "problem", ...KNOWN, message: "No catalogs" }, 2, "No catalogs"],
] as const)("%s", (_name, status, severity, detail) => {
  createStatus().showServer(status);
  expect([item.severity, item.detail]).toEqual([severity, detail]);
  const isReady = status.state === "ready";
  expect(item.command.command).toBe(isReady ? "rulewright.showKnowledge" : "rulewright.showLog");
});
