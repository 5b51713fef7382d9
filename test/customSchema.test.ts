/** Fields are added to custom schemas without a change to anything else. */
import { expect, test } from "vitest";
import { customFieldEdits, typeByValues } from "../server/src/core/features/customSchema.ts";
import { applyEdits } from "../server/src/core/text/edit.ts";

const FIELD = { name: "acme.zone", type: "keyword", indexes: ["logs-acme-*"] };

test.each([
  ["an empty table", "{}", '{\n  "logs-acme-*": {\n    "acme.zone": "keyword"\n  }\n}'],
  [
    "beside another field, with the indent of the file",
    '{\n    "logs-acme-*": {\n        "acme.id": "long"\n    }\n}\n',
    '{\n    "logs-acme-*": {\n        "acme.id": "long",\n        "acme.zone": "keyword"\n    }\n}\n',
  ],
  [
    "beside another index pattern",
    '{\n  "logs-other-*": { "a": "ip" }\n}\n',
    '{\n  "logs-other-*": { "a": "ip" },\n  "logs-acme-*": {\n    "acme.zone": "keyword"\n  }\n}\n',
  ],
])("%s", (_name, before, after) => {
  expect(applyEdits(before, customFieldEdits(before, FIELD))).toBe(after);
});

test("carriage returns stay", () => {
  const before = '{\r\n  "logs-acme-*": {\r\n    "acme.id": "long"\r\n  }\r\n}\r\n';
  const [edit] = customFieldEdits(before, FIELD);
  expect(edit?.text).toBe(',\r\n    "acme.zone": "keyword"');
});

test("several index patterns take one edit", () => {
  const edits = customFieldEdits("{}", { ...FIELD, indexes: ["a-*", "b-*", "a-*"] });
  expect(JSON.parse(applyEdits("{}", edits))).toEqual({
    "a-*": { "acme.zone": "keyword" },
    "b-*": { "acme.zone": "keyword" },
  });
});

test.each([
  ["broken JSON", '{ "a": '],
  ["a list", "[]"],
  ["nothing", ""],
  ["a table that has the field", '{ "logs-acme-*": { "acme.zone": "ip" } }'],
])("nothing is changed in %s", (_name, text) => {
  expect(customFieldEdits(text, FIELD)).toEqual([]);
});

test.each([
  ["keyword", []],
  ["keyword", ["a", "1"]],
  ["long", ["1", "-20"]],
  ["double", ["1", "0.5"]],
  ["boolean", ["true", "false"]],
  ["ip", ["10.0.0.1", "fe80::1"]],
  ["date", ["2026-01-01T00:00:00Z"]],
])("%s is the type of %j", (type, values) => {
  expect(typeByValues(values)).toBe(type);
});
