import { closestWord } from "../../base/closest.ts";
import { MACHINE_LEARNING } from "../../knowledge/packageUses.ts";
import { replaceText } from "../../toml/edits.ts";
import { type SchemaCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownJob: SchemaCheck = {
  id: "machine-learning/unknown-job",
  on: "schemas",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["int-ml-job"],
  summary: "A machine-learning job that its package does not have.",
  why: "Such a rule reads the results of a job that comes with a package, such as `lmd` or `dga`. If the package has no job of this name, there are no results. Elastic's CI looks the job up in the newest version of the package; reported only where that is loaded.",
  bad: `[metadata]
integration = ["lmd"]
maturity = "production"
[rule]
type = "machine_learning"
machine_learning_job_id = "lmd_high_men_rdp_session_duration"
`,
  good: `[metadata]
integration = ["lmd"]
maturity = "production"
[rule]
type = "machine_learning"
machine_learning_job_id = "lmd_high_mean_rdp_session_duration"
`,
  *run({ metadata, rule, type }, { schemas, subject }) {
    if (schemas === undefined || rule === undefined || type !== "machine_learning" || !subject.isValidated)
      return;
    // A file that lacks packages may hold an older version of this one.
    if (schemas.parts.some(({ name, state }) => name === "integrations" && state !== "complete")) return;
    const named = metadata === undefined ? [] : textsIn(metadata, "integration");
    const name = named.find(({ value }) => MACHINE_LEARNING.has(value))?.value;
    const jobs = name === undefined ? undefined : schemas.jobsOf(name);
    if (name === undefined || jobs === undefined || jobs.length === 0) return;
    for (const host of textsIn(rule, "machine_learning_job_id")) {
      if (jobs.includes(host.value)) continue;
      const meant = closestWord(host.value, jobs);
      const hint = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
      yield {
        span: host.span,
        message: `The package ${name} has no job \`${host.value}\`${hint}`,
        fixes: meant === undefined ? [] : unsafeFix(`Replace by ${meant}`, replaceText(host, meant)),
        isGuess: !subject.isProduction,
      };
    }
  },
};
