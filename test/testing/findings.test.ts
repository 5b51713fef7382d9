/** What is said of an events file. */
import { describe, expect, test } from "vitest";
import { eventsFindings } from "../../server/src/core/testing/findings.ts";
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { exhausted } from "../engine/exhausted.ts";
import { typesFrom } from "../engine/eqlAsk.ts";

const TYPES = typesFrom({
  "@timestamp": "date",
  "process.pid": "long",
  "process.name": "keyword",
  "file.path": "keyword",
  "file.path.text": "text",
  "source.ip": "ip",
  "event.risk_score": "float",
  "dll.signed": "boolean",
  "event.ingested": "date",
  "labels.all": "flattened",
  "dns.answers": "object",
});

const T = '"@timestamp":"2026-01-01T00:00:00Z"';

interface Field {
  readonly name: string;
  readonly optional: boolean;
}

/** `kind "text": message`, without the notice that events have no time. */
function findingsIn(text: string, fields: readonly Field[] = []): readonly string[] {
  const options = { types: TYPES, timestampField: "@timestamp", fields };
  const found = exhausted(eventsFindings(text, allSampleEvents(text), options));
  return found.map(({ kind, severity, span, message }) => {
    return `${severity} ${kind} ${JSON.stringify(text.slice(span.start, span.end))}: ${message}`;
  });
}

describe("times and types", () => {
  test.each<readonly [name: string, text: string, findings: readonly string[]]>([
    ["all is well", `{${T},"process":{"pid":1,"name":"a"},"source.ip":"10.0.0.1"}`, []],
    [
      "no time at all",
      "{}\n{}",
      [
        'info no-time "{": No event has a time in `@timestamp`: each counts as one second after the one before',
      ],
    ],
    [
      "some without a time",
      `{${T}}\n{}`,
      [
        'info no-time "{": 1 of 2 events have no time in `@timestamp`: each counts as one second after the one before',
      ],
    ],
    ["a broken line", `{${T}}\n{"a":`, ['error broken-json "": Expected a value']],
    [
      "a text for a number",
      `{${T},"process":{"pid":"abc"}}`,
      ['warning wrong-type "\\"abc\\"": `process.pid` is of the type `long`, which takes no such value'],
    ],
    ["a number as text", `{${T},"process":{"pid":"42"}}`, []],
    [
      "true for a number",
      `{${T},"process.pid":true}`,
      ['warning wrong-type "true": `process.pid` is of the type `long`, which takes no such value'],
    ],
    ["a number for a text", `{${T},"process.name":5}`, []],
    [
      "an object for a text",
      `{${T},"process":{"name":{"x":1}}}`,
      [
        'warning wrong-type "{\\"x\\":1}": `process.name` is of the type `keyword`, which takes no such value',
      ],
    ],
    [
      "one of several addresses",
      `{${T},"source":{"ip":["10.0.0.1","10.0.0.999"]}}`,
      ['warning wrong-type "\\"10.0.0.999\\"": `source.ip` is of the type `ip`, which takes no such value'],
    ],
    [
      "a time that is none",
      `{"@timestamp":"yesterday"}`,
      [
        'info no-time "{": No event has a time in `@timestamp`: each counts as one second after the one before',
        'warning wrong-type "\\"yesterday\\"": `@timestamp` is of the type `date`, which takes no such value',
      ],
    ],
    ["a time as a number", `{"@timestamp":1767225600000}`, []],
    [
      "yes for a boolean",
      `{${T},"dll":{"signed":"yes"}}`,
      ['warning wrong-type "\\"yes\\"": `dll.signed` is of the type `boolean`, which takes no such value'],
    ],
    ["true as text", `{${T},"dll":{"signed":"true"}}`, []],
    ["null", `{${T},"process":{"pid":null}}`, []],
    [
      "a text for an object",
      `{${T},"dns":{"answers":"x"}}`,
      ['warning wrong-type "\\"x\\"": `dns.answers` is of the type `object`, which takes no such value'],
    ],
    ["anything below a flattened field", `{${T},"labels":{"all":{"a":{"b":1}}}}`, []],
    [
      "in a hit",
      `{"_index":"i","_source":{${T},"process":{"pid":"x"}}}`,
      ['warning wrong-type "\\"x\\"": `process.pid` is of the type `long`, which takes no such value'],
    ],
  ])("%s", (_name, text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });
});

