/** Names that are nested, dotted, or both. */
import { describe, expect, test } from "vitest";
import { compileAccess, fieldsWithValue } from "../../server/src/core/engine/fieldAccess.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";

describe("values of a field", () => {
  test.each([
    [{ a: 1 }, "a", 1],
    [{ a: { b: 1 } }, "a.b", 1],
    [{ "a.b": 1 }, "a.b", 1],
    [{ "a.b": 1, a: { c: 2 } }, "a.b", 1],
    [{ "a.b": 1, a: { c: 2 } }, "a.c", 2],
    [{ "a.b": 1, a: { b: 2 } }, "a.b", [2, 1]],
    [{ a: { "b.c": 1 } }, "a.b.c", 1],
    [{ "a.b": { c: 1 } }, "a.b.c", 1],
    [{ "a.b": { c: 1 }, a: { b: { c: 2 } } }, "a.b.c", [2, 1]],
    [{ a: [{ b: 1 }, { b: [2, 3] }] }, "a.b", [1, 2, 3]],
    [{ a: { b: [{ c: 1 }, {}, { c: null }] } }, "a.b.c", 1],
    [{ a: [1, [2, null]] }, "a", [1, 2]],
    [{ a: null }, "a", null],
    [{ a: [] }, "a", null],
    [{ a: [null] }, "a", null],
    [{ a: { b: 1 } }, "a", null],
    [{ a: 1 }, "a.b", null],
    [{ a: null }, "a.b.c", null],
    [{}, "a.b.c.d", null],
    [{ a: { b: { c: { d: false } } } }, "a.b.c.d", false],
    [{ a: { b: { c: { d: "" } } } }, "a.b.c.d", ""],
    [{}, "constructor", null],
    [{}, "constructor.name", null],
    [{ a: {} }, "a.toString", null],
  ] as const)("%j: %s", (document, name, values) => {
    expect(compileAccess(name)(document as JsonObject)).toEqual(values);
  });

  test("a value for null stands where a document says null", () => {
    const access = compileAccess("a.b", "x");
    expect(access({ a: { b: null } })).toBe("x");
    expect(access({ a: { b: [null, "y"] } })).toEqual(["x", "y"]);
    expect(access({ a: { b: [] } })).toBe(null);
    expect(access({ a: {} })).toBe(null);
  });

  test("objects in objects of any depth are no trouble", () => {
    let document: JsonObject = { end: 1 };
    for (let i = 0; i < 20_000; i++) document = { a: [document] };
    expect(compileAccess("a.a.b")(document)).toBe(null);
    expect([...fieldsWithValue(document)]).toHaveLength(1);
  });
});

test("names of fields that have a value", () => {
  const document = { a: { b: 1, c: [], d: [null, { e: "x" }] }, "f.g": false, h: null };
  expect([...fieldsWithValue(document)].sort()).toEqual(["a.b", "a.d.e", "f.g"]);
});
