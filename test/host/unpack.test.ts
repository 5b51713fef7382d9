/** Reading of files that can be packed, and that can be anything. */
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fileBytes, unpackPieces, unpackedJson, unpackedText } from "../../server/src/host/unpack.ts";
import { seededRandom } from "../support/random.ts";
import { temporaryFolder, writeFiles } from "./tinyEtc.ts";

const packed = (text: string): Uint8Array => gzipSync(text);
const plain = (text: string): Uint8Array => Buffer.from(text);
const LIMIT = 1024 * 1024;
const long = "ü".repeat(200_000);

describe("texts", () => {
  const cases: readonly (readonly [name: string, bytes: Uint8Array, limit: number, expected: string])[] = [
    ["plain", plain("né"), LIMIT, "né"],
    ["packed", packed("né"), LIMIT, "né"],
    ["packed in two members", Buffer.concat([packed("a"), packed("b")]), LIMIT, "ab"],
    ["with a mark of its encoding", plain("\uFEFFa"), LIMIT, "a"],
    ["nothing", plain(""), LIMIT, ""],
    ["as long as the limit", packed("a".repeat(LIMIT)), LIMIT, "a".repeat(LIMIT)],
    ["packed and longer than the limit", packed("a".repeat(LIMIT + 1)), LIMIT, "! holds more than 1 MB"],
    ["plain and longer than the limit", plain("a".repeat(LIMIT + 1)), LIMIT, "! holds more than 1 MB"],
    ["cut off", packed("some text").subarray(0, 20), LIMIT, "! is cut off"],
    ["cut off after the first bytes", packed("some text").subarray(0, 2), LIMIT, "! is cut off"],
    [
      "with another method of packing",
      Buffer.from([0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 1]),
      LIMIT,
      "! cannot be unpacked",
    ],
    ["no UTF-8", Buffer.from([0x61, 0xff]), LIMIT, "! is no text"],
  ];
  test.each(cases)("%s", (_name, bytes, limit, expected) => {
    const text = unpackedText(bytes, limit);
    expect(text.ok ? text.value : `! ${text.error.text}`).toBe(expected);
  });

  test.each(cases.filter(([name]) => !/mark|no UTF-8/.test(name)))(
    "%s, piece by piece",
    async (_name, bytes, limit, expected) => {
      let text = "";
      const read = await unpackPieces(bytes, limit, (piece) => {
        text += piece;
        return "more";
      });
      expect(read.ok ? text : `! ${read.error.text}`).toBe(expected);
    },
  );

  test("letters of several bytes are whole, wherever a piece ends", async () => {
    const pieces: string[] = [];
    await unpackPieces(packed(`a${long}`), LIMIT, (piece) => {
      pieces.push(piece);
      return "more";
    });
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join("")).toBe(`a${long}`);
  });

  test("no more is unpacked than is wanted", async () => {
    let count = 0;
    const read = await unpackPieces(packed(long), LIMIT, () => {
      count++;
      return "enough";
    });
    expect([read.ok, count]).toEqual([true, 1]);
  });

  test("JSON is parsed", () => {
    expect(unpackedJson(packed('{"a": 1}'), LIMIT)).toEqual({ ok: true, value: { a: 1 } });
    expect(unpackedJson(packed('{"a": NaN}'), LIMIT)).toEqual({
      ok: false,
      error: { kind: "broken", text: "is no JSON, or is cut off" },
    });
  });
});

test("whatever bytes of a packed file are changed, nothing is thrown", async () => {
  const random = seededRandom(3);
  const whole = packed(
    JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ [`field.${i}`]: "keyword" }))),
  );
  const faults = new Set<string>();
  for (let round = 0; round < 400; round++) {
    const bytes = Uint8Array.from(whole.subarray(0, whole.length - random.below(20)));
    for (let i = 0; i <= random.below(3); i++) bytes[2 + random.below(bytes.length - 2)] = random.below(256);
    const read = unpackedJson(bytes, LIMIT);
    const pieces = await unpackPieces(bytes, LIMIT, () => "more");
    for (const one of [read, pieces]) faults.add(one.ok ? "fine" : one.error.kind);
  }
  expect([...faults].sort()).toEqual(["broken", "fine"]);
});

describe("files", () => {
  test("are read, missing or none", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "a.txt": "text" });
    const asked = ["a.txt", "b.txt", "a.txt/c", "."].map(async (name) => {
      const read = await fileBytes(path.join(folder, name));
      return read.ok ? read.value.toString() : `${read.error.kind}: ${read.error.text}`;
    });
    expect(await Promise.all(asked)).toEqual([
      "text",
      "missing: is missing",
      "missing: is missing",
      "broken: is no file",
    ]);
  });
});
