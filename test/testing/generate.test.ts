/** A query for single events in, an event that alerts out, with values that one may believe. */
import { describe, expect, test } from "vitest";
import { generateSamples } from "../../server/src/core/testing/generate.ts";
import { asNdjson } from "../../server/src/core/testing/generate/asSamples.ts";
import { flattened } from "../../server/src/core/testing/events/flat.ts";
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { exhausted } from "../engine/exhausted.ts";
import { ecsTypes, NO_TYPES } from "./ecsTypes.ts";
import { expectPromises, generated } from "./generated.ts";
import { ruleOf } from "./support.ts";

type Fields = Readonly<Record<string, unknown>>;

const SOMETHING: unknown = expect.anything();

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

describe("one event", () => {
  test.each<readonly [condition: string, fields: Fields]>([
    [
      'process.name == "cmd.exe"',
      { "process.name": "cmd.exe", "process.executable": "C:\\Windows\\System32\\cmd.exe" },
    ],
    [
      'process.name : "cmd.exe" and host.os.type == "windows"',
      { "process.name": "cmd.exe", "host.os.type": "windows" },
    ],
    ['process.name : ("a.exe", "b.exe")', { "process.name": "a.exe" }],
    ['process.name in ("a.exe", "b.exe") and not process.name == "a.exe"', { "process.name": "b.exe" }],
    [
      'process.executable : "?:\\\\Windows\\\\*.exe"',
      { "process.executable": "C:\\Windows\\System32\\notepad.exe", "process.name": "notepad.exe" },
    ],
    [
      'process.name : "cmd.exe" and process.executable : "?:\\\\Temp\\\\*"',
      { "process.executable": "C:\\Temp\\cmd.exe" },
    ],
    ['process.executable like "/usr/*/python3.?"', { "process.executable": "/usr/data/python3.d" }],
    [
      'process.command_line : "*whoami*" and process.command_line : "*/all*"',
      { "process.command_line": "whoami /all" },
    ],
    ['process.args : "-enc" and process.args : "-nop"', { "process.args": ["-enc", "-nop"] }],
    ["process.pid > 100 and process.pid < 103", { "process.pid": 101 }],
    ["process.pid >= 5 and process.pid <= 5", { "process.pid": 5 }],
    ["process.pid != 4242 and process.pid > 4240 and process.pid < 4243", { "process.pid": 4241 }],
    ["x > 0.97 and x < 0.98", { x: 0.975 }],
    ["process.args_count == 3", { "process.args_count": 3 }],
    ["process.code_signature.trusted == false", { "process.code_signature.trusted": false }],
    ["process.code_signature.trusted != true", { "process.code_signature.trusted": false }],
    ["user.email != null", { "user.email": "jdoe@example.com" }],
    ["process.parent.name == null", { "process.parent.name": undefined }],
    ['user.name == "a" or user.name == "b"', { "user.name": "a" }],
    [
      '(user.name == "a" or user.name == "b") and not (user.name == "a" and process.pid == 1)',
      { "user.name": "a" },
    ],
    [
      'not (process.name == "a" or process.name == "b") and process.name : ("a", "b", "c*")',
      { "process.name": "c" },
    ],
    ['(process.name == "a") == true', { "process.name": "a" }],
    ['(process.name == "a") == false and process.name : "*"', { "process.name": "less" }],
    ["length(process.command_line) > 300", { "process.command_line": matching(/^.{301,}$/) }],
    [
      'length(process.command_line) > 50 and process.command_line : "*-enc *"',
      { "process.command_line": matching(/-enc .{45,}$/) },
    ],
    ["length(file.extension) == 4", { "file.extension": matching(/^.{4}$/) }],
    ['startsWith(user.name, "adm")', { "user.name": "adm" }],
    ['endsWith~(user.name, "$") and user.name != "$"', { "user.name": matching(/^.+\$$/) }],
    ['stringContains(process.command_line, "abc")', { "process.command_line": "abc" }],
    ['indexOf(url.original, "x=") > 0', { "url.original": matching(/^.+x=/) }],
    ['indexOf(url.original, "x=") == 4', { "url.original": matching(/^.{4}x=/) }],
    ['substring(user.name, 0, -1) == "srv"', { "user.name": matching(/^srv.$/) }],
    ['substring(file.name, -4) == ".exe"', { "file.name": matching(/\.exe$/) }],
    ['between(file.path, "Users\\\\", "\\\\") == "admin"', { "file.path": matching(/Users\\admin\\/) }],
    ['concat(user.domain, "\\\\", "x") == "CORP\\\\x"', { "user.domain": "CORP" }],
    ['string(process.pid) : "31*"', { "process.pid": SOMETHING }],
    ["number(process.args) == 31", { "process.args": SOMETHING }],
    ['cidrMatch(source.ip, "192.168.4.0/22")', { "source.ip": "192.168.4.21" }],
    [
      'cidrMatch(source.ip, "10.0.0.0/8", "fc00::/7") and not cidrMatch(source.ip, "10.0.0.0/9")',
      { "source.ip": matching(/^(?:10\.|fc|fd)/) },
    ],
    [
      'not cidrMatch(destination.ip, "10.0.0.0/8", "89.0.0.0/8", "81.0.0.0/8") and destination.ip != null',
      { "destination.ip": SOMETHING },
    ],
    ['process.name regex "[a-c]{3}[0-9]+"', { "process.name": matching(/^[a-c]{3}[0-9]+$/) }],
    [
      'process.name regex~ "evil[0-9]\\\\.exe" and not process.name : "evil0*"',
      { "process.name": matching(/^evil[1-9]\.exe$/) },
    ],
    ['process.command_line regex ".*[ ]{20,}.*"', { "process.command_line": matching(/ {20}/) }],
    [
      'process.name : "*abc*" and process.name : "x*" and process.name : "*.tmp"',
      { "process.name": matching(/^x.*abc.*\.tmp$/) },
    ],
    [
      'startsWith(user.name, user.target.name) and user.target.name : "adm*"',
      { "user.target.name": "adm", "user.name": matching(/^adm/) },
    ],
    ["stringContains(url.original, user.name) and user.name != null", { "url.original": matching(/jdoe/) }],
    [
      'not endsWith(user.name, host.name) and user.name : "*web" and host.name : "*web"',
      { "user.name": matching(/web$/i), "host.name": matching(/web$/) },
    ],
    [
      'startsWith~(host.name, substring(user.name, 0, -1)) and endsWith(user.name, "$")',
      { "user.name": matching(/\$$/) },
    ],
    ["process.pid - process.ppid == 5", { "process.pid": SOMETHING }],
    [
      'process.name : "*" and not process.name : ("a*", "e*", "i*", "n*", "o*", "v*")',
      { "process.name": SOMETHING },
    ],
    ["true", {}],
  ])("%s", (condition, fields) => {
    const query = `process where ${condition}`;
    const samples = generated(query, ecsTypes);
    expectPromises(query, samples, ecsTypes);
    expect(flattened(samples.match.events[0] ?? {})).toMatchObject(
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    );
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined) expect(flattened(samples.match.events[0] ?? {})).not.toHaveProperty([field]);
    }
  });

  test("where nothing is known of types it works as well", () => {
    const query =
      'process where process.pid > 100 and cidrMatch(source.ip, "10.0.0.0/8") and process.args : ("a", "b") and not user.id == "0"';
    expectPromises(query, generated(query), NO_TYPES);
  });

  test("of any category", () => {
    const [event] = generated('any where event.action == "x"').match.events;
    expect(flattened(event ?? {})).toMatchObject({ "event.action": "x" });
    expect(flattened(event ?? {})).not.toHaveProperty(["event.category"]);
  });

  test.each<readonly [query: string, system: string, name: string]>([
    ['process where host.os.type == "linux" and process.name != null', "linux", "less"],
    ['process where host.os.type : "macos" and process.name != null', "macos", "TextEdit"],
    ['process where process.parent.name : "x.exe" and process.name != null', "windows", "notepad.exe"],
    ['process where process.parent.executable : "/usr/bin/x" and process.name != null', "linux", "less"],
  ])("values are those of the system: %s", (query, system, name) => {
    const [event = {}] = generated(query).match.events;
    expect(flattened(event)).toMatchObject({ "host.os.type": system, "process.name": name });
  });

  test("the event stands in an index that the rule reads", () => {
    const more = 'type = "eql"\nlanguage = "eql"\nindex = ["winlogbeat-*", "logs-endpoint.events.*"]';
    const result = exhausted(generateSamples(ruleOf("file where true", more), { types: NO_TYPES }));
    expect(result.ok && flattened(result.value.match.events[0] ?? {})["data_stream.dataset"]).toBe(
      "endpoint.events.file",
    );
  });

  test("an event is one line of NDJSON that reads as it was written", () => {
    const { events } = generated('process where process.command_line : "*\\"a\\\\*"').match;
    expect(allSampleEvents(asNdjson(events)).events.map(({ document }) => document)).toEqual(events);
  });
});
