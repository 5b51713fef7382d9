/** Commands that put events into the files of a rule's tests. */
import { type QuickPickItem, Uri, ViewColumn, WorkspaceEdit, env, l10n, window, workspace } from "vscode";
import { type Addition, newTexts, testFileFor } from "./newTexts.ts";
import { type TestParts } from "./parts.ts";

const MESSAGE_MILLISECONDS = 5000;

export async function addSampleEvents(parts: TestParts, uri: string): Promise<void> {
  const ways: readonly (QuickPickItem & { readonly act: () => Promise<void> })[] = [
    {
      label: `$(clippy) ${l10n.t("Paste from the clipboard")}`,
      detail: l10n.t("A hit, a response, a document from Discover, NDJSON: whatever holds events"),
      act: () => pasteEvents(parts, uri),
    },
    {
      label: `$(sparkle) ${l10n.t("Generate from the query")}`,
      detail: l10n.t("An event that alerts, and for each clause one that nearly does"),
      act: () => generateEvents(parts, uri),
    },
    {
      label: `$(new-file) ${l10n.t("Start with an empty file")}`,
      detail: l10n.t("Scratch events: what alerts is shown, and nothing is expected"),
      act: () => openScratch(parts, uri),
    },
  ];
  const placeHolder = l10n.t("Where do the events come from?");
  await (await window.showQuickPick(ways, { placeHolder }))?.act();
}

interface PlaceItem extends QuickPickItem {
  /** Also what the file's name says. */
  readonly target: "events" | "match" | "nomatch";
}

function placeItems(): readonly PlaceItem[] {
  const places = [
    {
      label: l10n.t("Scratch"),
      detail: l10n.t("What alerts is shown, and nothing is expected"),
      target: "events",
    },
    { label: l10n.t("Must alert"), detail: l10n.t("A case: each of them alerts"), target: "match" },
    { label: l10n.t("Must not alert"), detail: l10n.t("A case: none of them alerts"), target: "nomatch" },
  ] as const;
  return places.map((place) => ({ ...place, description: place.target }));
}

interface FormItem extends QuickPickItem {
  readonly scrub: boolean;
}

function formItems(): readonly FormItem[] {
  return [
    { label: l10n.t("As they are"), scrub: false },
    {
      label: l10n.t("Scrubbed"),
      detail: l10n.t("Stable pseudonyms take the place of hosts, users and addresses"),
      scrub: true,
    },
  ];
}

export async function pasteEvents(parts: TestParts, uri: string): Promise<void> {
  const text = await env.clipboard.readText();
  // Asked before anything is chosen: what cannot be read need not be placed.
  const plain = await parts.server.ask("events/normalise", { uri, text, scrub: false });
  if (!plain.ok) {
    void window.showErrorMessage(l10n.t("The clipboard holds no events: {0}", plain.message));
    return;
  }
  const title = plain.count === 1 ? l10n.t("1 event") : l10n.t("{0} events", plain.count);
  const place = await window.showQuickPick(placeItems(), {
    title,
    placeHolder: l10n.t("What is expected of the events?"),
  });
  if (place === undefined) return;
  const form = await window.showQuickPick(formItems(), {
    title,
    placeHolder: l10n.t("How are the events written?"),
  });
  if (form === undefined) return;
  const result = form.scrub ? await parts.server.ask("events/normalise", { uri, text, scrub: true }) : plain;
  if (!result.ok) return;
  const target = testFileFor(result.uri, place.target);
  await added(parts, uri, [{ uri: target, text: result.lines, header: "" }]);
  window.setStatusBarMessage(pastedText(result.count, result.problems.length), MESSAGE_MILLISECONDS);
  if (result.changesVerdict)
    void window.showWarningMessage(
      l10n.t("The rule says something else of the scrubbed events: its query asks for what was replaced"),
    );
  if (0 < result.kept.length)
    void window.showInformationMessage(
      l10n.t("These stay in the scrubbed events, as the rule asks for them: {0}", result.kept.join(", ")),
    );
}

function pastedText(count: number, unreadCount: number): string {
  if (unreadCount === 0)
    return count === 1
      ? l10n.t("Rulewright: 1 event pasted")
      : l10n.t("Rulewright: {0} events pasted", count);
  return count === 1
    ? l10n.t("Rulewright: 1 event pasted, {0} could not be read", unreadCount)
    : l10n.t("Rulewright: {0} events pasted, {1} could not be read", count, unreadCount);
}

export async function generateEvents(parts: TestParts, uri: string): Promise<void> {
  const result = await parts.server.ask("events/generate", { uri });
  if (!result.ok) {
    void window.showWarningMessage(l10n.t("No events can be made from this query: {0}", result.message));
    return;
  }
  const items = result.files.map((file) => ({
    label: file.name,
    description: file.expect === "match" ? l10n.t("must alert") : l10n.t("must not alert"),
    file,
    picked: true,
  }));
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: l10n.t("Which of them become tests?"),
    ...(result.refused.length === 0 ? {} : { title: refusedText(result.refused.length) }),
  });
  if (picked === undefined || picked.length === 0) return;
  await added(
    parts,
    uri,
    picked.map(({ file }) => file),
  );
}

function refusedText(count: number): string {
  return count === 1 ? l10n.t("1 near miss cannot be made") : l10n.t("{0} near misses cannot be made", count);
}

/** One edit that undo takes back. What is there is not replaced: new events come after it. */
async function added(
  { testing, inline }: TestParts,
  ruleUri: string,
  additions: readonly Addition[],
): Promise<void> {
  const texts = newTexts(additions, await presentTexts(additions));
  const edit = new WorkspaceEdit();
  const grown: Uri[] = [];
  for (const [target, { text, isNew }] of texts) {
    const uri = Uri.parse(target);
    if (isNew) {
      edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(text) });
      continue;
    }
    const document = await workspace.openTextDocument(uri);
    edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, text);
    grown.push(uri);
  }
  if (!(await workspace.applyEdit(edit))) {
    void window.showErrorMessage(l10n.t("The events could not be written"));
    return;
  }
  for (const uri of grown) await (await workspace.openTextDocument(uri)).save();
  const [first] = additions;
  if (first !== undefined) await showBeside(Uri.parse(first.uri));
  inline.refresh();
  await testing.changed([ruleUri]);
}

async function presentTexts(additions: readonly Addition[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const uri of new Set(additions.map((one) => one.uri))) {
    const text = await workspace.fs.stat(Uri.parse(uri)).then(
      async () => (await workspace.openTextDocument(Uri.parse(uri))).getText(),
      () => undefined,
    );
    if (text !== undefined) texts.set(uri, text);
  }
  return texts;
}

/** The rule keeps the keyboard. */
async function showBeside(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const isShown = window.visibleTextEditors.some((editor) => editor.document === document);
  if (isShown) return;
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.Beside,
    preview: false,
    preserveFocus: true,
  });
}

async function openScratch({ server, testing }: TestParts, uri: string): Promise<void> {
  // An event without content says where the file goes.
  const result = await server.ask("events/normalise", { uri, text: "{}", scrub: false });
  if (!result.ok) return;
  const target = Uri.parse(result.uri);
  const edit = new WorkspaceEdit();
  edit.createFile(target, { ignoreIfExists: true });
  await workspace.applyEdit(edit);
  await window.showTextDocument(await workspace.openTextDocument(target), { viewColumn: ViewColumn.Beside });
  await testing.changed([uri]);
}
