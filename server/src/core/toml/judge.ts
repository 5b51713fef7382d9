import { TomlError as SmolTomlError, parse } from "smol-toml";
import { lineIndexOf } from "../text/lineIndex.ts";
import { spanOf } from "../text/span.ts";
import { type TomlError } from "./model.ts";

/** smol-toml's verdict on a text in which we found nothing wrong: its first error, or undefined. */
export function judge(text: string): TomlError | undefined {
  // A byte order mark has its own finding.
  const offset = text.startsWith("\uFEFF") ? 1 : 0;
  try {
    parse(text.slice(offset));
    return undefined;
  } catch (error) {
    const lines = lineIndexOf(text.slice(offset));
    const position =
      error instanceof SmolTomlError
        ? { line: error.line - 1, character: error.column - 1 }
        : { line: 0, character: 0 };
    const start = lines.offsetAt(position) + offset;
    return { span: spanOf(start, Math.min(start + 1, text.length)), message: sentence(error), fixes: [] };
  }
}

/** What smol-toml reads in a text; undefined where it refuses it. */
export function judgedValues(text: string): unknown {
  try {
    return parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    // Why it does so is told by `judge`.
    return undefined;
  }
}

function sentence(error: unknown): string {
  const first = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  const words = first.replace(/^Invalid TOML document:\s*/, "").replace(/\.$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
