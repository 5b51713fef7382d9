/** Events from a file or standard input: NDJSON of any size, in order of their lines, with what could not be read. */
import { type EventRecord, type JsonObject } from "../../core/engine/event.ts";
import { heapKeeper } from "../heap.ts";
import { type TextLine, fileLines, streamLines } from "../../host/lines.ts";

export interface BrokenLine {
  readonly line: number;
  readonly message: string;
}

/** Batches of events, as they come from the disk. */
export type EventBatches = AsyncGenerator<readonly EventRecord[]>;

/** `undefined` is standard input. Blank lines and lines that begin with `//` are passed over. */
export async function* eventBatches(
  file: string | undefined,
  onBroken: (broken: BrokenLine) => void,
): EventBatches {
  const keepHeap = heapKeeper();
  for await (const lines of file === undefined ? streamLines(process.stdin) : fileLines(file)) {
    keepHeap();
    yield lines.flatMap((line) => eventOf(line, onBroken) ?? []);
  }
}

function eventOf({ line, text }: TextLine, onBroken: (broken: BrokenLine) => void): EventRecord | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.startsWith("//")) return undefined;
  try {
    const document: unknown = JSON.parse(trimmed);
    if (isObject(document)) return { document, line };
    onBroken({ line, message: "an event must be a JSON object" });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    onBroken({ line, message: `no JSON: ${error.message}` });
  }
  return undefined;
}

/** JSON.parse makes nothing but JSON values. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
