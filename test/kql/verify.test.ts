import { describe, expect, test } from "vitest";
import { parseKql, verifyKql } from "../../server/src/core/query/kql/index.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { marked } from "./marks.ts";
import { NO_TYPES, TYPES } from "./smallWorld.ts";

function withProblems(text: string): string {
  const parse = parseKql(text);
  expect(parse.errors).toEqual([]);
  return marked(text, verifyKql(parse, TYPES));
}

describe("What a field of the type cannot be asked", () => {
  test.each([
    ["long:abc\n     ^^^ `abc` is no number, and `long` is of the type long"],
    ["float:(1.5 or true)\n              ^^^^ `true` is no number, and `float` is of the type float"],
    ["long:1_000\n     ^^^^^ `1_000` is no number, and `long` is of the type long"],
    ["long > x\n       ^ `x` is no number, and `long` is of the type long"],
    ["bool:yes\n     ^^^ `yes` is neither true nor false, and `bool` is of the type boolean"],
    ["ip:nowhere\n   ^^^^^^^ `nowhere` is no address or block of addresses, and `ip` is of the type ip"],
    [
      'ip:"10.0.0.0/33"\n   ^^^^^^^^^^^^^ `10.0.0.0/33` is no address or block of addresses, and `ip` is of the type ip',
    ],
    ["ip > 10.0.0.0/8\n     ^^^^^^^^^^ `10.0.0.0/8` is no address, and `ip` is of the type ip"],
    [
      "@timestamp:yesterday\n           ^^^^^^^^^ `yesterday` is no date, and `@timestamp` is of the type date",
    ],
    ["long:4*\n     ^^ Wildcards fit keywords and texts alone, and `long` is of the type long"],
    ["ip:10.*\n   ^^^^ Wildcards fit keywords and texts alone, and `ip` is of the type ip"],
    [
      "flat.a:b*c\n       ^^^ Elasticsearch compares this pattern with the key, too, and `flat.a` is of the type flattened",
    ],
    [
      "flat.a:*b c\n       ^^^^ Elasticsearch takes this pattern apart at its blanks, and `flat.a` is of the type flattened",
    ],
    [
      "flat.a > b\n         ^ Elasticsearch takes no range with one limit, and `flat.a` is of the type flattened",
    ],
    ["object.*:x\n         ^ `x` is no number, and `object.long` is of the type long"],
    ["key:null\n    ^^^^ Elasticsearch compares nothing with `null`"],
    ["nowhere:null\n        ^^^^ Elasticsearch compares nothing with `null`"],
    ["null\n^^^^ Elasticsearch cannot search for `null`"],
    ["null:(a or null)\n           ^^^^ Elasticsearch cannot search for `null`"],
    ["items:{ null }\n        ^^^^ Elasticsearch cannot search for `null`"],
  ])("%s", (expected) => {
    const text = expected.split("\n")[0] ?? "";
    expect(withProblems(text)).toBe(expected);
  });
});

describe("Where nested fields stand", () => {
  test.each([
    "items.name:a\n^^^^^^^^^^ `items.name` is a nested field, and stands in the braces of `items:{ … }` only",
    "items:{ parts.id:1 }\n        ^^^^^^^^ `items.parts.id` is a nested field, and stands in the braces of `items.parts:{ … }` only",
    "object:{ key:a }\n^^^^^^ Braces stand after a nested field, and `object` is of the type object",
    "nowhere:{ key:a }\n^^^^^^^ Braces stand after a nested field, and `nowhere` is no field of the mapping",
  ])("%s", (expected) => {
    const text = expected.split("\n")[0] ?? "";
    expect(withProblems(text)).toBe(expected);
  });

  test("One that is none, in the braces of another", () => {
    const types = fieldTypesOfMapping({ a: "nested", "a.b": { type: "keyword" }, c: "keyword" });
    // Fields are named from the path on, so another one stands in braces only where the mapping is not what it says.
    const odd = { ...types, get: (name: string) => types.get(name === "a.c" ? "c" : name) };
    const parse = parseKql("a:{ b:x and c:y }");
    expect(verifyKql(parse, odd).map(({ message }) => message)).toEqual([
      "`a.c` is no nested field, and cannot stand in the braces of `a`",
    ]);
  });
});

describe("What is fine", () => {
  test.each([
    'long:5 and long:"5" and long:-5.5e3 and float:.5',
    'bool:true and bool:"false" and bool:""',
    'ip:10.0.0.0/8 and ip:"fe80::/10" and ip:fe80\\:\\:1 and ip >= 10.0.0.0',
    "@timestamp >= now-1d/d and @timestamp:2024-05-31 and @timestamp > 1717113600000 and @timestamp:2024",
    '@timestamp < "2024-05-31||+1M/d" and @timestamp:"2024-05-31T12:30:00.123+02:00"',
    "key:* and long:* and ip:* and items:* and object:*",
    "key:a*b and text:a* and version:1.* and wild:*",
    "items:{ name:a and size > 5 and parts:{ id:1 } } and items.parts:{ id:2 }",
    "*.name:a",
    "items:{ *:* and *:((*)) }",
    "items:{ a and null:b }",
    "items:{ nowhere:a }",
    "nowhere:a* and nowhere > 5 and flat > a",
    "long > null",
    "key:true and text:false",
  ])("%s", (text) => {
    expect(withProblems(text)).toBe(text);
  });

  test("Nothing is said where nothing is known", () => {
    const parse = parseKql("a:b* and c.d:{ e:f } and g > x");
    expect(verifyKql(parse, NO_TYPES)).toEqual([]);
  });

  test("A query with gaps is looked at as far as it can be read", () => {
    expect(verifyKql(parseKql("long:x and a:"), TYPES)).toHaveLength(1);
  });
});
