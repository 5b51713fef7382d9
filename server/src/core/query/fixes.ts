import { type Fix } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";

/** A fix where there is one right answer. */
export function replaceWith(span: Span, text: string, title: string): Fix {
  return { title, safety: "safe", edits: [{ span, text }] };
}

export function insertAt(offset: number, text: string, title: string): Fix {
  return replaceWith(spanOf(offset, offset), text, title);
}

/** The same fix where the author may have meant something else. */
export function asGuess(fix: Fix): Fix {
  return { ...fix, safety: "unsafe" };
}
