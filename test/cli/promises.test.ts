/** Whatever could not be done, the built command line says so, and its exit code does too. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, openSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { CLEAN_RULE, MISSPELT_RULE } from "../support/sampleRule.ts";
import { CLI, commandFolder } from "./commandFolder.ts";

const folder = commandFolder();
let count = 0;

/** A new folder of files; gives its name. */
function write(files: Readonly<Record<string, string | Uint8Array>>): string {
  const name = String(++count);
  for (const [file, content] of Object.entries(files)) folder.write(`${name}/${file}`, content);
  return name;
}

const BROKEN_CONFIG: readonly (readonly [string, string])[] = [
  ["of no TOML", 'profile = "custom'],
  ["with a severity that there is none of", '[checks]\n"query/unknown-field" = "fatal"\n'],
];

describe("settings that cannot be read", () => {
  test.each(BROKEN_CONFIG)("are no success: a file %s", (_name, text) => {
    const { code, err } = folder.run(
      ["check"],
      write({ "rulewright.toml": text, "rules/a.toml": CLEAN_RULE }),
    );
    expect(err).toContain("rulewright.toml:");
    expect(code).toBe(2);
  });

  test("are no success: a folder of that name", () => {
    const place = write({ "rulewright.toml/x": "", "rules/a.toml": CLEAN_RULE });
    const { code, err } = folder.run(["check"], place);
    expect(err).toContain("rulewright.toml cannot be read");
    expect(code).toBe(2);
  });
});

describe("a file that is given by name", () => {
  test.each([
    ["README.md", "# Rules", "it is no TOML file"],
    ["a.test.yml", "cases: []", "it is no TOML file"],
    ["named.toml", '[rule]\nname = "x"\n', "it has neither [metadata] nor a type of rule"],
  ])("and is no rule is told: %s", (name, text, reason) => {
    const { code, err } = folder.run(["check", name], write({ [name]: text }));
    expect(err).toContain(`${name} is no detection rule: ${reason}`);
    expect(code).toBe(2);
  });

  test.each([["format"], ["export"]])("and is no rule is told by %s", (command) => {
    const place = write({
      "README.md": "# Rules",
      "named.toml": '[rule]\nname = "x"\n',
      "pyproject.toml": "",
    });
    for (const name of ["README.md", "named.toml"]) {
      const { code, err } = folder.run([command, name], place);
      expect([code, err]).toEqual([2, expect.stringContaining(`${name} is no detection rule`)]);
    }
    expect(folder.run([command, "pyproject.toml"], place).code).toBe(0);
  });

  test("and is half typed is checked", () => {
    const { code, out } = folder.run(["check", "half.toml"], write({ "half.toml": "[rule" }));
    expect(out).toMatch(/half\.toml:1:\d+: error: .* \[toml\/syntax\]/);
    expect(code).toBe(1);
  });

  test("and is other TOML does not spoil the rest", () => {
    const place = write({ "pyproject.toml": '[project]\nname = "x"\n', "rules/a.toml": CLEAN_RULE });
    const { code, out, err } = folder.run(["check", "pyproject.toml", "rules/a.toml"], place);
    expect(err).toContain("pyproject.toml is no detection rule, and is passed over");
    expect(out).toContain("1 rule checked");
    expect(code).toBe(0);
  });
});

describe("sample events", () => {
  const KEY = `AKIA${"ABCDEFGHIJ234567"}`;
  const event = (line: object): string =>
    `${JSON.stringify({ "@timestamp": "2024-05-02T10:00:00Z", ...line })}\n`;
  const files = {
    "rules/a.toml": CLEAN_RULE,
    "rules/b.toml": MISSPELT_RULE,
    "rules/_tests/a.match.ndjson": `${event({ message: `key ${KEY}` })}{"broken`,
    "rules/_tests/b.match.ndjson": event({ process: { pid: "no number" } }),
    "other/c.ndjson": event({ message: `key ${KEY}` }),
  };

  test("beside the rules are judged with them", () => {
    const { out } = folder.run(["check", "rules/a.toml"], write(files));
    expect(out).toMatch(/_tests\/a\.match\.ndjson:1:\d+: \w+: .* \[events\/secret\]/);
    expect(out).toMatch(/_tests\/a\.match\.ndjson:2:\d+: error: .* \[events\/broken-json\]/);
    expect(out).toContain("1 rule checked");
    expect(out).not.toContain("b.match.ndjson");
    expect(out).not.toContain("c.ndjson");
  });

  test("are judged by name, and settings turn their checks off", () => {
    const place = write(files);
    expect(folder.run(["check", "other/c.ndjson"], place).out).toContain("[events/secret]");
    expect(folder.run(["check", "rules"], place).out).toContain("[events/wrong-type]");
    folder.write(`${place}/rulewright.toml`, '[checks]\n"events/secret" = "off"\n');
    expect(folder.run(["check", "other/c.ndjson"], place).out).not.toContain("[events/secret]");
  });
});

test("events of which no line can be read are no success", () => {
  const place = write({ "e.ndjson": "no json\n" });
  const { code, out, err } = folder.run(["query", "any where true", "--events", "e.ndjson"], place);
  expect(err).toContain("none of the events could be read");
  expect(out).toContain("1 line could not be read");
  expect(code).toBe(2);
});

test("a packed file that is none is told apart from one that is not there", () => {
  const place = write({ "e.ndjson.gz": "no gzip", "rules/a.toml": CLEAN_RULE });
  const { code, err } = folder.run(["events", "who-fires", "e.ndjson.gz"], place);
  expect(err).toContain("is packed with gzip, and it cannot be unpacked");
  expect(code).toBe(2);
});

test("what lasts for ever is not waited for, and no link makes two rules of one", () => {
  const place = write({ "rules/a.toml": CLEAN_RULE, "rules/_tests/a.match.ndjson": "{}" });
  const full = path.join(folder.path, place, "rules");
  execFileSync("mkfifo", [path.join(full, "p.toml"), path.join(full, "_tests", "a.no-match.ndjson")]);
  symlinkSync(".", path.join(full, "loop"));
  symlinkSync("/dev/zero", path.join(full, "zero.toml"));
  mkdirSync(path.join(full, "deep"));
  symlinkSync("../a.toml", path.join(full, "deep", "a.toml"));
  const { out } = folder.run(["check", "rules"], place);
  expect(out).toContain("1 rule checked");
  expect(out).not.toContain("duplicate");
  expect(folder.run(["check", "rules/**/*.toml"], place).out).toContain("1 rule checked");
  expect(folder.run(["test", "rules"], place).code).not.toBeNull();
});

test.skipIf(process.platform !== "linux")("a report that cannot be written is an error of ours", () => {
  const place = write({ "rules/a.toml": MISSPELT_RULE });
  const { status, stderr } = spawnSync(process.execPath, [CLI, "check"], {
    cwd: path.join(folder.path, place),
    stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    encoding: "utf8",
  });
  expect(stderr).toContain("the report cannot be written: ENOSPC");
  expect(status).toBe(3);
});

test("one of a thing is told in the singular", () => {
  const place = write({ "rules/a.toml": CLEAN_RULE, "e.ndjson": '{"event":{"category":"process"}}\n' });
  expect(folder.run(["coverage", "rules"], place).out).toMatch(/^1 rule, ATT&CK/);
  const { out } = folder.run(["query", "process where true", "--events", "e.ndjson"], place);
  expect(out).toContain("1 matching event of 1 event\n");
});
