/** What a function, a list or a clause takes, and which part of it is being written. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { eqlSignature } from "./signatureHelpEql.ts";
import { kqlSignature } from "./signatureHelpKql.ts";
import { type Signature } from "./signatureHelpModel.ts";

export function signatureAt(snapshot: Snapshot, offset: number): Signature | undefined {
  if (!snapshot.isRule()) return undefined;
  for (const query of snapshot.queries()) {
    const inner = query.embedded.host.map.toInner(offset);
    if (inner === undefined) continue;
    if (query.support.id === "eql") return eqlSignature(query, inner);
    return query.support.id === "kuery" ? kqlSignature(query, inner) : undefined;
  }
  return undefined;
}
