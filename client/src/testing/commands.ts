/** Commands about sample events: make them, paste them, choose one, ask who alerts on it. */
import { type QuickPickItem, Uri, l10n, window } from "vscode";
import { type EventItem, type EventRef } from "../../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID } from "../settings.ts";
import { addSampleEvents, generateEvents, pasteEvents } from "./addEvents.ts";
import { rulesOf } from "./changes.ts";
import { type TestParts } from "./parts.ts";
import { isTestFile } from "./testFiles.ts";

export function testCommands(
  parts: TestParts,
): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  const withRule =
    (act: (parts: TestParts, uri: string) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const uri = await ruleUri(parts, argument);
      if (uri === undefined)
        void window.showWarningMessage(l10n.t("Open a detection rule or its sample events first"));
      else if (uri.startsWith("untitled:"))
        void window.showWarningMessage(l10n.t("Save the rule first: its sample events stand beside it"));
      else await act(parts, uri);
    };
  return {
    "rulewright.runRuleTests": withRule(({ testing }, uri) => testing.runRule(uri)),
    "rulewright.addSampleEvents": withRule(addSampleEvents),
    "rulewright.pasteSampleEvents": withRule(pasteEvents),
    "rulewright.generateSampleEvents": withRule(generateEvents),
    "rulewright.explainEvent": withRule(explain),
    "rulewright.chooseEvent": withRule(async (given, uri) => void (await chooseEvent(given, uri))),
    "rulewright.mutationScore": withRule(({ mutations }, uri) => mutations.show(uri)),
    "rulewright.whoFires": () => whoFires(parts),
  };
}

/** From a lens, or of the active editor: a rule, or a file of its tests. */
async function ruleUri({ testing }: TestParts, argument: unknown): Promise<string | undefined> {
  if (typeof argument === "string") return argument;
  const document = window.activeTextEditor?.document;
  if (document === undefined) return undefined;
  const uri = document.uri.toString();
  return document.languageId === LANGUAGE_ID ? uri : (await rulesOf(testing, uri))[0];
}

/** The event at the cursor of an events file, else the chosen one, else one to be chosen. */
async function explain(parts: TestParts, uri: string): Promise<void> {
  const event =
    (await eventAtCursor(parts, uri)) ?? parts.inline.chosen(uri) ?? (await chooseEvent(parts, uri));
  if (event !== undefined) await parts.pages.show({ uri, event });
}

async function eventAtCursor({ server }: TestParts, uri: string): Promise<EventRef | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined || !isTestFile(editor.document.uri.path)) return undefined;
  const file = editor.document.uri.toString();
  const line = editor.selection.active.line + 1;
  const events = (await server.ask("tests/inline", { uri, event: null }))?.events ?? [];
  const item = events.findLast((one) => one.uri === file && one.line <= line);
  return item && refOf(item);
}

/** The chosen event explains itself beside the query. */
async function chooseEvent({ server, inline }: TestParts, uri: string): Promise<EventRef | undefined> {
  const result = await server.ask("tests/inline", { uri, event: null });
  const events = result?.events ?? [];
  if (events.length === 0) {
    void window.showInformationMessage(l10n.t("The rule has no sample events yet"));
    return undefined;
  }
  const none = { label: `$(circle-slash) ${l10n.t("No event")}`, event: null };
  const items = [...events.map(eventPick), none];
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t("Which event is explained beside the query?"),
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  inline.choose(uri, picked.event);
  return picked.event ?? undefined;
}

function eventPick(item: EventItem): QuickPickItem & { readonly event: EventRef } {
  const { label, detail, alerts } = item;
  return {
    label: `${alerts ? "$(bell)" : "$(dash)"} ${label}`,
    description: alerts ? l10n.t("alerts") : l10n.t("does not alert"),
    detail,
    event: refOf(item),
  };
}

function refOf({ uri, line, patchedBy }: EventItem): EventRef {
  return { uri, line, patchedBy };
}

async function whoFires({ server }: TestParts): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const uri = editor.document.uri.toString();
  const line = editor.selection.active.line + 1;
  const { rules, judged, unsupported, overSeveral } = await server.ask("events/whoFires", { uri, line });
  const title =
    unsupported === 0
      ? l10n.t("{0} of {1} rules alert on this event", rules.length, judged)
      : l10n.t("{0} of {1} rules alert on this event; {2} cannot be run", rules.length, judged, unsupported);
  const unjudged = {
    label: l10n.t("Rules over several events: not judged ({0})", overSeveral),
    description: "",
    target: "",
  };
  const found = rules.map(({ uri: target, name }) => ({
    label: name,
    description: Uri.parse(target).path.split("/").at(-1) ?? "",
    target,
  }));
  const none = { label: l10n.t("None"), description: "", target: "" };
  const items = [...(found.length === 0 ? [none] : found), ...(overSeveral === 0 ? [] : [unjudged])];
  const picked = await window.showQuickPick(items, { title });
  if (picked === undefined || picked.target === "") return;
  await window.showTextDocument(Uri.parse(picked.target));
}
