import type * as lsp from "vscode-languageserver";
import { CHECKS } from "../../core/checks/registry.generated.ts";
import { hoverAt } from "../../core/features/hover.ts";
import { toHover } from "../convert.ts";
import { type Session } from "../session.ts";

export async function hover(session: Session, params: lsp.HoverParams): Promise<lsp.Hover | null> {
  const docs = await session.fieldDocs();
  const document = await session.open(params.textDocument.uri);
  if (document === undefined) return null;
  const { snapshot } = document;
  const uses = session.workspaceOf(document)?.uses();
  const found = hoverAt(snapshot, snapshot.lines().offsetAt(params.position), {
    docs,
    checks: CHECKS,
    ruleCount: uses && ((id) => uses.techniques.get(id)),
    useCount: uses && ((name) => uses.fields.get(name) ?? 0),
  });
  return found === undefined ? null : toHover(snapshot, found);
}
