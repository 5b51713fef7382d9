/** The investigation guide of a rule, and where parts of it stand in the file. */
import { textIn } from "../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { type Finding, type RulePlace } from "./check.ts";
import { isExemptFromValidation } from "./unitTests.ts";

export function noteOf({ rule }: RuleDocument): SourcedText | undefined {
  return rule && textIn(rule, "note");
}

/** What Elastic's loader finds in a note: nothing where the repository turns that off. */
export function noteValidated(
  rule: RuleDocument,
  place: RulePlace,
  findings: (note: SourcedText) => Iterable<Finding>,
): Iterable<Finding> {
  const note = noteOf(rule);
  const isOff = place.repository.bypasses.has("note-validation") || isExemptFromValidation(rule, place);
  return note === undefined || isOff ? [] : findings(note);
}
