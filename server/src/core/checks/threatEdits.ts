/** Edits that make a rule name another tactic or technique: id, name and reference together. */
import { attackUrl } from "../knowledge/attack.ts";
import { type Edit } from "../text/edit.ts";
import { replaceText } from "../toml/edits.ts";
import { type ThreatRef } from "../rule/model.ts";

/** Sets whichever of id, name and reference are written and differ. Undefined if one cannot be written. */
export function renameThreat(
  ref: ThreatRef,
  to: { readonly id: string; readonly name: string },
): readonly Edit[] | undefined {
  const wanted = [
    [ref.id, to.id],
    [ref.name, to.name],
    [ref.reference, attackUrl(to.id)],
  ] as const;
  const edits: Edit[] = [];
  for (const [written, value] of wanted) {
    if (written === undefined || written.value === value) continue;
    const edit = replaceText(written.host, value);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits;
}
