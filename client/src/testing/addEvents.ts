/** Commands that put events into the files of a rule's tests. */
import { type QuickPickItem, Uri, ViewColumn, WorkspaceEdit, env, window, workspace } from "vscode";
import { type Addition, newTexts, testFileFor } from "./newTexts.ts";
import { type TestParts } from "./parts.ts";

const MESSAGE_MILLISECONDS = 5000;

export async function addSampleEvents(parts: TestParts, uri: string): Promise<void> {
  const ways: readonly (QuickPickItem & { readonly act: () => Promise<void> })[] = [
    {
      label: "$(clippy) Paste from the clipboard",
      detail: "A hit, a response, a document from Discover, NDJSON: whatever holds events",
      act: () => pasteEvents(parts, uri),
    },
    {
      label: "$(sparkle) Generate from the query",
      detail: "An event that alerts, and for each clause one that nearly does",
      act: () => generateEvents(parts, uri),
    },
    {
      label: "$(new-file) Start with an empty file",
      detail: "Scratch events: what alerts is shown, and nothing is expected",
      act: () => openScratch(parts, uri),
    },
  ];
  await (await window.showQuickPick(ways, { placeHolder: "Sample events from where?" }))?.act();
}

const PLACES = [
  {
    label: "Scratch",
    description: "events",
    detail: "What alerts is shown, and nothing is expected",
    target: "events",
  },
  { label: "Must alert", description: "match", detail: "A case: each of them alerts", target: "match" },
  {
    label: "Must not alert",
    description: "nomatch",
    detail: "A case: none of them alerts",
    target: "nomatch",
  },
] as const;

const FORMS = [
  { label: "As they are", detail: "", scrub: false },
  {
    label: "Scrubbed",
    detail: "Stable pseudonyms take the place of hosts, users and addresses",
    scrub: true,
  },
] as const;

export async function pasteEvents(parts: TestParts, uri: string): Promise<void> {
  const text = await env.clipboard.readText();
  // Asked before anything is chosen: what cannot be read need not be placed.
  const plain = await parts.server.ask("events/normalise", { uri, text, scrub: false });
  if (!plain.ok) {
    void window.showErrorMessage(`The clipboard holds no events: ${plain.message}`);
    return;
  }
  const place = await window.showQuickPick(PLACES, { title: counted(plain.count), placeHolder: "As what?" });
  if (place === undefined) return;
  const form = await window.showQuickPick(FORMS, { title: counted(plain.count), placeHolder: "How?" });
  if (form === undefined) return;
  const result = form.scrub ? await parts.server.ask("events/normalise", { uri, text, scrub: true }) : plain;
  if (!result.ok) return;
  const target = testFileFor(result.uri, place.target);
  await added(parts, uri, [{ uri: target, text: result.lines, header: "" }]);
  const left = result.problems.length === 0 ? "" : `, ${result.problems.length} could not be read`;
  window.setStatusBarMessage(`Rulewright: ${counted(result.count)} pasted${left}`, MESSAGE_MILLISECONDS);
}

function counted(count: number): string {
  return count === 1 ? "1 event" : `${count} events`;
}

export async function generateEvents(parts: TestParts, uri: string): Promise<void> {
  const result = await parts.server.ask("events/generate", { uri });
  if (!result.ok) {
    void window.showWarningMessage(`No events can be made from this query: ${result.message}`);
    return;
  }
  const items = result.files.map((file) => ({
    label: file.name,
    description: file.expect === "match" ? "must alert" : "must not alert",
    file,
    picked: true,
  }));
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: "Which of them become tests?",
    ...(result.refused.length === 0 ? {} : { title: `${result.refused.length} near misses cannot be made` }),
  });
  if (picked === undefined || picked.length === 0) return;
  await added(
    parts,
    uri,
    picked.map(({ file }) => file),
  );
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
    void window.showErrorMessage("The events could not be written");
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
