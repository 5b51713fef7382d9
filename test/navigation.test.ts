/** What the cursor stands on, where else that stands, and what a new name makes of a rule. */
import { describe, expect, test } from "vitest";
import { summaryOf } from "../server/src/core/analysis/summaries.ts";
import { workspaceIndex, type WorkspaceIndex } from "../server/src/core/analysis/workspace.ts";
import { definitions } from "../server/src/core/features/definition.ts";
import { recordPlace, schemaFieldPlaces } from "../server/src/core/features/definitionJson.ts";
import { type PlacedSubject, subjectAt } from "../server/src/core/features/definitionSubject.ts";
import { readersOf, sourcesOf } from "../server/src/core/features/higherOrder.ts";
import { links } from "../server/src/core/features/links.ts";
import { placesIn, ruleTextOf } from "../server/src/core/features/references.ts";
import { idProblem, placeholderEdits, renamableAt } from "../server/src/core/features/rename.ts";
import { searchRules } from "../server/src/core/features/ruleSearch.ts";
import { workspaceSymbols } from "../server/src/core/features/workspaceSymbols.ts";
import { type Snapshot } from "../server/src/core/analysis/snapshot.ts";
import { applyEdits } from "../server/src/core/text/edit.ts";
import { CUSTOM, knowledge, snapshot } from "./support/analyse.ts";
import { type FixtureCase, fixturesIn, withCursor } from "./support/fixture.ts";

function block(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((candidate) => candidate.language === language)?.text;
}

function ruleAt(path: string, text: string): Snapshot {
  return snapshot(text, CUSTOM, knowledge, { path });
}

function indexOf(...rules: readonly Snapshot[]): WorkspaceIndex {
  return workspaceIndex(rules.flatMap((rule) => summaryOf(rule) ?? []));
}

function asked(one: FixtureCase): {
  readonly rule: Snapshot;
  readonly index: WorkspaceIndex;
  readonly found: PlacedSubject | undefined;
} {
  const { text, offset } = withCursor(block(one, "toml") ?? "");
  const rule = ruleAt("rules/own.toml", text);
  const neighbour = block(one, "neighbour");
  const index = indexOf(rule, ...(neighbour === undefined ? [] : [ruleAt("rules/other.toml", neighbour)]));
  return { rule, index, found: subjectAt(rule, offset, index) };
}

/** A `toml` block with a cursor, perhaps a `neighbour`, and the `subject`; none: nothing that other places know. */
describe.each(fixturesIn("definition"))("subject: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { kind, ...rest } = asked(one).found?.subject ?? { kind: undefined };
    expect(kind && `${[kind, ...Object.values(rest)].join(" ")}\n`).toBe(block(one, "subject"));
  });
});

/** A `toml` block with a cursor, and the `places` of the file: line and text of each. */
describe.each(fixturesIn("references"))("places: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { rule, found } = asked(one);
    const summary = summaryOf(rule);
    if (found === undefined || summary === undefined) throw new Error("There is no subject");
    const places = placesIn(found.subject, undefined, ruleTextOf(rule.text, summary));
    const shown = places.map(
      ({ start, end }) => `${rule.lines().positionAt(start).line + 1}: ${rule.text.slice(start, end)}\n`,
    );
    expect(shown.sort().join("")).toBe(block(one, "places"));
  });
});

/** A `toml` block with a cursor, the name `to` have, and what is `renamed`, or why it is `refused`. */
describe.each(fixturesIn("rename"))("rename: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { rule, found } = asked(one);
    const renamable = renamableAt(rule, found);
    const to = block(one, "to")?.trimEnd() ?? "";
    const edits =
      renamable.ok && renamable.value.subject.kind === "placeholder"
        ? placeholderEdits(rule, renamable.value.subject.name, to)
        : renamable;
    expect(edits.ok ? undefined : `${edits.error}\n`).toBe(block(one, "refused"));
    const result = edits.ok && Array.isArray(edits.value) ? applyEdits(rule.text, edits.value) : undefined;
    expect(result).toBe(block(one, "renamed"));
  });
});

const ID = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11";

function authored(name: string, id: string, query: string, more = ""): string {
  return `[rule]\ntype = "query"\nlanguage = "kuery"\nname = "${name}"\nrule_id = "${id}"\nquery = '''${query}'''\n${more}`;
}

test("an id is a UUID that no other rule has", () => {
  expect(idProblem(ID, () => false)).toBeUndefined();
  expect(idProblem(ID, () => true)).toBe("Another rule has this id");
  expect(idProblem(ID.toUpperCase(), () => false)).toBe("The id of a rule is a UUID in lower case");
});

test("a rule is made known where its name stands, whether or not it is open", () => {
  const rule = ruleAt("rules/a.toml", authored("A", ID, "a:1"));
  const found = definitions(rule, { kind: "rule", id: ID }, indexOf(rule));
  expect(found.map(({ path, span }) => [path, rule.text.slice(span.start, span.end)])).toEqual([
    ["rules/a.toml", '"A"'],
  ]);
  expect(definitions(rule, { kind: "rule", id: ID.replace("5", "6") }, indexOf(rule))).toEqual([]);
});

const READ = authored("Odd Shell", ID, "process.name:sh", 'building_block_type = "default"\n');

