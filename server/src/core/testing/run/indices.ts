/** Which events a rule reads at all: those in the indices that its patterns name. */
import { type JsonObject } from "../../engine/event.ts";
import { compileAccess } from "../../engine/fieldAccess.ts";
import { type SampleEvent } from "../sampleEvents.ts";

export interface IndexChoice {
  readonly read: readonly SampleEvent[];
  /** Events that stand in other indices, with what theirs is. */
  readonly passedOver: readonly { readonly event: SampleEvent; readonly index: string }[];
}

/** An event of which nobody says where it stands is read. `fallback` is the index of events that do not say so. */
export function eventsInIndices(
  events: readonly SampleEvent[],
  patterns: readonly string[] | undefined,
  fallback: string | undefined,
): IndexChoice {
  if (patterns === undefined || patterns.length === 0) return { read: events, passedOver: [] };
  const isRead = indexTest(patterns);
  const read: SampleEvent[] = [];
  const passedOver: { readonly event: SampleEvent; readonly index: string }[] = [];
  for (const event of events) {
    const index = indexOf(event) ?? fallback;
    if (index === undefined || isRead(index)) read.push(event);
    else passedOver.push({ event, index });
  }
  return { read, passedOver };
}

/** From the hit around the event, or from its `data_stream` fields. */
export function indexOf({ index, document }: SampleEvent): string | undefined {
  return index === undefined ? dataStreamOf(document) : streamName(index);
}

const streamType = compileAccess("data_stream.type");
const streamDataset = compileAccess("data_stream.dataset");
const streamNamespace = compileAccess("data_stream.namespace");

function dataStreamOf(document: JsonObject): string | undefined {
  const dataset = streamDataset(document);
  if (typeof dataset !== "string") return undefined;
  const [type, namespace] = [streamType(document), streamNamespace(document)];
  return `${typeof type === "string" ? type : "logs"}-${dataset}-${typeof namespace === "string" ? namespace : "default"}`;
}

/** The data stream of a backing index, without the cluster before it. */
function streamName(index: string): string {
  const local = index.slice(index.lastIndexOf(":") + 1).replace(/^(?:partial-|restored-)/, "");
  return /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/.exec(local)?.[1] ?? local;
}

/** As Elasticsearch reads a list of patterns: one after a `-` takes away. */
function indexTest(patterns: readonly string[]): (index: string) => boolean {
  const all = patterns.flatMap((pattern) => pattern.split(",")).map((pattern) => pattern.trim());
  const tests = all.map((pattern) => {
    const isExcluded = pattern.startsWith("-");
    const name = isExcluded ? pattern.slice(1) : pattern;
    const parts = name.slice(name.lastIndexOf(":") + 1).split("*");
    return { isExcluded, parts };
  });
  return (index) => {
    let isRead = false;
    for (const { isExcluded, parts } of tests) if (isMatch(index, parts)) isRead = !isExcluded;
    return isRead;
  };
}

/** `parts` stand between the wildcards of a pattern; in names of indices there are no others. */
function isMatch(index: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return index === first;
  const limit = index.length - last.length;
  if (!index.startsWith(first) || !index.endsWith(last) || limit < first.length) return false;
  let from = first.length;
  for (const part of others) {
    const found = index.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return from <= limit;
}
