/** All safe fixes of a document as one action, which editors can also take when it is saved. */
import * as lsp from "vscode-languageserver";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { fixAll } from "../../core/analysis/fixAll.ts";
import { runChecks } from "../../core/analysis/runChecks.ts";
import { type Snapshot } from "../../core/analysis/snapshot.ts";
import { CHECKS } from "../../core/checks/registry.generated.ts";
import { type Edit, editBetween } from "../../core/text/edit.ts";
import { toFixAllAction } from "../convert.ts";
import { drive } from "../drive.ts";
import { type OpenDocument, type Session } from "../session.ts";

export const FIX_ALL_KIND = `${lsp.CodeActionKind.SourceFixAll}.rulewright`;

interface Mended {
  readonly edit: Edit | undefined;
  /** The findings that it mends: they are others once the rules around have changed. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Editors ask at every move of the cursor: what was found for a version is kept with it. */
const found = new WeakMap<Snapshot, Mended>();

export async function fixAllActions(
  session: Session,
  { textDocument }: lsp.CodeActionParams,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction[]> {
  const diagnosed = await session.diagnostics(textDocument.uri, token);
  if (diagnosed === undefined) return [];
  const { document, diagnostics } = diagnosed;
  const isMendable = diagnostics.some(({ fixes }) => fixes.some(({ safety }) => safety === "safe"));
  if (!isMendable) return [];
  let known = found.get(document.snapshot);
  if (known?.diagnostics !== diagnostics) {
    const edit = await mend(session, document, token);
    if (edit === "cancelled") return [];
    known = { edit, diagnostics };
    found.set(document.snapshot, known);
  }
  return known.edit === undefined
    ? []
    : [toFixAllAction(document.snapshot, FIX_ALL_KIND, known.edit, document)];
}

/** Undefined if nothing would change. */
async function mend(
  session: Session,
  document: OpenDocument,
  token: lsp.CancellationToken,
): Promise<Edit | "cancelled" | undefined> {
  const { snapshot, uri } = document;
  const work = fixAll(snapshot.text, (text) =>
    runChecks(session.withText(document, text), {
      checks: CHECKS,
      workspace: session.workspaceOf(document),
      onCrash: (check, error) => session.logCrash(uri, check, error),
    }),
  );
  const outcome = await drive(work, { isStale: () => token.isCancellationRequested });
  return outcome === undefined ? "cancelled" : editBetween(snapshot.text, outcome.text);
}
