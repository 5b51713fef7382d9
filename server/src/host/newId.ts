import { randomUUID } from "node:crypto";

/** A UUID that no rule has. */
export function newId(): string {
  return randomUUID();
}
