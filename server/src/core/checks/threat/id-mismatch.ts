import { isOutdated } from "../../knowledge/attack.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";
import { renameThreat } from "../threatEdits.ts";
import { threatMeantInstead, threatOfId } from "../threatIdentity.ts";
import { judgedThreats } from "../threatScopes.ts";

export const idMismatch: ThreatCheck = {
  id: "threat/id-mismatch",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "threat-tactic-id",
    "threat-technique-name",
    "threat-subtechnique-name",
    "threat-mappings-correlation",
  ],
  summary: "An id that belongs neither to the name nor to the reference beside it.",
  why: "Name and reference agree on one tactic or technique, and the id is that of another one. Elastic's CI refuses the rule, and coverage reports count the wrong technique.",
  bad: threatExample({
    technique: { id: "T1111", name: "Brute Force", page: "T1110" },
    tactic: { id: "TA0006", name: "Credential Access" },
  }),
  good: threatExample({
    technique: { id: "T1110", name: "Brute Force" },
    tactic: { id: "TA0006", name: "Credential Access" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { ref } = threat;
      const written = threatOfId(threat, attack);
      const meant = threatMeantInstead(threat, attack);
      if (ref.id === undefined || written === undefined || meant === undefined) continue;
      // A replaced id has a finding of its own.
      if (written.kind === "technique" && isOutdated(written)) continue;
      const message = `${written.id} is ${written.name}; name and reference are those of ${meant.id} ${meant.name}`;
      const edits = renameThreat(ref, meant);
      const title = `Change the id to ${meant.id}`;
      yield {
        span: ref.id.span,
        message,
        fixes: edits === undefined ? [] : [{ title, safety: "unsafe", edits }],
      };
    }
  },
};
