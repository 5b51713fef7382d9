import { createRequire } from "node:module";
import path from "node:path";
import type * as UpdateModule from "./update.ts";

/** The module that fetches schemas, from its own bundle: no other work waits for it to be read. */
export function loadUpdate(packageRoot: string): typeof UpdateModule {
  const file = path.join(packageRoot, "dist", "update.cjs");
  // Our own bundle of that very module.
  return createRequire(file)(file) as typeof UpdateModule;
}
