/** Reads the file that `testing.config` names: of which rules Elastic's tools skip validation, and which unit tests run. */
import { objectIn } from "../attackJson.ts";
import { type Reading } from "./reading.ts";

export interface TestConfig {
  /** Names of unit tests, or patterns: `pattern:*rule*`. */
  readonly unitTests: Selection;
  /** Ids of rules. */
  readonly ruleValidation: Selection;
}

export type Selection =
  | { readonly kind: "all" }
  | { readonly kind: "all-but"; readonly names: ReadonlySet<string> }
  | { readonly kind: "only"; readonly names: ReadonlySet<string> };

export function readTestConfig(value: unknown): Reading<TestConfig> {
  const problems: string[] = [];
  // A file in which everything is commented out holds nothing.
  const root = value === null ? {} : objectIn(value);
  if (root === undefined) problems.push("holds no table of settings");
  return {
    value: {
      unitTests: selection(root?.["unit_tests"], "unit_tests", problems),
      ruleValidation: selection(root?.["rule_validation"], "rule_validation", problems),
    },
    problems,
  };
}

export function isSelected(name: string, selection: Selection): boolean {
  switch (selection.kind) {
    case "all":
      return true;
    case "all-but":
      return !selection.names.has(name);
    case "only":
      return selection.names.has(name);
  }
}

function selection(value: unknown, place: string, problems: string[]): Selection {
  const table = value === undefined || value === null ? {} : objectIn(value);
  if (table === undefined) problems.push(`has no table under \`${place}\``);
  const [bypass, only] = ["bypass", "test_only"].map((name) => {
    const list = table?.[name];
    if (list === undefined || list === null) return new Set<string>();
    if (!Array.isArray(list)) problems.push(`has no list as \`${place}.${name}\``);
    return new Set(Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);
  });
  if (bypass !== undefined && 0 < bypass.size) {
    // Elastic's tools refuse both at once.
    if (only !== undefined && 0 < only.size)
      problems.push(`has both \`bypass\` and \`test_only\` in \`${place}\``);
    return { kind: "all-but", names: bypass };
  }
  return only !== undefined && 0 < only.size ? { kind: "only", names: only } : { kind: "all" };
}
