/** The explanation of a note, when an editor shows it. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type FieldDocs } from "../knowledge/fields.ts";
import { completionDoc } from "./completionDoc.ts";
import { type FieldContext } from "./fieldText.ts";
import { type InlaySubject } from "./inlayHintsModel.ts";
import { lookBackMarkdown } from "./inlayHintsSchedule.ts";

/** Undefined if there is nothing to say. */
export function inlayMarkdown(
  subject: InlaySubject,
  snapshot: Snapshot,
  docs: FieldDocs | undefined,
  useCount: FieldContext["useCount"],
): string | undefined {
  if (subject.kind === "look-back") return lookBackMarkdown(snapshot);
  return completionDoc(subject, snapshot, docs, useCount);
}
