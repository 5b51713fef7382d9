import { CHECKS } from "../../core/checks/registry.generated.ts";
import { type Requests } from "../protocol.ts";
import { type Session } from "../session.ts";
import { pageOf } from "./diagnostics.ts";

export function listChecks(session: Session): Requests["checks/list"]["result"] {
  return CHECKS.map(({ id, severity, summary }) => ({ id, severity, summary, page: pageOf(session, id) }));
}

export function serverInfo(
  session: Session,
  version: string,
  runtime: string,
): Requests["server/info"]["result"] {
  return {
    version,
    runtime,
    status: session.status,
    openDocuments: session.openDocumentCount,
    checks: CHECKS.length,
  };
}
