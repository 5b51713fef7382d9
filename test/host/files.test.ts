/** Files that never end, are vast or cannot be linked, and answers that fail. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { isFileError } from "../../server/src/host/fileError.ts";
import { gitBase } from "../../server/src/host/git.ts";
import { keptPromises } from "../../server/src/host/keptPromises.ts";
import { limitedBytes, limitedBytesAtOnce, readableBytes } from "../../server/src/host/limitedFile.ts";
import { repositoryAt } from "../../server/src/host/repository.ts";
import { ruleFilesBelow } from "../../server/src/host/ruleFiles.ts";
import { findTestFiles, readTestText, readTestTextAtOnce } from "../../server/src/host/testFiles.ts";
import { createFile } from "../../server/src/host/wholeFile.ts";
import { temporaryFolder } from "./tinyEtc.ts";

/** One of each thing that is no file, and one that is too large. */
function oddFiles(): Readonly<Record<"pipe" | "device" | "folder" | "vast", string>> {
  const folder = temporaryFolder();
  const place = (name: string): string => path.join(folder, name);
  execFileSync("mkfifo", [place("pipe")]);
  symlinkSync("/dev/zero", place("device"));
  mkdirSync(place("folder"));
  writeFileSync(place("vast"), "");
  truncateSync(place("vast"), 300 * 1024 * 1024);
  return { pipe: place("pipe"), device: place("device"), folder: place("folder"), vast: place("vast") };
}

describe("what can be read without end is not opened", () => {
  test("by any reader", async () => {
    const { pipe, device, folder, vast } = oddFiles();
    for (const file of [pipe, device, folder]) {
      expect(await limitedBytes(file, 10)).toEqual({ ok: false, error: { kind: "no-file" } });
      expect(limitedBytesAtOnce(file, 10)).toEqual({ ok: false, error: { kind: "no-file" } });
      expect(await readTestText(file)).toEqual({ kind: "absent" });
      expect(await readTestTextAtOnce(file)).toEqual({ kind: "absent" });
      expect(await readableBytes(file)).toBeUndefined();
    }
    expect(await readableBytes(vast)).toBeUndefined();
    expect(await readTestTextAtOnce(vast)).toEqual({ kind: "too-large" });
  });

  test("whatever the configuration of a repository names", async () => {
    const configFolder = temporaryFolder();
    writeFileSync(
      path.join(configFolder, "_config.yaml"),
      "rule_dirs: [rules]\nfiles: {version_lock: /dev/zero, deprecated_rules: /dev/zero}\n",
    );
    const repository = await repositoryAt({ etcFolder: undefined, configFolder }, {});
    expect(repository.kind).toBe("custom-rules");
  });
});

test("a packed file that is none is told apart from one that is not there", async () => {
  const file = path.join(temporaryFolder(), "a.ndjson.gz");
  writeFileSync(file, "{}");
  expect(await readTestText(file)).toEqual({ kind: "damaged", text: "cannot be unpacked" });
  expect(await readTestTextAtOnce(file)).toEqual({ kind: "damaged", text: "cannot be unpacked" });
});

test("no link and nothing hidden is taken for a rule or a test", async () => {
  const folder = temporaryFolder();
  const place = (name: string): string => path.join(folder, name);
  mkdirSync(place("rules"));
  for (const name of ["rules/a.toml", "rules/a.match.ndjson", "rules/.b.toml"])
    writeFileSync(place(name), "");
  symlinkSync(".", place("rules/loop"));
  symlinkSync("a.toml", place("rules/link.toml"));
  symlinkSync("a.match.ndjson", place("rules/link.match.ndjson"));
  expect(await ruleFilesBelow(folder, { within: "everywhere" })).toEqual([place("rules/a.toml")]);
  const { others } = await findTestFiles(folder, folder);
  expect(others).toEqual(["rules/a.match.ndjson"]);
});

describe("an error", () => {
  const error = (members: object): Error => Object.assign(new Error("told"), members);
  test.each([
    ["of the system is one of files", { code: "ENOENT", syscall: "open" }, true],
    ["about an argument is our own", { code: "ERR_INVALID_ARG_TYPE" }, false],
    ["about what is open already says nothing of the file", { code: "EMFILE", syscall: "open" }, false],
  ])("%s", (_name, members, expected) => {
    expect(isFileError(error(members))).toBe(expected);
  });
});

describe("a new file", () => {
  const noLinks = (): Promise<void> =>
    Promise.reject(Object.assign(new Error("no"), { code: "EPERM", syscall: "link" }));
  test.each([
    ["where there are links", undefined],
    ["where there are none", noLinks],
  ])("is written whole, and none takes the place of another: %s", async (_name, linkTo) => {
    const folder = temporaryFolder();
    const file = path.join(folder, "new.toml");
    expect([await createFile(file, "first", linkTo), await createFile(file, "second", linkTo)]).toEqual([
      true,
      false,
    ]);
    expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["first", ["new.toml"]]);
  });
});

describe("an answer that is kept", () => {
  test("is asked for once, and again if it failed", async () => {
    const kept = keptPromises<number>();
    const ask = vi.fn(() => Promise.resolve(1));
    expect(await Promise.all([kept.of("a", ask), kept.of("a", ask)])).toEqual([1, 1]);
    expect(ask).toHaveBeenCalledTimes(1);
    await expect(kept.of("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await kept.of("b", ask)).toBe(1);
  });

  test("stays when an earlier one under its key fails late", async () => {
    const kept = keptPromises<number>();
    let fail: (error: Error) => void = () => undefined;
    const late = kept.of("a", () => new Promise((_resolve, reject) => (fail = reject)));
    kept.forgetAll();
    const newer = kept.of("a", () => Promise.resolve(2));
    fail(new Error("late"));
    await expect(late).rejects.toThrow("late");
    expect(kept.of("a", () => Promise.resolve(3))).toBe(newer);
  });
});

test("git is not looked for in the folder that is asked about", async () => {
  const programs = temporaryFolder();
  const log = path.join(programs, "log");
  const git = path.join(programs, "git");
  writeFileSync(git, `#!/bin/sh\npwd > ${log}\nexit 1\n`);
  chmodSync(git, 0o755);
  vi.stubEnv("PATH", `${programs}${path.delimiter}${process.env["PATH"] ?? ""}`);
  expect(await gitBase(temporaryFolder(), undefined)).toEqual({ kind: "nothing" });
  vi.unstubAllEnvs();
  expect(readFileSync(log, "utf8").trim()).toBe(path.dirname(process.execPath));
});
