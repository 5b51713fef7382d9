/** Files that the system does not let us read or write. */
import { expect, test } from "vitest";
import { fixFile } from "../../server/src/cli/fix.ts";
import { type Judge, judgeWith } from "../../server/src/cli/judge.ts";
import { NO_BASES } from "../../server/src/host/gitBases.ts";
import { type Host } from "../../server/src/host/host.ts";
import { knowledge } from "../support/analyse.ts";

const RULE = '[rule]\nrisk_score = 47\nseverity = "hihg"\n';

/** A file system in which nothing can be read. */
const host: Host = {
  readFile: () => Promise.resolve(undefined),
  isFolder: () => Promise.resolve(false),
  isThere: () => Promise.resolve(false),
  readPackaged: () => Promise.reject(new Error("not asked for")),
  packagedUri: (file) => file,
  parentOf: (file) => (file === "/" ? undefined : "/"),
  join: (folder, name) => folder + name,
  resolve: (_, path) => path,
};

function judgeOf(text: string, warned: string[]): Judge {
  return judgeWith({
    host: {
      ...host,
      readFile: (file) =>
        Promise.resolve(file === "/rules/open.toml" ? new TextEncoder().encode(text) : undefined),
    },
    knowledgeFor: () => Promise.resolve(knowledge),
    profile: undefined,
    cwd: "/",
    bases: NO_BASES,
    today: "2024/05/02",
    warn: (message) => void warned.push(message),
  });
}

test("a file that cannot be read is a finding of its own, and the others are judged", async () => {
  const warned: string[] = [];
  const { judge } = judgeOf(RULE, warned);
  const closed = await judge("/rules/closed.toml");
  expect(closed?.diagnostics.map(({ check, severity }) => [check, severity])).toEqual([
    ["toml/unreadable", "error"],
  ]);
  const open = await judge("/rules/open.toml");
  expect(open?.diagnostics.map(({ check }) => check)).toContain("rule/unknown-value");
  expect(warned).toEqual([]);
});

test("a file that cannot be written is told, with what would have been mended", async () => {
  const readOnly = { ...host, replaceFile: () => Promise.resolve("EACCES") };
  const judge = judgeOf('[rule]\ntype = "eql"\ntags = ["Use Case: A", "Use Case: A"]\n', []);
  expect(await fixFile(judge, readOnly, "/rules/open.toml")).toEqual({
    path: "/rules/open.toml",
    checks: ["tags/duplicate-tag"],
    failure: "EACCES",
  });
});
