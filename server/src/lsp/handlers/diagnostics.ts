import type * as lsp from "vscode-languageserver";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { isConfigFile, openConfigDiagnostics } from "../closedConfigs.ts";
import { type DiagnosticContext, type OtherFile, toDiagnostic } from "../convert.ts";
import { type DocumentPlace, type Session } from "../session.ts";

const NONE: lsp.FullDocumentDiagnosticReport = { kind: "full", items: [] };

/** Answers a pull. The result id names the version and everything else that the answer rests on. */
export async function pullDiagnostics(
  session: Session,
  params: lsp.DocumentDiagnosticParams,
  token: lsp.CancellationToken,
): Promise<lsp.DocumentDiagnosticReport> {
  const { uri } = params.textDocument;
  if (isConfigFile(uri)) return { kind: "full", items: [...(await openConfigDiagnostics(session, uri))] };
  const found = await session.diagnostics(uri, token);
  if (found === undefined) return NONE;
  const { document, diagnostics } = found;
  const resultId = `${document.version}:${document.revision}:${document.comparison}`;
  if (params.previousResultId === resultId) return { kind: "unchanged", resultId };
  return { kind: "full", resultId, items: await protocolDiagnostics(session, document, diagnostics) };
}

export async function protocolDiagnostics(
  session: Session,
  document: DocumentPlace,
  diagnostics: readonly Diagnostic[],
): Promise<lsp.Diagnostic[]> {
  const context = await diagnosticContext(session, document, diagnostics);
  return diagnostics.map((diagnostic) => toDiagnostic(document.snapshot, diagnostic, context));
}

/** Other files that the diagnostics refer to are read for it. */
export async function diagnosticContext(
  session: Session,
  { uri, placing }: DocumentPlace,
  diagnostics: readonly Diagnostic[],
): Promise<DiagnosticContext> {
  const paths = new Set(diagnostics.flatMap(({ related }) => related.flatMap(({ path }) => path ?? [])));
  const others = new Map<string, OtherFile>();
  for (const path of paths) {
    if (placing === undefined) break;
    const file = session.host.join(placing.root, path);
    const text = await session.files.currentText(file);
    if (text !== undefined) others.set(path, { uri: session.files.uriOf(file), lines: lineIndexOf(text) });
  }
  return { uri, pageOf: (check) => pageOf(session, check), otherFile: (path) => others.get(path) };
}

export function pageOf(session: Session, check: string): string {
  return session.host.packagedUri(`docs/checks/${check}.md`);
}
