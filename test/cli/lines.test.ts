/** Lines of a stream, in whatever pieces it comes. */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { streamLines } from "../../server/src/host/lines.ts";
import { seededRandom } from "../support/random.ts";

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly (readonly [number, string])[]> {
  const found: (readonly [number, string])[] = [];
  for await (const lines of streamLines(Readable.from(chunks))) {
    found.push(...lines.map(({ line, text }) => [line, text] as const));
  }
  return found;
}

const TEXT = `first\n\r\n{"long": "${"é😀".repeat(50)}"}\r\n\nlast, without an end`;
const LINES = [
  [1, "first"],
  [2, ""],
  [3, `{"long": "${"é😀".repeat(50)}"}`],
  [4, ""],
  [5, "last, without an end"],
];

test("lines are the same in pieces of any size", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let size = 1; size <= bytes.length; size++) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_chunk, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    expect(await linesOf(chunks)).toEqual(LINES);
  }
});

test("lines are the same in pieces of chance, also with an end after the last", async () => {
  const random = seededRandom(9);
  const bytes = new TextEncoder().encode(`${TEXT}\n`);
  for (let round = 0; round < 50; round++) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const size = random.below(60);
      chunks.push(bytes.slice(at, at + size));
      at += size;
    }
    expect(await linesOf(chunks)).toEqual(LINES);
  }
});

test("a line of 32 MB in small pieces takes no time", async () => {
  const piece = new TextEncoder().encode("x".repeat(1 << 14));
  const end = new TextEncoder().encode("\nend");
  const started = performance.now();
  const lines = await linesOf([...Array.from({ length: 2048 }, () => piece), end]);
  expect(lines.map(([line, text]) => [line, text.length])).toEqual([
    [1, 2048 << 14],
    [2, 3],
  ]);
  expect(performance.now() - started).toBeLessThan(5000);
});

test("a line that is too long is cut off", async () => {
  const piece = new TextEncoder().encode("x".repeat(1 << 20));
  const lines = await linesOf([
    ...Array.from({ length: 100 }, () => piece),
    new TextEncoder().encode("\nend"),
  ]);
  const [first, second] = lines;
  expect(first?.[1].length).toBeLessThan(70 << 20);
  expect(second).toEqual([2, "end"]);
});
