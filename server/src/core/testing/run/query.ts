/** Query rules: an alert for every event that matches. */
import { type Result } from "../../base/result.ts";
import { kqlBase, type KqlBase, kqlRule, recentMatches, sceneOf } from "./kqlBase.ts";
import { kqlNotes } from "./kqlNotes.ts";
import { type Alert, type Preparation, type Refusal, type RuleInputs, type RunResult } from "./prepared.ts";
import { groupedByTerms } from "./suppressByTerms.ts";

export const prepareQuery: Preparation = (rule, options) => {
  const base = kqlBase(rule, options);
  if (!base.ok) return base;
  const isPerEvent = base.value.settings.suppression === undefined;
  return { ok: true, value: kqlRule(base.value, { isPerEvent }, (inputs) => run(base.value, inputs)) };
};

function* run(base: KqlBase, inputs: RuleInputs): Generator<undefined, Result<RunResult, Refusal>> {
  const scene = sceneOf(base, inputs);
  if (!scene.ok) return scene;
  const { matching, passedOver, silent } = yield* recentMatches(base, scene.value, inputs);
  const single = matching.map((event): Alert => ({ events: [event], keys: [], suppressedCount: 0 }));
  const alerts = groupedByTerms(base, single);
  if (!alerts.ok) return alerts;
  const notes = kqlNotes(base, scene.value, inputs, alerts.value.length);
  return { ok: true, value: { alerts: alerts.value, notes, passedOver, silent: () => silent } };
}
