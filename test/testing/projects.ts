/** Projects of one rule and its test files, and what is found in them. */
import { type Files, planOf, problemText } from "./support.ts";

export const RULE = 'rule_id = "r1"';

/** `name: expectation, (todo,) where its events come from` */
export function casesIn(files: Files, roots: readonly string[] = []): readonly string[] {
  return planOf(files, roots).cases.map(({ rule, name, expect: wanted, isTodo, events }) => {
    const source =
      events.kind === "patched"
        ? `from ${events.base.name}`
        : events.kind === "file"
          ? events.path
          : "inline";
    return `${rule.path} | ${name} | ${wanted}${isTodo ? " todo" : ""} | ${source}`;
  });
}

export function problemsIn(files: Files, roots: readonly string[] = []): readonly string[] {
  return planOf(files, roots).problems.map((problem) => problemText(problem, files));
}

export const EVENTS =
  '{"@timestamp":"2026-01-01T00:00:00Z","a":1}\n// between\n{"@timestamp":"2026-01-01T00:00:05Z","a":2}\n';

/** A manifest beside a rule and a file of two events, on lines 1 and 3. */
export function withManifest(manifest: string, more: Files = {}): Files {
  return {
    "rules/a.toml": RULE,
    "rules/_tests/a.match.ndjson": EVENTS,
    "rules/_tests/a.test.yml": manifest,
    ...more,
  };
}
