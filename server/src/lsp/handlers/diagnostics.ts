import type * as lsp from "vscode-languageserver";
import { toDiagnostic } from "../convert.ts";
import { type Session } from "../session.ts";

const NONE: lsp.FullDocumentDiagnosticReport = { kind: "full", items: [] };

/** Answers a pull. The result id names the version and everything else that the answer rests on. */
export async function pullDiagnostics(
  session: Session,
  params: lsp.DocumentDiagnosticParams,
  token: lsp.CancellationToken,
): Promise<lsp.DocumentDiagnosticReport> {
  const { uri } = params.textDocument;
  const found = await session.diagnostics(uri, token);
  if (found === undefined) return NONE;
  const resultId = `${found.document.version}:${found.document.revision}`;
  if (params.previousResultId === resultId) return { kind: "unchanged", resultId };
  return { kind: "full", resultId, items: protocolDiagnostics(session, uri, found) };
}

export function protocolDiagnostics(
  session: Session,
  uri: string,
  { document, diagnostics }: NonNullable<Awaited<ReturnType<Session["diagnostics"]>>>,
): lsp.Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    toDiagnostic(document.snapshot, diagnostic, uri, (id) => pageOf(session, id)),
  );
}

export function pageOf(session: Session, check: string): string {
  return session.host.packagedUri(`docs/checks/${check}.md`);
}
