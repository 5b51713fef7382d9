import { type Edit } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { type EqlString } from "./ast.ts";
import { encodeString, mapOfString } from "./strings.ts";

/** Replaces part of what a string stands for, written as the string's form wants it. */
export function replaceInString(text: string, string: EqlString, part: Span, replacement: string): Edit {
  const span = mapOfString(text, string).toHostSpan(part);
  const isRaw = string.form === "raw" || string.form === "old-raw";
  return { span, text: isRaw ? replacement : encodeString(replacement).slice(1, -1) };
}
