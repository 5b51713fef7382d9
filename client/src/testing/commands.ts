/** Commands about sample events: make them, paste them, choose one, ask who alerts on it. */
import { type QuickPickItem, Uri, ViewColumn, WorkspaceEdit, env, window, workspace } from "vscode";
import { type EventItem, type EventRef, type GeneratedFile } from "../../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID } from "../settings.ts";
import { type RuleTesting } from "./controller.ts";
import { type InlineResults } from "./inline.ts";
import { type ExplanationPages } from "./pages.ts";
import { type TestServer } from "./server.ts";

export interface TestParts {
  readonly server: TestServer;
  readonly testing: RuleTesting;
  readonly inline: InlineResults;
  readonly pages: ExplanationPages;
}

const MESSAGE_MILLISECONDS = 5000;

export function testCommands(
  parts: TestParts,
): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  const withRule =
    (act: (parts: TestParts, uri: string) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const uri = ruleUri(argument);
      if (uri === undefined) void window.showWarningMessage("Open a detection rule first");
      else await act(parts, uri);
    };
  return {
    "rulewright.runRuleTests": withRule(({ testing }, uri) => testing.runRule(uri)),
    "rulewright.addSampleEvents": withRule(addSampleEvents),
    "rulewright.pasteSampleEvents": withRule((given, uri) => paste(given, uri)),
    "rulewright.generateSampleEvents": withRule(generate),
    "rulewright.explainEvent": withRule(explain),
    "rulewright.chooseEvent": withRule(async (given, uri) => void (await chooseEvent(given, uri))),
    "rulewright.whoFires": () => whoFires(parts),
  };
}

/** From a lens, or of the rule in the active editor. */
function ruleUri(argument: unknown): string | undefined {
  if (typeof argument === "string") return argument;
  const document = window.activeTextEditor?.document;
  return document?.languageId === LANGUAGE_ID ? document.uri.toString() : undefined;
}

async function addSampleEvents(parts: TestParts, uri: string): Promise<void> {
  const ways: readonly (QuickPickItem & { readonly act: () => Promise<void> })[] = [
    {
      label: "$(clippy) Paste from the clipboard",
      detail: "A hit, a response, a document from Discover, NDJSON: whatever holds events",
      act: () => paste(parts, uri),
    },
    {
      label: "$(sparkle) Generate from the query",
      detail: "An event that alerts, and for each clause one that nearly does",
      act: () => generate(parts, uri),
    },
    {
      label: "$(new-file) Start with an empty file",
      detail: "Scratch events: what alerts is shown, and nothing is expected",
      act: () => openScratch(parts, uri),
    },
  ];
  await (await window.showQuickPick(ways, { placeHolder: "Sample events from where?" }))?.act();
}

async function paste({ server, inline, testing }: TestParts, uri: string): Promise<void> {
  const text = await env.clipboard.readText();
  const plain = { label: "As they are", scrub: false };
  const scrubbed = {
    label: "Scrubbed",
    detail: "Stable pseudonyms take the place of hosts, users and addresses",
    scrub: true,
  };
  const picked = await window.showQuickPick([plain, scrubbed], { placeHolder: "Paste the events how?" });
  if (picked === undefined) return;
  const result = await server.ask("events/normalise", { uri, text, scrub: picked.scrub });
  if (!result.ok) {
    void window.showErrorMessage(`The clipboard holds no events: ${result.message}`);
    return;
  }
  await appended(Uri.parse(result.uri), result.lines);
  const left = result.problems.length === 0 ? "" : `, ${result.problems.length} could not be read`;
  window.setStatusBarMessage(`Rulewright: ${result.count} events pasted${left}`, MESSAGE_MILLISECONDS);
  inline.refresh();
  await testing.changed([uri]);
}

async function generate({ server, inline, testing }: TestParts, uri: string): Promise<void> {
  const result = await server.ask("events/generate", { uri });
  if (!result.ok) {
    void window.showWarningMessage(`No events can be made from this query: ${result.message}`);
    return;
  }
  const items = result.files.map((file) => ({
    label: file.name,
    description: file.expect,
    file,
    picked: true,
  }));
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: "Which of them become tests?",
    ...(result.refused.length === 0 ? {} : { title: `${result.refused.length} near misses cannot be made` }),
  });
  if (picked === undefined || picked.length === 0) return;
  await written(picked.map(({ file }) => file));
  inline.refresh();
  await testing.changed([uri]);
}

/** One edit that undo takes back. What is there is not replaced: the new events come after it. */
async function written(files: readonly GeneratedFile[]): Promise<void> {
  for (const { uri, text, header } of files) await appended(Uri.parse(uri), text, header);
}

/** `header`: what a file begins with that is not there yet. */
async function appended(uri: Uri, lines: string, header = ""): Promise<void> {
  const edit = new WorkspaceEdit();
  const isThere = await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!isThere)
    edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(header + lines) });
  else {
    const document = await workspace.openTextDocument(uri);
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.insert(uri, end, `${end.character === 0 ? "" : "\n"}${lines}`);
  }
  await workspace.applyEdit(edit);
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.Beside,
    preview: false,
    preserveFocus: true,
  });
  await document.save();
}

async function openScratch({ server }: TestParts, uri: string): Promise<void> {
  // An event without content says where the file goes.
  const result = await server.ask("events/normalise", { uri, text: "{}", scrub: false });
  if (!result.ok) return;
  const target = Uri.parse(result.uri);
  const edit = new WorkspaceEdit();
  edit.createFile(target, { ignoreIfExists: true });
  await workspace.applyEdit(edit);
  await window.showTextDocument(await workspace.openTextDocument(target), { viewColumn: ViewColumn.Beside });
}

async function explain(parts: TestParts, uri: string): Promise<void> {
  const event = parts.inline.chosen(uri) ?? (await chooseEvent(parts, uri));
  if (event === undefined) return;
  await parts.pages.show({ uri, event });
}

/** The chosen event explains itself beside the query. */
async function chooseEvent({ server, inline }: TestParts, uri: string): Promise<EventRef | undefined> {
  const result = await server.ask("tests/inline", { uri, event: null });
  const events = result?.events ?? [];
  if (events.length === 0) {
    void window.showInformationMessage("The rule has no sample events yet");
    return undefined;
  }
  const none = { label: "$(circle-slash) No event", event: null };
  const items = [...events.map(eventPick), none];
  const picked = await window.showQuickPick(items, {
    placeHolder: "Which event explains itself?",
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  inline.choose(uri, picked.event);
  return picked.event ?? undefined;
}

function eventPick(item: EventItem): QuickPickItem & { readonly event: EventRef } {
  const { uri, line, label, detail, alerts } = item;
  return {
    label: `${alerts ? "$(bell)" : "$(dash)"} ${label}`,
    description: alerts ? "alerts" : "does not alert",
    detail,
    event: { uri, line },
  };
}

async function whoFires({ server }: TestParts): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const uri = editor.document.uri.toString();
  const line = editor.selection.active.line + 1;
  const { rules, judged, unsupported } = await server.ask("events/whoFires", { uri, line });
  const title = `${rules.length} of ${judged} rules alert on this event; ${unsupported} cannot be run`;
  const items = rules.map(({ uri: target, name }) => ({
    label: name,
    description: Uri.parse(target).path,
    target,
  }));
  const none = { label: "None", description: "", target: "" };
  const picked = await window.showQuickPick(items.length === 0 ? [none] : items, { title });
  if (picked === undefined || picked.target === "") return;
  await window.showTextDocument(Uri.parse(picked.target));
}
