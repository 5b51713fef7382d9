/** Reads `packages.yaml`: the version of the stack that a repository builds its rules for. */
import { objectIn } from "../attackJson.ts";
import { type Reading } from "./reading.ts";
import { type StackVersion, stackVersion } from "./stackVersion.ts";

export function readPackageVersion(value: unknown): Reading<StackVersion | undefined> {
  const name = objectIn(objectIn(value)?.["package"])?.["name"];
  if (name === undefined) return { value: undefined, problems: ["has no `name` under `package`"] };
  const version = stackVersion(String(name));
  if (version !== undefined) return { value: version, problems: [] };
  return { value: undefined, problems: ["has a `name` under `package` that is no version"] };
}
