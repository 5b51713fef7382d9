/** Reads texts of any size line by line, in bounded memory. */
import { createReadStream } from "node:fs";
import { type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

export interface TextLine {
  /** Counted from 1. */
  readonly line: number;
  /** Without its line end. */
  readonly text: string;
}

/** A line longer than this is cut off there: nothing that can be read as one event is so long. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Larger ones are no faster, and what is read from one lives longer than the next garbage collection. */
const CHUNK = 1 << 16;

/** The lines of a file, unpacked if its name ends in `.gz`; several at a time, as they come from the disk. */
export function fileLines(path: string): AsyncGenerator<readonly TextLine[]> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  return streamLines(path.endsWith(".gz") ? unpacked(file) : file);
}

function unpacked(packed: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  packed.on("error", (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}

/** The lines of a stream of UTF-8. Bytes that are none become U+FFFD. */
export async function* streamLines(stream: Readable): AsyncGenerator<readonly TextLine[]> {
  const decoder = new TextDecoder("utf-8");
  /** Parts of a line whose end has not come. */
  let begun: string[] = [];
  let begunLength = 0;
  let count = 0;
  for await (const chunk of stream) {
    // A stream without an encoding yields bytes.
    const lines = decoder.decode(chunk as Uint8Array, { stream: true }).split("\n");
    const last = lines.pop() ?? "";
    const [first] = lines;
    if (first !== undefined) {
      lines[0] = begun.join("") + first;
      begun = [];
      begunLength = 0;
      yield numbered(lines, count);
      count += lines.length;
    }
    if (LONGEST_LINE < begunLength) continue;
    begun.push(last);
    begunLength += last.length;
  }
  const last = begun.join("") + decoder.decode();
  if (last !== "") yield numbered([last], count);
}

function numbered(texts: readonly string[], before: number): readonly TextLine[] {
  return texts.map((text, i) => ({
    line: before + i + 1,
    text: text.endsWith("\r") ? text.slice(0, -1) : text,
  }));
}
