import { removeEntry } from "../../toml/removal.ts";
import { type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const lockedVersion: PlaceCheck = {
  id: "rule/locked-version",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  upstream: ["rule-version-forbidden"],
  summary: "A version in the rule, where a lock file keeps it.",
  why: "Elastic's tools count versions in `version.lock.json` and refuse a rule that brings its own, unless `_config.yaml` says `bypass_version_lock: true`.",
  bad: `[rule]
type = "eql"
version = 3
`,
  good: `[rule]
type = "eql"
`,
  *run({ rule, toml }, { repository }) {
    // Outside a repository no lock file is known.
    if (rule === undefined || repository.kind === "loose" || repository.bypassesVersionLock) return;
    for (const name of ["version", "revision"]) {
      const entry = rule.byName.get(name);
      if (entry === undefined) continue;
      const edit = removeEntry(toml, rule, entry);
      yield {
        span: entry.span,
        message: `\`${name}\` is kept in the version lock file, not in the rule`,
        fixes: unsafeFix(`Remove ${name}`, edit),
      };
    }
  },
};
