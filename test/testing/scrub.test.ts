/** What scrubbing makes of events: what goes, what stays, and what stands for what. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { keptIn, pseudonymsFor, scrubbedDocument, scrubEdits } from "../../server/src/core/testing/scrub.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { readyRule } from "./support.ts";

const PERSON: JsonObject = {
  host: {
    name: "FIN-WS-042",
    hostname: "fin-ws-042",
    ip: ["10.1.2.3", "127.0.0.1", "fe80::1:2"],
    mac: "aa-bb-cc-dd-ee-ff",
  },
  user: { name: "mmueller", domain: "ACME", id: "S-1-5-21-1-2-3-1104" },
  process: { executable: "C:\\Users\\mmueller\\x.exe", command_line: "ping 10.1.2.3 fin-ws-042.acme.local" },
  destination: { ip: "81.2.3.4" },
};
const NONE = { keep: new Set<string>(), salt: "" };

function scrubbed(document: JsonObject, options = NONE): string {
  return JSON.stringify(scrubbedDocument(document, pseudonymsFor([document], options)));
}

describe("scrubbing", () => {
  test.each<readonly [gone: string]>([
    ["FIN-WS"],
    ["fin-ws"],
    ["mmueller"],
    ["ACME"],
    ["10.1.2.3"],
    ["81.2.3.4"],
    ["aa-bb"],
    ["21-1-2-3"],
    ["::1:2"],
  ])("%s is gone", (gone) => {
    expect(JSON.stringify(PERSON)).toContain(gone);
    expect(scrubbed(PERSON)).not.toContain(gone);
  });

  test.each<readonly [name: string, document: JsonObject]>([
    [
      "accounts that everybody has",
      { user: { name: "root" }, related: { user: ["SYSTEM", "Administrator"] } },
    ],
    ["identities that everybody has", { user: { id: "S-1-5-18" } }],
    ["loopback and link-local addresses", { source: { ip: ["127.0.0.1", "::1", "169.254.169.254"] } }],
    ["versions that look like addresses", { a: { version: "1.2.3.999" } }],
    ["words that hold a name", { user: { name: "system" }, file: { path: "C:\\Windows\\System32" } }],
    ["mail addresses of examples", { message: "jo@example.com" }],
  ])("%s stay", (_name, document) => {
    expect(scrubbed(document)).toBe(JSON.stringify(document));
  });

  test.each<readonly [name: string, document: JsonObject, gone: readonly string[]]>([
    [
      "people in a list of objects",
      { okta: { target: [{ type: "User", display_name: "Bob Fullname", alternate_id: "bob@acme.org" }] } },
      ["Bob", "Fullname", "bob", "acme"],
    ],
    [
      "a person known by a shown name alone",
      { okta: { actor: { display_name: "Alice Long" } }, message: "Alice Long signed in" },
      ["Alice Long"],
    ],
    [
      "users in ARNs, with the account",
      {
        aws: {
          cloudtrail: { user_identity: { arn: "arn:aws:iam::123456789012:user/team/alice.long" } },
        },
        cloud: { account: { id: "123456789012" } },
      },
      ["alice.long", "123456789012"],
    ],
    [
      "sessions of roles",
      { arn: "arn:aws:sts::123456789012:assumed-role/Admin/carol" },
      ["carol", "123456789012"],
    ],
    [
      "users with names of examples",
      { user: { name: "bob" }, related: { user: ["alice", "jdoe"] } },
      ["bob", "alice", "jdoe"],
    ],
    ["short tokens in addresses", { url: { full: "https://x.test/a?token=abc&b=1" } }, ["abc"]],
    [
      "long tokens in addresses",
      { url: { query: "?b=1&access_token=abcdefghijklmnopqrstuvwxyz0123456789" } },
      ["abcdefgh"],
    ],
    ["a host by its full name", { host: { name: "fin-ws-042.acme.local" } }, ["fin-ws-042", "acme"]],
  ])("%s are gone", (_name, document, gone) => {
    const after = scrubbed(document);
    for (const word of gone) {
      expect(JSON.stringify(document)).toContain(word);
      expect(after).not.toContain(word);
    }
  });

  test.each<readonly [name: string, document: JsonObject]>([
    [
      "names of programs",
      { azure: { properties: { app_display_name: "Some App", app: { display_name: "Some App" } } } },
    ],
    ["numbers of accounts on one machine", { user: { id: "1000" } }],
    ["placeholders of tokens", { url: { full: "https://x.test/?token=<token>" } }],
  ])("%s stay, too", (_name, document) => {
    expect(scrubbed(document)).toBe(JSON.stringify(document));
  });

  test.each<readonly [name: string, document: JsonObject, pattern: RegExp]>([
    [
      "numbers stay numbers",
      { cloud: { account: { id: "123456789012" } } },
      /^\{"cloud":\{"account":\{"id":"\d{12}"/,
    ],
    [
      "a UUID stays one, with its version",
      { host: { id: "0B0A7F2E-5A3C-4D5E-8F60-112233445566" } },
      /"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}"/,
    ],
    [
      "letters stay letters",
      { okta: { actor: { id: "00u1abcDEF2gHiJ3" } } },
      /"\d\d[a-z]\d[a-z]{3}[A-Z]{3}\d[a-z][A-Z][a-z][A-Z]\d"/,
    ],
  ])("ids keep their shape: %s", (_name, document, pattern) => {
    expect(scrubbed(document)).toMatch(pattern);
    expect(scrubbed(document)).not.toBe(JSON.stringify(document));
  });

  test("one host, one user and one account have one pseudonym in all events and fields", () => {
    const arn = "arn:aws:iam::123456789012:user/alice";
    const documents: readonly JsonObject[] = [
      { host: { name: "web-7.acme.local", hostname: "WEB-7" }, message: "ssh alice@web-7.acme.local" },
      {
        host: { name: "web-7" },
        user: { name: "alice", full_name: "Alice" },
        process: { command_line: "ping web-7" },
      },
      {
        user: { email: "alice@acme.local" },
        url: { full: "https://web-7/x" },
        aws: { arn },
        cloud: { account: { id: "123456789012" } },
      },
    ];
    const pseudonyms = pseudonymsFor(documents, NONE);
    const [first, second, third] = documents.map((one) => scrubbedDocument(one, pseudonyms));
    const of = (text: string): string =>
      pseudonyms.entries.find(({ original }) => original === text)?.replacement ?? "";
    const [host, user, domain, account] = [
      of("web-7"),
      of("alice"),
      of("web-7.acme.local").replace(/^[^.]*\./, ""),
      of("123456789012"),
    ];
    expect(host).toMatch(/^host-[0-9a-f]{4}$/);
    expect(first).toEqual({
      host: { name: `${host}.${domain}`, hostname: host.toUpperCase() },
      message: `ssh ${user}@${host}.${domain}`,
    });
    expect(second).toEqual({
      host: { name: host },
      user: { name: user, full_name: user },
      process: { command_line: `ping ${host}` },
    });
    expect(third).toEqual({
      user: { email: `${user}@${domain}` },
      url: { full: `https://${host}/x` },
      aws: { arn: `arn:aws:iam::${account}:user/${user}` },
      cloud: { account: { id: account } },
    });
  });

  test("what stays as the rule asks for it is told", () => {
    const options = { ...NONE, keep: new Set(["MMueller", "nobody-of-these", "10.1.2.3"]) };
    expect(keptIn([PERSON], options)).toEqual(["10.1.2.3", "mmueller"]);
    expect(keptIn([PERSON], NONE)).toEqual([]);
  });

  test("the same becomes the same, wherever it stands", () => {
    const { user, process } = JSON.parse(scrubbed(PERSON)) as Record<string, Record<string, string>>;
    expect(process?.["executable"]).toBe(`C:\\Users\\${user?.["name"] ?? ""}\\x.exe`);
  });

  test("what the rule asks for stays", () => {
    expect(scrubbed(PERSON, { ...NONE, keep: new Set(["MMueller"]) })).toContain("mmueller");
  });

  test("it is the same every time, and another with another word", () => {
    expect(scrubbed(PERSON)).toBe(scrubbed(PERSON));
    expect(scrubbed(PERSON)).not.toBe(scrubbed(PERSON, { ...NONE, salt: "x" }));
  });

  test("300 hosts keep 300 names", () => {
    const documents = Array.from({ length: 300 }, (_one, i) => ({ host: { name: `client-${i}x` } }));
    const names = pseudonymsFor(documents, NONE).entries.map(({ replacement }) => replacement);
    expect(new Set(names).size).toBe(300);
  });

  test("what matched before matches after", () => {
    const query =
      'process where cidrMatch(source.ip, "10.0.0.0/8") and not cidrMatch(destination.ip, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "203.0.113.0/24") and user.id : "S-1-5-21-*-500"';
    const event: JsonObject = {
      event: { category: "process" },
      source: { ip: "10.9.8.7" },
      destination: { ip: "81.2.3.4" },
      user: { id: "S-1-5-21-9-8-7-500" },
    };
    const after = JSON.parse(scrubbed(event)) as JsonObject;
    expect(after).not.toEqual(event);
    const verdicts = [event, after].map((document) => {
      const [sample] = allSampleEvents(JSON.stringify(document)).events;
      return sample && readyRule(query).explainEvent(sample)?.verdict;
    });
    expect(verdicts).toEqual([true, true]);
  });

  test("a file is scrubbed where it stands", () => {
    const text = `// from the field\n${JSON.stringify(PERSON)}\n{"x":1}\n`;
    const { events } = allSampleEvents(text);
    const edits = scrubEdits(
      text,
      events,
      pseudonymsFor(
        events.map(({ document }) => document),
        NONE,
      ),
    );
    const after = applyEdits(text, edits);
    expect(after).not.toContain("mmueller");
    expect(allSampleEvents(after).events.map(({ document }) => JSON.stringify(document))).toEqual([
      scrubbed(PERSON),
      '{"x":1}',
    ]);
    expect(after.startsWith("// from the field\n")).toBe(true);
  });
});
