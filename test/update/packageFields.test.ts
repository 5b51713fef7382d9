/** Archives of packages as nobody would make them in good faith. */
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { packageFields } from "../../server/src/host/update/packageFields.ts";

const FIELDS = Buffer.from("- name: polluted\n  type: keyword\n");

test("a stream that is named as what every object has adds to no other object", () => {
  const read = packageFields(zipSync({ "x/data_stream/__proto__/fields/fields.yml": FIELDS }));
  expect("polluted" in {}).toBe(false);
  expect(read.ok && [...read.value].map(([stream, fields]) => [stream, [...fields]])).toEqual([
    ["__proto__", [["polluted", "keyword"]]],
  ]);
});

test("files that together unpack to too much are refused", () => {
  const blanks = new Uint8Array(12 * 1024 * 1024).fill(32);
  const names = ["a", "b", "c"].map((name) => `x/data_stream/${name}/fields/fields.yml`);
  const archive = zipSync(Object.fromEntries(names.map((name) => [name, blanks])), { level: 1 });
  expect(packageFields(archive)).toEqual({ ok: false, error: "has more fields than any package" });
});

test("what is no archive is told", () => {
  expect(packageFields(Buffer.from("<html>"))).toEqual({ ok: false, error: "is no archive of a package" });
});
