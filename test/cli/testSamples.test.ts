/** The sample rules prove themselves by the built command line. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixture.ts";
import { commandFolder } from "./commandFolder.ts";

const { run } = commandFolder();

describe("the sample rules", () => {
  interface Told {
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly { readonly rule: string; readonly case: string; readonly outcome: string }[];
    readonly problems: readonly unknown[];
    readonly rules: readonly {
      readonly path: string;
      readonly coverage: { readonly total: number; readonly exercised: number } | null;
      readonly mutations: { readonly total: number; readonly noticed: number } | null;
    }[];
    readonly untested: readonly string[];
  }

  test("prove themselves: every rule has matches and near misses, and nearly every change is noticed", () => {
    const args = ["test", path.join(root, "rules"), "--format", "json", "--mutate", "--untested"];
    const { code, out } = run(args);
    const { summary, tests, problems, rules, untested } = JSON.parse(out) as Told; // Our own shape.
    expect(code).toBe(0);
    expect(summary).toMatchObject({ failed: 0, error: 0 });
    expect([problems, untested]).toEqual([[], []]);
    const unrun = rules
      .filter(({ coverage }) => coverage === null)
      .map(({ path: rule }) => path.basename(rule));
    expect(unrun).toEqual([
      "exfiltration_ml_backup_server_rare_destination.toml",
      "command_and_control_dns_question_with_encoded_subdomain.toml",
    ]);
    for (const { path: rule, coverage, mutations } of rules) {
      expect(tests.filter((one) => one.rule === rule).length, rule).toBeGreaterThan(1);
      expect(coverage?.exercised, rule).toBe(coverage?.total);
      expect(mutations === null || 0.9 * mutations.total < mutations.noticed, rule).toBe(true);
    }
  });
});
