/** From reports to the words that the Test Explorer shows. */
import { l10n } from "vscode";
import { type TestCaseReport } from "../../../server/src/lsp/protocol.ts";

/** What becomes of an item in a run: exactly one of these. */
export type Shown =
  | { readonly kind: "passed" }
  | { readonly kind: "failed" | "errored"; readonly markdown: string }
  /** VS Code shows no message for it: the words go to the output, and beside the item's name. */
  | { readonly kind: "skipped"; readonly text: string };

export function shownOf(report: TestCaseReport): Shown {
  switch (report.outcome) {
    case "passed":
      return { kind: "passed" };
    case "failed":
      return { kind: "failed", markdown: failureMarkdown(report) };
    case "error":
      return { kind: "errored", markdown: failureMarkdown(report) };
    case "unsupported":
      return { kind: "skipped", text: unsupportedText(report) };
    case "todo":
      return { kind: "skipped", text: knownMissText(report) };
    case "scratch":
      return { kind: "skipped", text: scratchText(report) };
  }
}

function unsupportedText({ message }: TestCaseReport): string {
  return message === null
    ? l10n.t("cannot be run: it is not known why")
    : l10n.t("cannot be run: {0}", message);
}

function knownMissText({ message }: TestCaseReport): string {
  return message === null ? l10n.t("a known miss") : l10n.t("a known miss: {0}", message);
}

function scratchText({ alertCount, eventCount }: TestCaseReport): string {
  return l10n.t("scratch: {0} of {1} alert", alertCount, eventCount);
}

/**
 * The sentence holds what was expected and what came. Given apart, VS Code shows a comparison of two texts in place of
 * the explanation.
 */
function failureMarkdown({ message, expected, actual, detail }: TestCaseReport): string {
  const sentence = escapedSentence(message ?? l10n.t("Expected {0}, got {1}", expected, actual));
  return detail === "" ? sentence : `${sentence}\n\n${detail.replace(/^ +/gm, firmSpaces)}`;
}

/** The peek view drops other spaces at the beginning of a line, and with them what stands under what. */
function firmSpaces(spaces: string): string {
  return "\u00a0".repeat(spaces.length);
}

/** Names in backticks stay; elsewhere nothing of a sentence is Markdown. */
export function escapedSentence(sentence: string): string {
  return sentence
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")))
    .join("");
}
