import { type Span } from "../text/span.ts";
import { type TomlDocument } from "./model.ts";

/** Comments that stand alone on their lines, in runs with nothing but white space between them. */
export function commentRuns({ comments, text }: TomlDocument): readonly (readonly [Span, ...Span[]])[] {
  const runs: [Span, ...Span[]][] = [];
  for (const comment of comments.filter((one) => standsAlone(text, one))) {
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1];
    if (run !== undefined && last !== undefined && text.slice(last.end, comment.start).trim() === "")
      run.push(comment);
    else runs.push([comment]);
  }
  return runs;
}

function standsAlone(text: string, comment: Span): boolean {
  return text.slice(text.lastIndexOf("\n", comment.start - 1) + 1, comment.start).trim() === "";
}