describe("fields that a rule reads", () => {
  const read = (name: string, optional = false): Field => ({ name, optional });
  test.each<readonly [name: string, fields: readonly Field[], findings: readonly string[]]>([
    ["are there", [read("process.name")], []],
    [
      "are nowhere",
      [read("user.name")],
      ['info absent-field "{": The rule reads `user.name`, which no event here has'],
    ],
    [
      "are named twice",
      [read("user.name"), read("user.name")],
      ['info absent-field "{": The rule reads `user.name`, which no event here has'],
    ],
    ["may be missing", [read("user.name", true)], []],
    ["are another index of one that is there", [read("file.path.text")], []],
  ])("%s", (_name, fields, findings) => {
    expect(findingsIn(`{${T},"process":{"name":"a"}}\n{${T},"file.path":"/x"}`, fields)).toEqual(findings);
  });
});

describe("secrets and traces of people", () => {
  // Put together here, so that no scanner takes them for real ones.
  const GITHUB = `ghp_${"a1B2".repeat(9)}`;
  const AWS = `AKIA${"ABCD1234".repeat(2)}`;
  const JWT = `${["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJl"].join(".")}`;
  test.each<readonly [name: string, value: string, found: readonly string[]]>([
    ["nothing", "curl https://www.example.com/a?b=c", []],
    ["a key of AWS", `export KEY=${AWS}`, [`secret ${AWS}`]],
    ["the key of AWS's documentation", "AKIAIOSFODNN7EXAMPLE", []],
    ["a token of GitHub", `git clone https://${GITHUB}@github.com/x/y`, [`secret ${GITHUB}`]],
    ["a token of Slack", `xoxb-${"1".repeat(12)}-abc`, [`secret xoxb-${"1".repeat(12)}-abc`]],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMII", ["secret -----BEGIN RSA PRIVATE KEY-----"]],
    ["a web token", `Cookie: ${JWT}`, [`secret ${JWT}`]],
    [
      "a bearer token",
      "curl -H 'Authorization: Bearer abcdefghijklmnop1234'",
      ["secret abcdefghijklmnop1234"],
    ],
    ["a password in an address", "ftp://jo:geheim12@host/x", ["secret geheim12"]],
    ["an address without a password", "https://www.example.com:8080/@x", []],
    ["a password after a colon", 'net use x: /user:jo "password:Winter2025"', ["secret Winter2025"]],
    ["a password after an option", "mysql --password Winter2025 db", ["secret Winter2025"]],
    ["an option alone", "mysql --password", []],
    ["a token in an address", "https://x/?a=1&id_token=abcdefgh", ["secret abcdefgh"]],
    ["a short word after a token", "https://x/?token=abc", []],
    ["a variable for a password", "mysql --password $PASSWORD; set password=%PW%", []],
    ["a masked password", "password=******** secret: <hidden>", []],
    ["a mail address", "to: fritz.mueller@firma.de", ["personal fritz.mueller@firma.de"]],
    ["a mail address of an example", "jo@example.com, x@mail.example.org", []],
    ["a user on Windows", "C:\\Users\\fmueller\\a.exe", ["personal fmueller"]],
    ["a user on Linux", "cat /home/fmueller/.ssh/config", ["personal fmueller"]],
    ["a user that everybody has", "C:\\Users\\Public\\a.exe /home/ubuntu/x", []],
    ["the same user twice", "/home/fmueller/a /home/fmueller/b", ["personal fmueller"]],
  ])("%s", (_name, value, expected) => {
    const text = `{${T},"message":${JSON.stringify(value)}}`;
    const options = { types: TYPES, timestampField: "@timestamp", fields: [] };
    const found = exhausted(eventsFindings(text, allSampleEvents(text), options));
    expect(found.map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`)).toEqual(expected);
  });

  test("a field by the name of a secret", () => {
    expect(findingsIn(`{${T},"api_key":"k3y-of-mine"}`)).toEqual([
      'warning secret "k3y-of-mine": A password does not belong into a file of tests',
    ]);
  });

  test("a long event takes no longer for it", () => {
    const text = `{${T},"message":"${"a.b@c-".repeat(200_000)}"}`;
    expect(findingsIn(text)).toEqual([]);
  });
});
