/** YAML as Elastic's tools read it; the one place where that library may throw. */
import { parseDocument } from "yaml";
import { type Result } from "../../base/result.ts";

/** Longer ones are no configuration, and would take seconds. */
const LONGEST_TEXT = 4 * 1024 * 1024;

/** The value of a text, else what is wrong with it. PyYAML speaks YAML 1.1, where `yes` and `off` are truth values. */
export function parsedYaml(text: string): Result<unknown, string> {
  if (LONGEST_TEXT < text.length) return { ok: false, error: "is too long for YAML" };
  try {
    const document = parseDocument(text, { version: "1.1", uniqueKeys: false, logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) return { ok: false, error: `is no YAML: ${firstLine(error.message)}` };
    return { ok: true, value: document.toJS() as unknown };
  } catch (error) {
    // Aliases that multiply, or nesting that exhausts the stack.
    return { ok: false, error: `is no YAML: ${error instanceof Error ? firstLine(error.message) : "?"}` };
  }
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).replace(/:$/, "");
}