/** Queries, and whether they read the alerts of the rule above. */
test.each([
  [`kibana.alert.rule.rule_id:"${ID}"`, true],
  [`kibana.alert.rule.rule_id:(${ID.replace("5", "6")} or ${ID.toUpperCase()})`, true],
  [`signal.rule.name:"Odd Shell"`, true],
  [`kibana.alert.rule.name:odd*`, true],
  [`kibana.alert.rule.name:("Other" or "*shell")`, true],
  [`kibana.alert.building_block_type:default`, true],
  [`kibana.alert.rule.rule_id:"${ID.replace("5", "6")}"`, false],
  [`not kibana.alert.rule.rule_id:"${ID}"`, false],
  [`host.id:* and not kibana.alert.rule.name:"Odd Shell"`, false],
  [`kibana.alert.rule.name:*`, false],
  [`kibana.alert.rule.uuid:"${ID}"`, false],
  [`process.name:"Odd Shell"`, false],
])("who reads alerts: %s", (query, isReader) => {
  const read = ruleAt("rules/read.toml", READ);
  const reader = ruleAt("rules/reader.toml", authored("Reader", ID.replace("6a11", "6a12"), query));
  const index = indexOf(read, reader);
  const [of, by] = [index.rule("rules/read.toml"), index.rule("rules/reader.toml")];
  if (of === undefined || by === undefined) throw new Error("A rule was not read");
  expect(readersOf(of, index).map(({ path }) => path)).toEqual(isReader ? ["rules/reader.toml"] : []);
  expect(sourcesOf(by, index).map(({ path }) => path)).toEqual(isReader ? ["rules/read.toml"] : []);
});

const NAMED = indexOf(
  ruleAt(
    "rules/a.toml",
    authored("Suspicious Network Shell", ID, "process.name:a", 'tags = ["OS: Linux"]\n'),
  ),
  ruleAt("rules/b.toml", authored("Shell", ID.replace("6a11", "6a12"), "process.parent.name:a")),
  ruleAt("rules/c.toml", authored("Eggshell", ID.replace("5f6d", "6f6d"), "host.id:a")),
);

/** Queries, and the symbols in their order. */
test.each([
  ["shell", ["Shell", "Suspicious Network Shell", "Eggshell"]],
  ["SHELL network", ["Suspicious Network Shell"]],
  ["susnet", ["Suspicious Network Shell"]],
  ["sns", ["Suspicious Network Shell"]],
  ["nss", []],
  ["6f6d", [`${ID.replace("5f6d", "6f6d")} · Eggshell`]],
  ["linux", ["OS: Linux · Suspicious Network Shell"]],
  ["", ["Eggshell", "Shell", "Suspicious Network Shell"]],
  ["shell missing", []],
])("workspace symbols: %s", (query, names) => {
  const found = workspaceSymbols(NAMED, { query, techniqueName: () => undefined, limit: 10 });
  expect(found.map(({ name }) => name)).toEqual(names);
  const [first] = workspaceSymbols(NAMED, { query, techniqueName: () => undefined, limit: 1 });
  expect(first?.name).toBe(names[0]);
});

test("a field is found below an object, and by no part of a name", () => {
  const found = (name: string): readonly string[] =>
    searchRules({ kind: "field", name }, NAMED).map(({ rule, detail }) => `${rule.path} ${detail}`);
  expect(found("process")).toEqual(["rules/b.toml process.parent.name", "rules/a.toml process.name"]);
  expect(found("process.name")).toEqual(["rules/a.toml process.name"]);
  expect(found("process.na")).toEqual([]);
});

test("places in JSON beside the rules", () => {
  const lock = `{\n  "${ID}": {"rule_name": "A"}\n}`;
  const record = recordPlace(lock, ID);
  expect(record && lock.slice(record.start, record.end)).toBe(`"${ID}"`);
  expect(recordPlace(`{"other": "${ID}"}`, ID)).toBeUndefined();
  const schema = '{"logs-a-*": {"acme.id": "long"}, "logs-b-*": {"acme": {"id": "long"}}, "logs-c-*": {}}';
  expect(schemaFieldPlaces(schema, "acme.id").map(({ start, end }) => schema.slice(start, end))).toEqual([
    '"acme.id"',
    '"id"',
  ]);
  expect(schemaFieldPlaces("[1, ", "acme.id")).toEqual([]);
});

test("references, integrations, Beats and other rules are links", () => {
  const other = ID.replace("5", "6");
  const text = [
    "[metadata]",
    'integration = ["acme"]',
    "[rule]",
    'type = "query"',
    'language = "kuery"',
    'index = ["logs-acme.audit-*", "logs-*", "logs-other.x-*", "winlogbeat-*", "c:filebeat-*"]',
    `note = "${other} ${ID}"`,
    'references = ["https://example.org/a", "a book"]',
    `rule_id = "${ID}"`,
  ].join("\n");
  const found = links(ruleAt("rules/a.toml", text), (id) => `rule:${id}`);
  expect(found.map(({ span, url }) => [text.slice(span.start, span.end), url])).toEqual([
    ["logs-acme.audit-*", "https://www.elastic.co/docs/reference/integrations/acme"],
    ["winlogbeat-*", "https://www.elastic.co/docs/reference/beats/winlogbeat"],
    ["c:filebeat-*", "https://www.elastic.co/docs/reference/beats/filebeat"],
    [other, `rule:${other}`],
    ["https://example.org/a", "https://example.org/a"],
  ]);
});
