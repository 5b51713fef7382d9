/** How often a generator yields that asks a query of events. */
import { childrenOf, type EqlAst, type EqlQuery } from "../../query/eql/index.ts";
import { type Pace, paceFor } from "../work.ts";

export function paceOf(query: EqlQuery): Pace {
  let count = 0;
  const pending: EqlAst[] = [query];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    count++;
    // A list is looked up, however long it is.
    if (node.kind !== "list") for (const child of childrenOf(node)) pending.push(child);
  }
  return paceFor(count);
}
