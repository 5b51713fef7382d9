/** Files that the system does not let us read. */
import { expect, test } from "vitest";
import { judgeWith } from "../../server/src/cli/judge.ts";
import { type Host } from "../../server/src/host/host.ts";
import { knowledge } from "../support/analyse.ts";

const RULE = '[rule]\nrisk_score = 47\nseverity = "hihg"\n';

/** A file system of one rule that can be read and one that cannot. */
const host: Host = {
  readFile: (file) =>
    Promise.resolve(file === "/rules/open.toml" ? new TextEncoder().encode(RULE) : undefined),
  isFolder: () => Promise.resolve(false),
  readPackaged: () => Promise.reject(new Error("not asked for")),
  packagedUri: (file) => file,
  parentOf: (file) => (file === "/" ? undefined : "/"),
  join: (folder, name) => folder + name,
};

test("a file that cannot be read is a finding of its own, and the others are judged", async () => {
  const warned: string[] = [];
  const { judge } = judgeWith({
    host,
    knowledge,
    profile: undefined,
    warn: (message) => void warned.push(message),
  });
  const closed = await judge("/rules/closed.toml");
  expect(closed?.diagnostics.map(({ check, severity }) => [check, severity])).toEqual([
    ["toml/unreadable", "error"],
  ]);
  const open = await judge("/rules/open.toml");
  expect(open?.diagnostics.map(({ check }) => check)).toContain("rule/unknown-value");
  expect(warned).toEqual([]);
});
